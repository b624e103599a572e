"""Django application of the room."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    """Catalogue, dumps and sitemap."""

    name = "traza.opendata"
    label = "opendata"
    verbose_name = "Datos abiertos"
