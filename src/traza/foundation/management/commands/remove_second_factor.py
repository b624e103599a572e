"""``traza remove_second_factor``: for whoever administers everything and lost the phone."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from traza.foundation.second_factor import remove_second_factor


class Command(BaseCommand):
    """Take off the second factor of one person; the audit keeps it."""

    help = "Quita el segundo factor de una persona que perdió el teléfono y sus códigos."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the account."""
        parser.add_argument("username", metavar="USUARIO")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Do it and say what happens next."""
        person = get_user_model()._default_manager.filter(username=username).first()
        if person is None:
            raise CommandError(f"No hay ninguna cuenta «{username}».")
        if not remove_second_factor(person, actor=None):
            self.stdout.write(f"La cuenta «{username}» no tenía segundo factor.")
            return
        self.stdout.write(f"«{username}» entra ahora con su contraseña y puede activar otro.")
