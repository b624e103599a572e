"""How many rows of each kind a loaded package leaves."""

from traza.indicators.models import (
    AlternateValue,
    Indicator,
    IndicatorVersion,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Place, PlaceGeometry
from traza.publishing.models import Change, Publication, Redirect, Release


def stock() -> dict[str, int]:
    """Return the number of rows of each kind."""
    kinds = (Place, PlaceGeometry, Indicator, Series, Observation, ObservationHistory)
    more = (AlternateValue, IndicatorVersion, Publication, Change, Redirect, Release)
    return {kind.__name__: kind.objects.count() for kind in (*kinds, *more)}
