"""Django application of the room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """The system of indicators: series, observations, releases of data."""

    name = "traza.indicators"
    label = "indicators"
    verbose_name = "Indicadores"

    def ready(self) -> None:
        """Declare what the room publishes."""
        from traza.indicators.choices import path_with  # models are loaded by now
        from traza.indicators.ledger import KIND
        from traza.indicators.pages import public_paths
        from traza.indicators.queries.series import indicators_having, places_having
        from traza.indicators.sections import register
        from traza.places.queries import tell_places_of_indicator
        from traza.publishing.registry import ShowsPlaces, registry

        register(registry)
        registry.shows_places[KIND] = ShowsPlaces(having=indicators_having, path=path_with)
        tell_places_of_indicator(places_having)
        registry.add_paths(self.label, public_paths)
        registry.add_kind(KIND, one=_("indicador"), many=_("Indicadores"))
