"""The latest values of places: what matrices, profiles, topics and the home page are made of.

``LatestValue`` is clustered by place, so the figures of a place are one range of it. The catalogue
(series with their unit, source and indicator) is read beside it, once a page.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection
from django.db.models import QuerySet

from traza.indicators.grammar import period_of
from traza.indicators.models import Indicator, LatestValue, Series, Source, Unit
from traza.publishing.models import Topic
from traza.stats import Period, Trend, trend
from traza.stats.ranks import Direction

T = TypeVar("T")

#: Quantities that add up: a figure of a part is not comparable with the figure of the whole.
_ADDITIVE = {Unit.Kind.COUNT, Unit.Kind.CURRENCY, Unit.Kind.AREA, Unit.Kind.VOLUME}
#: Quantities that never add up, also in an indicator whose counts do.
_RELATIVE = {Unit.Kind.PERCENT, Unit.Kind.RATE, Unit.Kind.INDEX, Unit.Kind.RATIO}

#: Up to this many indicators are named in a query; more are read whole.
_FEW = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """The latest value of one series in one place, in the unit of the series.

    ``recent`` are its last values in order of time; ``rank_position`` of ``rank_of`` places of the
    same level that have a value of this same period (None where it is alone).
    """

    place_id: int
    series: Series
    period: Period
    value: float
    status: str
    previous_period: Period | None
    previous_value: float | None
    first_period: Period
    n_periods: int
    recent: Sequence[float]
    rank_position: int | None
    rank_of: int | None

    @property
    def indicator(self) -> Indicator:
        """Return what is measured."""
        return self.series.indicator

    def same_measure(self, other: "Figure") -> bool:
        """Tell whether two figures may be compared: one series (source, unit), one period."""
        return self.series.pk == other.series.pk and self.period == other.period

    def tendency(self) -> Trend | None:
        """Return where the last five values go; None below three, or across a break."""
        if self.status == "B":
            return None
        return trend(list(enumerate(self.recent)))


#: Figures by place and series.
Figures = Mapping[int, Mapping[int, Figure]]


def public_indicators(ids: Collection[int] | None = None) -> dict[int, Indicator]:
    """Return the indicators that the public may see (some or all), with their axis, by id."""
    rows = Indicator.objects.filter(live=True, is_archived=False).defer(
        "definition", "definition_en", "formula", "limits"
    )
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    axes = Topic.objects.in_bulk()
    found = {}
    for row in rows:
        if row.axis_id is not None:
            row.axis = axes.get(row.axis_id)
        found[row.pk] = row
    return found


def public_series(indicator_ids: Collection[int] | None = None) -> dict[int, Series]:
    """Return the series of public indicators, with unit, source and indicator, by id."""
    rows = Series.objects.all()
    if indicator_ids is not None:
        rows = rows.filter(indicator__in=list(indicator_ids))
    return _public(rows)


def series_by_id(series_ids: Collection[int]) -> dict[int, Series]:
    """Return those of some series that belong to a public indicator, by id."""
    return _public(Series.objects.filter(pk__in=list(series_ids)))


def _public(rows: QuerySet[Series]) -> dict[int, Series]:
    listed = list(rows)
    wanted = {row.indicator_id for row in listed}
    indicators = public_indicators(wanted if len(wanted) < _FEW else None)
    units, sources = Unit.objects.in_bulk(), Source.objects.in_bulk()
    found = {}
    for row in listed:
        if row.indicator_id in indicators:
            row.indicator = indicators[row.indicator_id]
            row.unit, row.source = units[row.unit_id], sources[row.source_id]
            found[row.pk] = row
    return found


def latest_figures(
    place_ids: Iterable[int], series: Mapping[int, Series], *, only: Collection[int] | None = None
) -> dict[int, dict[int, Figure]]:
    """Return the latest figure of every given series in each place.

    ``only`` narrows the read to a few series; places without figures are there, empty.
    """
    wanted = list(dict.fromkeys(place_ids))
    found: dict[int, dict[int, Figure]] = {pk: {} for pk in wanted}
    rows = LatestValue.objects.filter(place_id__in=wanted)
    if only is not None:
        rows = rows.filter(series_id__in=list(only))
    for (
        place_id, series_id, period, value, status, before, before_value, first, count, recent,
        position, of,
    ) in rows.values_list(
        "place_id", "series_id", "period_id", "value", "status", "previous_period_id",
        "previous_value", "first_period_id", "n_periods", "recent", "rank_position", "rank_of",
    ):  # fmt: skip
        one = series.get(series_id)
        if one is not None:
            found[place_id][series_id] = Figure(
                place_id, one, period_of(period), value, status,
                period_of(before) if before is not None else None, before_value,
                period_of(first), count, recent, position, of,
            )  # fmt: skip
    return found


def by_indicator(figures: Mapping[int, Figure]) -> dict[int, list[Figure]]:
    """Return the figures of one place by indicator, the one that stands for it first.

    That is the headline series, or else one that is no breakdown; of those, the most recent.
    """
    grouped: dict[int, list[Figure]] = {}
    for figure in figures.values():
        grouped.setdefault(figure.series.indicator_id, []).append(figure)
    for found in grouped.values():
        found.sort(key=_first_choice)
    return grouped


def _first_choice(figure: Figure) -> tuple[bool, bool, int, str]:
    series = figure.series
    return (
        not series.is_headline,
        bool(series.dimensions),
        -figure.period.end.toordinal(),
        series.code,
    )


def is_intensive(series: Series) -> bool:
    """Tell whether figures of places of any size may be set side by side: rates, shares, indices.

    Counts, money, areas and volumes may too when they are per something (``unit.per``).
    """
    if series.unit.per or series.unit.kind in _RELATIVE:
        return True
    if series.indicator.aggregation == Indicator.Aggregation.SUM:
        return False
    return series.unit.kind not in _ADDITIVE


def judged_direction(indicator: Indicator) -> Direction:
    """Return which way is better, "none" unless a person has reviewed it."""
    if not indicator.direction_reviewed or indicator.direction not in ("up", "down"):
        return "none"
    return "up" if indicator.direction == "up" else "down"


def indicators_of_topic(topic: Topic) -> set[int]:
    """Return the ids of the indicators of an axis, or of those that carry a tag."""
    through = Indicator.topics.through.objects
    tagged = through.filter(topic_id=topic.pk).values_list("indicator_id", flat=True)
    own = Indicator.objects.filter(axis_id=topic.pk).values_list("pk", flat=True)
    return {*tagged, *own}


def indicators_with_figures() -> set[int]:
    """Return the ids of the indicators of which anything is published, confidential values aside.

    Reads one row of each series: the clustered table has no other way in by series.
    """
    series = dict(Series.objects.values_list("pk", "indicator_id"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id FROM indicators_series s WHERE EXISTS (SELECT 1 FROM "
            "indicators_observation o WHERE o.series_id = s.id AND o.value IS NOT NULL "
            "AND o.conf = 'F')"
        )
        return {series[pk] for (pk,) in cursor.fetchall() if pk in series}


@dataclass(frozen=True)
class AxisGroup(Generic[T]):
    """What belongs to one axis, in its order; ``axis`` None gathers what has none."""

    axis: Topic | None
    rows: Sequence[T]


def by_axis(rows: Iterable[T], indicator: Callable[[T], Indicator]) -> list[AxisGroup[T]]:
    """Return rows in groups, in the order of the axes; those without an axis come last."""
    groups: dict[int | None, list[T]] = {}
    axes: dict[int, Topic] = {}
    for row in rows:
        axis = indicator(row).axis
        if axis is not None:
            axes[axis.pk] = axis
        groups.setdefault(axis.pk if axis else None, []).append(row)
    ordered = sorted(axes.values(), key=lambda axis: (axis.order, axis.name))
    result = [AxisGroup[T](axis, groups[axis.pk]) for axis in ordered]
    return [*result, AxisGroup[T](None, groups[None])] if None in groups else result
