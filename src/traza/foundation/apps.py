"""Django application of the room."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """What every room needs and none owns."""

    name = "traza.foundation"
    label = "foundation"
    verbose_name = "Cimientos"
