"""Reading one series: its runs of values by place, what it covers, and what surrounds a value.

A narrow series (a handful of places) is read whole, in one range of the clustered key; a wide
one (every municipality) only for the places asked for. A value that is not free to publish is
read as withheld.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from django.db.models import Q

from traza.foundation.models import Period as StoredPeriod
from traza.indicators.grammar import period_of
from traza.indicators.models import (
    AlternateValue,
    Indicator,
    LatestValue,
    MapSlice,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Place
from traza.stats.periods import periods_between


class Fact(NamedTuple):
    """One value as it is shown: ``value`` None is missing, and ``status`` says why."""

    period: int
    value: float | None
    status: str = "A"
    lower: float | None = None
    upper: float | None = None
    comment: str = ""


@dataclass
class Run:
    """The values of one place in one series, in order of period; not changed once made."""

    place: Place
    facts: list[Fact] = field(default_factory=list)

    @cached_property
    def known(self) -> list[Fact]:
        """Return the facts that have a value."""
        return [fact for fact in self.facts if fact.value is not None]

    @property
    def latest(self) -> Fact | None:
        """Return the most recent fact with a value."""
        return self.known[-1] if self.known else None

    @cached_property
    def by_period(self) -> dict[int, Fact]:
        """Return the facts by period."""
        return {fact.period: fact for fact in self.facts}

    def at(self, period: int) -> Fact | None:
        """Return the fact of a period."""
        return self.by_period.get(period)

    def broken_between(self, first: int, last: int) -> bool:
        """Tell whether the method changed after ``first``, up to and including ``last``."""
        return any(first < fact.period <= last and fact.status == "B" for fact in self.facts)

    def usual_step(self) -> float:
        """Return how many periods usually lie from one fact to the next; 0 for a single fact."""
        steps = self.steps()
        return median(steps) if steps else 0.0

    def steps(self) -> list[int]:
        """Return how many periods lie from each fact to the next."""
        keys = [period_of(fact.period) for fact in self.facts]
        return [periods_between(a, b) for a, b in pairwise(keys)]


@dataclass(frozen=True)
class Coverage:
    """What a series covers: the periods and levels of which a wide one keeps whole columns.

    ``slices`` is empty for a narrow series; else (period, level) → number of places.
    """

    slices: dict[tuple[int, str], int]

    @property
    def is_wide(self) -> bool:
        """Tell whether the series has more places than are read at once."""
        return bool(self.slices)

    def periods(self, level: str) -> list[int]:
        """Return the periods in which a level is covered, the latest first."""
        return sorted({p for p, lv in self.slices if lv == level}, reverse=True)

    def levels(self) -> list[str]:
        """Return the levels that are covered, those with most places first."""
        most: dict[str, int] = {}
        for (_period, level), count in self.slices.items():
            most[level] = max(most.get(level, 0), count)
        return sorted(most, key=lambda level: -most[level])


class Alternate(NamedTuple):
    """Another figure the source gives for a key, and why it is not the one shown."""

    period: int
    place_id: int
    value: float
    reason: str
    comment: str


class Correction(NamedTuple):
    """What a value said before, and the day since which it says what it says."""

    period: int
    place_id: int
    old_value: float | None
    old_status: str
    day: object


def series_of(indicator: Indicator) -> list[Series]:
    """Return the series of an indicator, the principal one first."""
    return list(
        Series.objects.filter(indicator_id=indicator.pk)
        .select_related("source", "unit")
        .order_by("-is_headline", "code")
    )


def coverage(series: Series) -> Coverage:
    """Return which whole columns a series keeps."""
    rows = MapSlice.objects.filter(series_id=series.pk).values_list(
        "period_id", "level", "n_places"
    )
    return Coverage({(period, level): count for period, level, count in rows})


def read_runs(series: Series, place_ids: Collection[int] | None = None) -> dict[int, list[Fact]]:
    """Return the facts of a series by place id, in order of period; of some places or of all."""
    rows = Observation.objects.filter(series_id=series.pk)
    if place_ids is not None:
        rows = rows.filter(
            place_id__in=list(place_ids),
            # Names the periods, so that the clustered key is probed and not swept.
            period_id__in=StoredPeriod.objects.filter(freq=series.freq).values("key"),
        )
    runs: dict[int, list[Fact]] = {}
    for period, place, value, status, conf, lower, upper, comment in rows.order_by(
        "period_id", "place_id"
    ).values_list("period_id", "place_id", "value", "status", "conf", "lower", "upper", "comment"):
        fact = (
            Fact(period, value, status, lower, upper, comment)
            if conf == "F"
            else Fact(period, None, "Q", None, None, comment)
        )
        runs.setdefault(place, []).append(fact)
    return runs


def slice_values(series: Series, period: int, level: str) -> dict[str, tuple[float, str]]:
    """Return the values of a whole column: place code → value and status."""
    row = (
        MapSlice.objects.filter(series_id=series.pk, period_id=period, level=level)
        .values_list("columns", flat=True)
        .first()
    )
    if row is None:
        return {}
    status = row.get("status", {})
    return {
        code: (value, status.get(code, "A"))
        for code, value in zip(row["place"], row["value"], strict=True)
    }


def having(series: Series, place_ids: Iterable[int]) -> set[int]:
    """Return which of these places have a value in a series."""
    return set(
        LatestValue.objects.filter(series_id=series.pk, place_id__in=list(place_ids)).values_list(
            "place_id", flat=True
        )
    )


def series_having(series_ids: Sequence[int], place_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return, for each place, which of some series have a value of it, in their order."""
    found: dict[int, list[int]] = {}
    rows = LatestValue.objects.filter(
        series_id__in=list(series_ids), place_id__in=list(place_ids)
    ).values_list("place_id", "series_id")
    for place, series in rows:
        found.setdefault(place, []).append(series)
    order = {pk: i for i, pk in enumerate(series_ids)}
    return {place: sorted(ids, key=lambda pk: order[pk]) for place, ids in found.items()}


