"""Django application of the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The system of indicators: series, observations, releases of data."""

    name = "traza.indicators"
    label = "indicators"
    verbose_name = "Indicadores"
