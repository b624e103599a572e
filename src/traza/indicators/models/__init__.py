"""What the indicator system stores: catalogue, facts, and the way in."""

from traza.indicators.models.catalogue import (
    Code,
    Codelist,
    Indicator,
    Series,
    Snapshot,
    Source,
    Unit,
)
from traza.indicators.models.facts import (
    AlternateValue,
    LatestValue,
    MapSlice,
    Observation,
    ObservationHistory,
    ObsStatus,
)
from traza.indicators.models.intake import ColumnMapping, ImportJob, ImportRow, IndicatorVersion

__all__ = [
    "AlternateValue",
    "Code",
    "Codelist",
    "ColumnMapping",
    "ImportJob",
    "ImportRow",
    "Indicator",
    "IndicatorVersion",
    "LatestValue",
    "MapSlice",
    "ObsStatus",
    "Observation",
    "ObservationHistory",
    "Series",
    "Snapshot",
    "Source",
    "Unit",
]
