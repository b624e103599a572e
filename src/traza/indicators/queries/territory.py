"""The places an institute is about, and beside which of them its figures are set."""

from collections.abc import Sequence
from dataclasses import dataclass

from traza.foundation.models import Institute
from traza.indicators.queries.memory import per_revision
from traza.places.models import Level, Place
from traza.places.queries import ancestors, groups_of, members


@dataclass(frozen=True)
class Own:
    """The institute's municipality, its metropolitan area, and the municipalities inside.

    Every part may be missing. ``towns`` are the most populous first; without a metropolitan area
    they are the own municipality alone. ``beside`` are the wider places compared with.
    """

    home: Place | None
    metro: Place | None
    towns: Sequence[Place]
    beside: Sequence[Place]

    @property
    def first(self) -> Place | None:
        """Return the place whose figures stand for the institute: its municipality or its area."""
        return self.home or self.metro

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of the own places, the area included."""
        wider = [self.metro.code] if self.metro else []
        return frozenset([*(town.code for town in self.towns), *wider])


def own_places(institute: Institute | None = None) -> Own:
    """Return the places of the institute's settings; codes that mean nothing are left out."""
    institute = institute or Institute.load()
    return _own(institute.home_place_code, institute.metro_code, tuple(institute.comparators()))


@per_revision(4)
def _own(home_code: str, metro_code: str, comparators: tuple[str, ...]) -> Own:
    codes = [home_code, metro_code, *comparators]
    found = {
        place.code: place
        for place in Place.objects.filter(code__in=[c for c in codes if c]).select_related(
            "parent__parent"
        )
    }
    home = found.get(home_code)
    metro = found.get(metro_code)
    towns = list(members(metro)) if metro else []
    if home is not None and all(town.pk != home.pk for town in towns):
        towns.insert(0, home)
    inside = {town.pk for town in towns}
    beside = [found[c] for c in comparators if c in found]
    return Own(home, metro, towns, [place for place in beside if place.pk not in inside])


def wider_places(own: Own, country_code: str) -> list[Place]:
    """Return the columns of the second form of the matrix, from the own place to the country.

    The own municipality and area, the states in which the own municipalities lie, the country.
    """
    chosen: dict[int, Place] = {}
    for place in (own.home, own.metro):
        if place is not None:
            chosen[place.pk] = place
    above = [place.parent for place in own.towns if place.parent is not None]
    states = [place for place in above if place.level == Level.STATE]
    for place in sorted(states, key=lambda p: p.sort_key):
        chosen.setdefault(place.pk, place)
    country = Place.objects.filter(code=country_code, level=Level.COUNTRY).first()
    for place in [*own.beside, *([country] if country else [])]:
        chosen.setdefault(place.pk, place)
    return sorted(chosen.values(), key=_from_the_nearest)


_NEAREST = [
    Level.BLOCK, Level.AGEB, Level.COLONIA, Level.LOCALITY, Level.MUNICIPALITY, Level.METRO,
    Level.STATE, Level.COUNTRY, Level.GROUP, Level.WORLD,
]  # fmt: skip


def _from_the_nearest(place: Place) -> tuple[int, str]:
    return _NEAREST.index(Level(place.level)), place.sort_key


def beside(place: Place) -> list[Place]:
    """Return the wider places beside which the figures of a place are read, the nearest first.

    Its metropolitan area, its state, its country. A country stands beside the world.
    """
    wider = [*groups_of(place), *ancestors(place)]
    if place.level == Level.METRO:
        # An area may lie in several states: those of its municipalities.
        parents = [town.parent for town in members(place) if town.parent is not None]
        wider = [*{p.pk: p for p in parents}.values(), *wider]
    if place.level in (Level.MUNICIPALITY, Level.METRO, Level.STATE):
        wider = [p for p in wider if p.level != Level.WORLD]
    unique = {p.pk: p for p in wider if p.pk != place.pk}
    return sorted(unique.values(), key=_from_the_nearest)
