"""Django application of the room."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """The system of indicators: series, observations, releases of data."""

    name = "traza.indicators"
    label = "indicators"
    verbose_name = "Indicadores"

    def ready(self) -> None:
        """Declare what the room publishes."""
        from traza.indicators.pages import public_paths  # models are loaded by now
        from traza.indicators.sections import register
        from traza.publishing.registry import registry

        register(registry)
        registry.add_paths(self.label, public_paths)
