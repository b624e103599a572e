"""The profile of a place: all its figures, beside wider places, and in what it stands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from traza.indicators.models import LatestValue
from traza.indicators.queries.latest import (
    AxisGroup,
    Figure,
    by_axis,
    by_indicator,
    is_intensive,
    judged_direction,
    latest_figures,
    series_by_id,
)
from traza.indicators.queries.territory import beside
from traza.places.models import Level, Place
from traza.places.queries import groups_of, members
from traza.stats.text import sort_key

#: Fewer places than these are no company to stand out from.
LEAST_COMPANY = 3
#: Among many places, being in the first or last of so many parts stands out.
PARTS = 10


@dataclass(frozen=True)
class ProfileRow:
    """A figure of the place, and those of the wider places that may be set beside it.

    ``others`` runs in parallel with the profile's ``wider``: None where a place has no value of
    the same series and period, or where amounts of a part and of its whole would be compared.
    """

    figure: Figure
    others: Sequence[Figure | None]


End = Literal["better", "worse", "highest", "lowest"]


@dataclass(frozen=True)
class Distinction:
    """A figure in which a place stands out, and among whom.

    ``end`` says better or worse only where a person declared which way is better; elsewhere just
    highest or lowest. ``position`` None means the strict end of ``of`` members of ``group``;
    otherwise the rank among all places of the level with that period.
    """

    figure: Figure
    end: End
    of: int
    level: str
    group: Place | None = None
    position: int | None = None


@dataclass(frozen=True)
class Profile:
    """All figures of a place. ``wider`` are the places beside which they are read."""

    place: Place
    wider: Sequence[Place]
    groups: Sequence[AxisGroup[ProfileRow]]
    distinctions: Sequence[Distinction]
    every: Sequence[Figure]


def profile(place: Place) -> Profile | None:
    """Return the profile of a place; None where nothing is published of it."""
    ids = list(LatestValue.objects.filter(place_id=place.pk).values_list("series_id", flat=True))
    series = series_by_id(ids)
    if not series:
        return None
    wider = beside(place)
    fellows, group = _fellows(place)
    own = latest_figures([place.pk], series)[place.pk]
    if not own:
        return None
    chosen = [found[0] for found in by_indicator(own).values()]
    others = latest_figures([p.pk for p in wider], series, only=[f.series.pk for f in chosen])
    rows = [
        ProfileRow(
            figure,
            [_comparable(figure, others[other.pk], other.level, place.level) for other in wider],
        )
        for figure in chosen
    ]
    return Profile(
        place,
        wider,
        by_axis(sorted(rows, key=_most_telling), lambda row: row.figure.indicator),
        _distinctions(place, chosen, fellows, group),
        sorted(own.values(), key=lambda f: (sort_key(f.indicator.name), f.series.code)),
    )


def _comparable(
    figure: Figure, others: Mapping[int, Figure], level: str, own_level: str
) -> Figure | None:
    other = others.get(figure.series.pk)
    if other is None or not figure.same_measure(other):
        return None
    if level != own_level and not is_intensive(figure.series):
        return None
    return other


def _fellows(place: Place) -> tuple[list[Place], Place | None]:
    """Return the other municipalities of the metropolitan area of a place, and the area."""
    if place.level != Level.MUNICIPALITY:
        return [], None
    for group in groups_of(place):
        return [town for town in members(group) if town.pk != place.pk], group
    return [], None


def _distinctions(
    place: Place, chosen: Sequence[Figure], fellows: Sequence[Place], group: Place | None
) -> list[Distinction]:
    judged = [figure for figure in chosen if is_intensive(figure.series)]
    series = {figure.series.pk: figure.series for figure in judged}
    theirs = latest_figures([f.pk for f in fellows], series, only=list(series)) if fellows else {}
    found = []
    for figure in judged:
        company = [
            other.value
            for figures in theirs.values()
            if (other := figures.get(figure.series.pk)) is not None and figure.same_measure(other)
        ]
        if len(company) + 1 >= LEAST_COMPANY:
            one = _among_fellows(figure, company, place, group)
        else:
            one = _among_level(figure, place)
        if one is not None:
            found.append(one)
    return sorted(found, key=lambda one: (-one.figure.period.end.year, one.figure.indicator.order))


def _among_fellows(
    figure: Figure, company: Sequence[float], place: Place, group: Place | None
) -> Distinction | None:
    highest, lowest = figure.value > max(company), figure.value < min(company)
    if not highest and not lowest:
        return None
    return Distinction(figure, _end(figure, highest), len(company) + 1, place.level, group)


def _among_level(figure: Figure, place: Place) -> Distinction | None:
    position, of = figure.rank_position, figure.rank_of
    if position is None or of is None or of < PARTS * 2:
        return None
    first, last = position * PARTS <= of, (of - position) * PARTS < of
    if not first and not last:
        return None
    # Ranks begin with the lowest where less is better, with the highest everywhere else.
    highest = first != (figure.indicator.direction == "down")
    return Distinction(figure, _end(figure, highest), of, place.level, position=position)


def _end(figure: Figure, highest: bool) -> End:
    direction = judged_direction(figure.indicator)
    if direction == "none":
        return "highest" if highest else "lowest"
    return "better" if highest == (direction == "up") else "worse"


def _most_telling(row: ProfileRow) -> tuple[int, int, str]:
    """Order the rows of an axis: the most recent first, then in staff's order."""
    indicator = row.figure.indicator
    return -row.figure.period.end.year, indicator.order, sort_key(indicator.name)
