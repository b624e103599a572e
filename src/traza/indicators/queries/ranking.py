"""All places that have an indicator at a level, in order, at one common period.

Wide series are read from one map slice; narrow ones from one period of the clustered table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from traza.indicators.given_values import given_to
from traza.indicators.grammar import period_of
from traza.indicators.models import Indicator, MapSlice, Observation, Series
from traza.indicators.queries.series import slice_values
from traza.places.models import Level, Place
from traza.stats import Period, Rank, rank
from traza.stats.ranks import Direction
from traza.stats.text import fold

#: A period with fewer places than this share of the best covered one is not chosen unasked.
ENOUGH = 0.5
#: Up to this many places are named in a query; more are read whole.
_FEW = 500


@dataclass(frozen=True, slots=True)
class Option:
    """A series at a level: the periods in which it has values, latest first, with their places."""

    series: Series
    level: str
    periods: Mapping[int, int]

    @property
    def chosen_period(self) -> int:
        """Return the latest period that about as many places have as ever had."""
        enough = ENOUGH * max(self.periods.values())
        return max(key for key, count in self.periods.items() if count >= enough)


class Ranked(NamedTuple):
    """What a line of a ranking shows of its place; ``within`` names the place above it."""

    code: str
    name: str
    name_en: str
    slug: str
    within: str

    @property
    def path(self) -> str:
        """Return the place's public address without language."""
        return f"/lugares/{self.code.lower()}-{self.slug}/"


class Standing(NamedTuple):
    """One place of a ranking, by its code; ``value`` in the unit of the series."""

    code: str
    value: float
    status: str
    rank: Rank


@dataclass(frozen=True)
class Ranking:
    """The standings of a level in one period, best first (or highest, where none is better).

    ``given`` is "all" or "state" where the source gave one value to all the municipalities, or to
    those of each state: then the order says nothing of each of them.
    """

    option: Option
    period: Period
    direction: Direction
    standings: Sequence[Standing]
    given: str = ""

    def of(self, codes: Iterable[str]) -> list[Standing]:
        """Return the standings of some places, in order."""
        wanted = set(codes)
        return [one for one in self.standings if one.code in wanted]

    def named(self, text: str) -> list[Standing]:
        """Return the standings of places whose name holds all the words, or with that code."""
        named = Q()
        for word in fold(text).split():
            named &= Q(folded__contains=word)
        places = Place.objects.filter(named | Q(code=text.strip()), level=self.option.level)
        return self.of(places.values_list("code", flat=True))

    def places(self, standings: Sequence[Standing]) -> dict[str, Ranked]:
        """Return the names of the places of some standings, by code."""
        rows = Place.objects.filter(level=self.option.level)
        if len(standings) < _FEW:
            rows = rows.filter(code__in=[one.code for one in standings])
        listed = rows.values_list("code", "name", "name_en", "slug", "parent__name")
        return {row[0]: Ranked(*row[:-1], row[-1] or "") for row in listed}


def options(indicator: Indicator) -> list[Option]:
    """Return what of an indicator can be put in order, the principal series first.

    Of each level, that is; levels with the most places come first. One place alone is no ranking.
    """
    series = list(
        indicator.series.select_related("unit", "source").order_by("-is_headline", "code")
    )
    found: list[Option] = []
    for one in series:
        one.indicator = indicator
        wide = _periods_of_slices(one)
        narrow = {} if wide else _periods_of_values(one)
        for level, periods in {**wide, **narrow}.items():
            if max(periods.values()) > 1:
                found.append(Option(one, level, dict(sorted(periods.items(), reverse=True))))
    order = list(Level.values)[::-1]
    return sorted(
        found,
        key=lambda o: (
            not o.series.is_headline,
            bool(o.series.dimensions),
            -max(o.periods.values()),
            order.index(o.level),
            o.series.code,
        ),
    )


def choose(
    found: Sequence[Option], *, level: str = "", series_code: str = "", period_code: str = ""
) -> tuple[Option, int] | None:
    """Return the option and period asked for, or the nearest there is; None without options."""
    fitting = [o for o in found if not level or o.level == level] or list(found)
    fitting = [o for o in fitting if not series_code or o.series.code == series_code] or fitting
    if not fitting:
        return None
    option = fitting[0]
    asked = next((key for key in option.periods if period_of(key).code == period_code), None)
    return option, asked if asked is not None else option.chosen_period


def ranking(option: Option, period: int, direction: Direction) -> Ranking:
    """Return the standings of an option in one of its periods."""
    values = slice_values(option.series, period, option.level)
    if not values:
        values = _read_values(option, period)
    ranks = rank({code: value for code, (value, _) in values.items()}, direction)
    standings = [Standing(code, *values[code], found) for code, found in ranks.items()]
    standings.sort(key=lambda one: (one.rank.position, one.code))
    given = _given(option, {code: value for code, (value, _) in values.items()})
    return Ranking(option, period_of(period), direction, standings, given)


def _given(option: Option, values: dict[str, float]) -> str:
    if option.level != Level.MUNICIPALITY:
        return ""
    rows = Place.objects.filter(level=option.level)
    if len(values) < _FEW:
        rows = rows.filter(code__in=values)
    return given_to(values, dict(rows.values_list("code", "parent_id")))


def _periods_of_slices(series: Series) -> dict[str, dict[int, int]]:
    levels: dict[str, dict[int, int]] = {}
    for period, level, count in MapSlice.objects.filter(series_id=series.pk).values_list(
        "period_id", "level", "n_places"
    ):
        levels.setdefault(level, {})[period] = count
    return levels


def _periods_of_values(series: Series) -> dict[str, dict[int, int]]:
    """Count places by level and period of a series without slices, whose values are few."""
    rows = Observation.objects.filter(series_id=series.pk, value__isnull=False, conf="F")
    levels: dict[str, dict[int, int]] = {}
    for period, level in rows.values_list("period_id", "place__level"):
        counts = levels.setdefault(level, {})
        counts[period] = counts.get(period, 0) + 1
    return levels


def _read_values(option: Option, period: int) -> dict[str, tuple[float, str]]:
    rows = Observation.objects.filter(
        series_id=option.series.pk, period_id=period, value__isnull=False, conf="F",
        place__level=option.level,
    )  # fmt: skip
    return {
        code: (value, status)
        for code, value, status in rows.values_list("place__code", "value", "status")
        if value is not None
    }
