"""Matrices: one row an indicator, one column a place, and what in a row may be compared.

A row has one *measure*: the series that most of its places have (the headline one if they tie)
and, of it, the period most of them share. Only cells of that series and period are comparable;
of quantities that add up, only those of one level too. A cell of another period or another series
says so and takes no shade.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from traza.indicators.models import Indicator, Series
from traza.indicators.queries.latest import (
    AxisGroup,
    Figure,
    by_axis,
    by_indicator,
    indicators_of_topic,
    is_intensive,
    judged_direction,
    latest_figures,
    public_series,
)
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.stats import Period
from traza.stats.text import sort_key

#: Fewer comparable values than these are not shaded: two values make no distribution.
LEAST_SHADED = 3
CLASSES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """The latest figure of a place in a row (None is no data).

    ``shade`` is 1 (lowest) to 5 (highest), 0 where it is not compared; ``other_period`` and
    ``other_series`` say why; ``best`` is the better end where a person declared which it is.
    """

    figure: Figure | None
    shade: int = 0
    other_period: bool = False
    other_series: bool = False
    best: bool = False


@dataclass(frozen=True)
class MatrixRow:
    """An indicator with its measure: series and common period, and a cell for each place."""

    indicator: Indicator
    series: Series
    period: Period
    cells: Sequence[Cell]

    @property
    def is_shaded(self) -> bool:
        """Return whether enough cells could be compared."""
        return any(cell.shade for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Rows by axis, and the places of the columns in order."""

    places: Sequence[Place]
    groups: Sequence[AxisGroup[MatrixRow]]

    @property
    def rows(self) -> list[MatrixRow]:
        """Return every row, in order."""
        return [row for group in self.groups for row in group.rows]


def matrix(
    places: Sequence[Place], *, topic: Topic | None = None, focus: Place | None = None
) -> Matrix:
    """Return the matrix of these places for a topic, or for all indicators.

    With a ``focus``, one of the places, the rows are those it has, and its own series and period
    are the measure of each.
    """
    at = next((i for i, place in enumerate(places) if place == focus), None)
    only = indicators_of_topic(topic) if topic is not None else None
    series = public_series(only)
    figures = latest_figures([place.pk for place in places], series)
    by_place = {pk: by_indicator(found) for pk, found in figures.items()}
    rows = []
    for indicator in {one.indicator_id: one.indicator for one in series.values()}.values():
        found = [by_place[place.pk].get(indicator.pk, []) for place in places]
        if any(found) if at is None else found[at]:
            rows.append(_row(indicator, places, found, at))
    rows.sort(key=_most_telling)
    return Matrix(places, by_axis(rows, lambda row: row.indicator))


def _row(
    indicator: Indicator,
    places: Sequence[Place],
    found: Sequence[Sequence[Figure]],
    at: int | None,
) -> MatrixRow:
    series = found[at][0].series if at is not None else _common_series(found)
    figures = [
        next((f for f in choices if f.series.pk == series.pk), choices[0] if choices else None)
        for choices in found
    ]
    period = (
        found[at][0].period
        if at is not None
        else _common_period(f for f in figures if f is not None and f.series.pk == series.pk)
    )
    same = {
        i: figure
        for i, figure in enumerate(figures)
        if figure is not None and figure.series.pk == series.pk and figure.period == period
    }
    compared = same
    if not is_intensive(series):
        level = Counter(places[i].level for i in same).most_common(1)[0][0]
        compared = {i: figure for i, figure in same.items() if places[i].level == level}
    shades = _shades({i: figure.value for i, figure in compared.items()})
    best = _best({i: f.value for i, f in compared.items()}, indicator) if shades else set()
    return MatrixRow(
        indicator,
        series,
        period,
        [
            Cell(
                figure,
                shade=shades.get(i, 0),
                other_period=figure is not None
                and figure.series.pk == series.pk
                and figure.period != period,
                other_series=figure is not None and figure.series.pk != series.pk,
                best=i in best,
            )
            for i, figure in enumerate(figures)
        ],
    )


def _common_series(found: Sequence[Sequence[Figure]]) -> Series:
    """Return the series most places have; the one that stands for the indicator wins a tie."""
    counts: Counter[int] = Counter(f.series.pk for choices in found for f in choices)
    known = {f.series.pk: f.series for choices in found for f in choices}
    return max(
        known.values(),
        key=lambda s: (not s.dimensions, counts[s.pk], s.is_headline, s.code),
    )


def _common_period(figures: Iterable[Figure]) -> Period:
    """Return the period most figures share; the latest wins a tie."""
    counts = Counter(figure.period for figure in figures)
    return max(counts, key=lambda period: (counts[period], period.end, period.key))


def _most_telling(row: MatrixRow) -> tuple[bool, int, int, str]:
    """Order rows: those that compare first, then the most recent, then in staff's order."""
    indicator = row.indicator
    year = row.period.end.year
    return not row.is_shaded, -year, indicator.order, sort_key(indicator.name)


def _shades(values: Mapping[int, float]) -> dict[int, int]:
    """Return the tone, 1 to 5, of each of the values compared; none below three or if all equal.

    Quantiles: the tone says what part of the others is lower. The lowest is always 1 and the
    highest 5, and equal values have one tone.
    """
    ordered = sorted(values.values())
    if len(ordered) < LEAST_SHADED or ordered[0] == ordered[-1]:
        return {}
    most = bisect_left(ordered, ordered[-1])
    return {
        key: 1 + round((CLASSES - 1) * bisect_left(ordered, value) / most)
        for key, value in values.items()
    }


def _best(values: Mapping[int, float], indicator: Indicator) -> set[int]:
    direction = judged_direction(indicator)
    if direction == "none" or len(set(values.values())) < 2:
        return set()
    end = max(values.values()) if direction == "up" else min(values.values())
    return {key for key, value in values.items() if value == end}
