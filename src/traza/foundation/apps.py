"""Django application of the room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """What every room needs and none owns."""

    name = "traza.foundation"
    label = "foundation"
    verbose_name = "Cimientos"

    def ready(self) -> None:
        """Follow what Wagtail notes in its own logs, and who signs in."""
        from traza.foundation import audit_bridge, second_factor  # noqa: F401  (need the models)

        audit_bridge.connect()
