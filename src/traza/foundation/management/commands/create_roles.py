"""``traza create_roles``: the roles of the staff and their permissions."""

from typing import Any

from django.core.management.base import BaseCommand

from traza.foundation.roles import ROLES, create_roles


class Command(BaseCommand):
    """Make the groups of the staff; may be repeated without harm."""

    help = "Crea los papeles del personal (analista, revisión, publicación, administración)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the roles and say in plain words what there is."""
        report = create_roles()
        for role in ROLES:
            word = "creado" if role.name in report.created else "ya estaba"
            self.stdout.write(f"{role.name} ({word}): {role.does}")
        if report.unknown:
            self.stderr.write(
                "Estos permisos no existen en la base de datos: "
                + ", ".join(report.unknown)
                + ". Se corrige con «traza migrate» y otra vez «traza create_roles»."
            )
