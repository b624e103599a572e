"""The index of all public indicators: which there are, and the figure that stands for each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from traza.indicators.models import Indicator, LatestValue, MapSlice, Observation, Series
from traza.indicators.queries.latest import (
    AxisGroup,
    Figure,
    by_axis,
    by_indicator,
    indicators_of_topic,
    indicators_with_figures,
    latest_figures,
    public_series,
)
from traza.indicators.queries.territory import Own
from traza.places.models import Level, Place
from traza.publishing.models import Topic
from traza.stats.text import fold, sort_key


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator and its figure in the nearest of the own places that has one (or none)."""

    indicator: Indicator
    figure: Figure | None
    place: Place | None


def entries(own: Own, *, only: Iterable[int] | None = None, having: bool = True) -> list[Entry]:
    """Return the public indicators with figures, the most recent first, then in staff's order.

    ``only`` keeps some ids. ``having`` asks that something be published of each; callers that
    know it already may spare the question.
    """
    series = public_series(list(only) if only is not None else None)
    known = indicators_with_figures() if having else None
    places = _nearest(own)
    figures = latest_figures([place.pk for place in places], series)
    first = {place.pk: by_indicator(figures[place.pk]) for place in places}
    found = []
    for indicator in _indicators(series):
        if known is not None and indicator.pk not in known:
            continue
        place, figure = _first_figure(indicator.pk, places, first)
        found.append(Entry(indicator, figure, place))
    return sorted(found, key=_recent_first)


def grouped(found: Iterable[Entry]) -> list[AxisGroup[Entry]]:
    """Return entries by axis, in their order."""
    return by_axis(found, lambda entry: entry.indicator)


def narrowed(
    found: Iterable[Entry], *, topic: Topic | None = None, level: str = "", text: str = ""
) -> list[Entry]:
    """Return the entries of a topic, with figures at a level, whose name holds all the words."""
    kept = list(found)
    if topic is not None:
        ids = indicators_of_topic(topic)
        kept = [entry for entry in kept if entry.indicator.pk in ids]
    if level:
        having = indicators_at(level)
        kept = [entry for entry in kept if entry.indicator.pk in having]
    words = fold(text).split()
    if words:
        kept = [
            entry
            for entry in kept
            if all(w in fold(f"{entry.indicator.name} {entry.indicator.name_en}") for w in words)
        ]
    return kept


def indicators_at(level: str) -> set[int]:
    """Return the ids of the indicators that have figures at a level of territory."""
    slices = MapSlice.objects.values_list("series_id", "level").distinct()
    wide = {series_id for series_id, _level in slices}
    found = {series_id for series_id, one in slices if one == level}
    # Series without slices have few values, so these are read and not those of every place.
    narrow = Series.objects.exclude(pk__in=wide)
    values = Observation.objects.filter(series_id__in=narrow.values("pk"), place__level=level)
    known = values.filter(value__isnull=False, conf="F").values_list("series_id", flat=True)
    found |= set(known.distinct())
    return set(Series.objects.filter(pk__in=found).values_list("indicator_id", flat=True))


def levels_with_figures() -> list[str]:
    """Return the levels at which anything is published, the smallest territory first."""
    found = set(MapSlice.objects.values_list("level", flat=True).distinct())
    for level in Level.values:
        if level in found:
            continue
        places = Place.objects.filter(level=level).values("pk")
        if LatestValue.objects.filter(place_id__in=places).exists():
            found.add(level)
    return [level for level in reversed(Level.values) if level in found]


def _nearest(own: Own) -> list[Place]:
    ordered = [own.home, own.metro, *own.towns, *own.beside]
    return list({place.pk: place for place in ordered if place is not None}.values())


def _indicators(series: Mapping[int, Series]) -> list[Indicator]:
    return list({one.indicator_id: one.indicator for one in series.values()}.values())


def _first_figure(
    indicator_id: int, places: Sequence[Place], first: Mapping[int, Mapping[int, list[Figure]]]
) -> tuple[Place | None, Figure | None]:
    for place in places:
        if found := first[place.pk].get(indicator_id):
            return place, found[0]
    return None, None


def _recent_first(entry: Entry) -> tuple[int, int, str]:
    year = entry.figure.period.end.year if entry.figure else 0
    return -year, entry.indicator.order, sort_key(entry.indicator.name)
