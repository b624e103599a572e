"""Reads of the territory: who is inside, beside and above whom, and their outlines."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from traza.places.finding import (
    PAGE_LEVELS,
    Match,
    SuggestedPlace,
    find_places,
    suggest_places,
    tell_places_of_indicator,
)
from traza.places.models import Membership, Place, PlaceGeometry
from traza.places.resolver import (
    AmbiguousPlace,
    PlaceResolver,
    UnknownPlace,
    chosen_place,
    resolve_place,
)

__all__ = [
    "PAGE_LEVELS",
    "AmbiguousPlace",
    "Match",
    "PlaceResolver",
    "PlaceShape",
    "SuggestedPlace",
    "UnknownPlace",
    "ancestors",
    "chosen_place",
    "comparators",
    "find_places",
    "get_place",
    "groups_of",
    "members",
    "outline",
    "page_places",
    "peers",
    "read_polygons",
    "resolve_place",
    "shapes",
    "suggest_places",
    "tell_places_of_indicator",
]

#: A ring is a closed line of (lon, lat) in degrees; a polygon its outer ring and its holes.
Ring = list[tuple[float, float]]
Polygons = list[list[Ring]]


@dataclass(frozen=True)
class PlaceShape:
    """A place ready to be drawn."""

    code: str
    name: str
    path: str
    polygons: Polygons


def get_place(code: str) -> Place | None:
    """Return the place with this exact code, whatever its case, or None."""
    return Place.objects.select_related("parent").filter(code__iexact=code).first()


def members(group: Place, on: datetime.date | None = None) -> list[Place]:
    """Return the members of a group on a day (today unless told), the most populous first."""
    day = on or datetime.date.today()
    current = Membership.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        group=group,
    )
    found = Place.objects.filter(pk__in=current.values("member")).select_related("parent")
    return sorted(found, key=lambda place: (-(place.population or 0), place.sort_key))


def groups_of(place: Place, on: datetime.date | None = None) -> list[Place]:
    """Return the groups a place belongs to on a day (today unless told)."""
    day = on or datetime.date.today()
    current = Membership.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        member=place,
    )
    return list(Place.objects.filter(pk__in=current.values("group")))


def ancestors(place: Place) -> list[Place]:
    """Return the places above one, the nearest first; a cycle ends the list."""
    above: list[Place] = []
    seen = {place.pk}
    parent = place.parent
    while parent is not None and parent.pk not in seen:
        seen.add(parent.pk)
        above.append(parent)
        parent = parent.parent
    return above


def comparators(place: Place) -> list[Place]:
    """Return the wider places a figure is set beside: its groups, then the places above it."""
    return [*groups_of(place), *ancestors(place)]


def peers(place: Place) -> list[Place]:
    """Return the other places of the same level and parent; fellow group members come first."""
    fellows = [m for group in groups_of(place) for m in members(group) if m.pk != place.pk]
    first = list({fellow.pk: fellow for fellow in fellows}.values())
    known = {place.pk, *(fellow.pk for fellow in first)}
    same = Place.objects.filter(level=place.level, parent=place.parent).exclude(pk__in=known)
    rest = sorted(same, key=lambda other: (-(other.population or 0), other.sort_key))
    return [*first, *rest]


def page_places() -> QuerySet[Place]:
    """Return the places that have a page of their own."""
    return Place.objects.filter(level__in=PAGE_LEVELS)


def outline(place: Place) -> Polygons:
    """Return the outline of a place's page; a group without one is drawn by its members."""
    own = _outlines([place.pk], first=PlaceGeometry.Purpose.OUTLINE)
    if own:
        return own[place.pk]
    parts = _outlines([m.pk for m in members(place)], first=PlaceGeometry.Purpose.OUTLINE)
    return [polygon for polygons in parts.values() for polygon in polygons]


def shapes(level: str, within: Place | None = None) -> list[PlaceShape]:
    """Return the outlines for a map of a level, of the whole or inside a place or group.

    A group is a small map of few places: it is drawn with the detailed outlines where there are.
    """
    places, first = Place.objects.filter(level=level), PlaceGeometry.Purpose.MAP
    if within is not None:
        grouped = [member.pk for member in members(within)]
        places = places.filter(Q(parent=within) | Q(parent__parent=within) | Q(pk__in=grouped))
        first = PlaceGeometry.Purpose.OUTLINE if grouped else first
    by_id = {place.pk: place for place in places}
    drawn = _outlines(by_id, first=first)
    return [
        PlaceShape(by_id[pk].code, by_id[pk].name, by_id[pk].path, polygons)
        for pk, polygons in sorted(drawn.items(), key=lambda item: by_id[item[0]].code)
    ]


def _outlines(ids: Collection[int], *, first: str) -> dict[int, Polygons]:
    """Return the polygons of each place that has any, by the wanted purpose or else the other."""
    found: dict[int, tuple[bool, Any]] = {}
    rows = PlaceGeometry.objects.filter(place__in=list(ids)).order_by("place_id")
    for pk, purpose, geometry in rows.values_list("place_id", "purpose", "geometry"):
        if pk not in found or purpose == first:
            found[pk] = (purpose == first, geometry)
    return {pk: read_polygons(geometry) for pk, (_is_first, geometry) in found.items()}


def read_polygons(geometry: dict[str, Any]) -> Polygons:
    """Return the polygons of a GeoJSON Polygon or MultiPolygon (RFC 7946 §3.1)."""
    coordinates = geometry["coordinates"]
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[[(point[0], point[1]) for point in ring] for ring in part] for part in parts]