def stored_rank(series: Series, place_id: int) -> tuple[int, int, int] | None:
    """Return (position, of how many, period) of a place among its level, as derived."""
    row = (
        LatestValue.objects.filter(series_id=series.pk, place_id=place_id)
        .values_list("rank_position", "rank_of", "period_id")
        .first()
    )
    if row is None or row[0] is None or row[1] is None:
        return None
    return row[0], row[1], row[2]


def alternates(series: Series, place_ids: Collection[int]) -> list[Alternate]:
    """Return what else the source says of the values shown."""
    rows = AlternateValue.objects.filter(series_id=series.pk, place_id__in=list(place_ids))
    return [
        Alternate(*row)
        for row in rows.order_by("-period_id", "place_id").values_list(
            "period_id", "place_id", "value", "reason", "comment"
        )
    ]


def corrections(series: Series, place_ids: Collection[int]) -> list[Correction]:
    """Return what some values said before they were corrected, the latest correction first.

    Of a value corrected more than once only the last former figure; all are in the versions.
    """
    rows = (
        ObservationHistory.objects.filter(
            Q(replaced_by__is_initial=False) | Q(release__isnull=True),
            series_id=series.pk,
            place_id__in=list(place_ids),
            conf="F",
        )
        .order_by("-valid_to", "-id")
        .values_list("period_id", "place_id", "value", "status", "valid_to")
    )
    seen: dict[tuple[int, int], Correction] = {}
    for row in rows[:400]:
        seen.setdefault((row[0], row[1]), Correction(*row))
    return list(seen.values())


def indicators_having(place_ids: Collection[int]) -> dict[str, set[int]]:
    """Return, by slug, which of these places each indicator has values for, in any series."""
    rows = LatestValue.objects.filter(place_id__in=list(place_ids))
    found: dict[str, set[int]] = {}
    for slug, place_id in rows.values_list("series__indicator__slug", "place_id").distinct():
        found.setdefault(slug, set()).add(place_id)
    return found


def places_having(slug: str, place_ids: Collection[int]) -> set[int]:
    """Return which of these places an indicator has values for, in any of its series."""
    rows = LatestValue.objects.filter(
        place_id__in=list(place_ids), series__indicator__slug=slug
    ).values_list("place_id", flat=True)
    return set(rows.distinct())
