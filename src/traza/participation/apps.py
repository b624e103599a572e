"""Django application of the room."""

from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    """What people send to the institute, and what it answers."""

    name = "traza.participation"
    label = "participation"
    verbose_name = "Participación"

    def ready(self) -> None:
        """Declare the addresses that are rendered ahead, and what is due every minute."""
        from traza.foundation.management.commands.tick import DUTIES
        from traza.participation.actions import forget_what_is_due  # models are loaded by now

        DUTIES.append(forget_what_is_due)
