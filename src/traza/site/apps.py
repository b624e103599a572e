"""Django application of the room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Pages that gather what every room publishes, and the frame."""

    name = "traza.site"
    label = "site"
    verbose_name = "Sitio"
