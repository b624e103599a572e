"""Django application of the room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Territory: levels, codes, names, geometry, membership over time."""

    name = "traza.places"
    label = "places"
    verbose_name = "Lugares"
