"""Django application of the room."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Design: tokens, components, icons, JavaScript and base templates."""

    name = "traza.design"
    label = "design"
    verbose_name = "Diseño"
