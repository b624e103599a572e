"""Django application of the room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """What every room needs and none owns."""

    name = "traza.foundation"
    label = "foundation"
    verbose_name = "Cimientos"

    def ready(self) -> None:
        """Follow what Wagtail notes in its own logs."""
        from traza.foundation import audit_bridge  # needs the models to be loaded

        audit_bridge.connect()
