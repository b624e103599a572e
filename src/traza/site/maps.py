"""Drawn maps of the site: where a place lies, and the institute's own territory.

Each map is two drawings, ``wide`` and ``narrow``: a phone gets its own, not a shrunken one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from traza.charts import Meta, Shape, outline_map
from traza.places.models import Level, Membership, Place, PlaceGeometry
from traza.site.queries import OwnTerritory

#: A state with more municipalities than this is drawn as one outline around the place.
MAX_SHAPES = 130


def territory_map(territory: OwnTerritory, *, lang: str) -> dict[str, str] | None:
    """Draw the municipalities of the institute, the own one in the accent; None without outline."""
    shapes = _shapes(territory.municipalities, focus=territory.home)
    return _draw(shapes, Meta(title=territory.title, lang=lang), uid="territorio")


def locator_map(place: Place, *, lang: str) -> dict[str, str] | None:
    """Draw a place among those it lies with; None where nothing has an outline."""
    around = _around(place)
    focus = None if place.level == Level.METRO else place
    shapes = _shapes(around, focus=focus, labels_all=place.level == Level.METRO)
    title = _("Dónde está %(place)s") % {"place": place.name}
    return _draw(shapes, Meta(title=title, lang=lang), uid=f"lugar-{place.code.lower()}")


def _around(place: Place) -> Sequence[Place]:
    if place.level == Level.METRO:
        ids = Membership.objects.filter(group=place, valid_to__isnull=True).values("member")
        return list(Place.objects.filter(pk__in=ids))
    if place.level == Level.COUNTRY:
        return list(place.children.filter(level=Level.STATE)) or [place]
    if place.parent is None or place.level == Level.WORLD:
        return [place]
    siblings = place.parent.children.filter(level=place.level)
    if siblings.count() > MAX_SHAPES:
        return [place.parent, place]
    return list(siblings)


def _shapes(
    places: Iterable[Place], *, focus: Place | None, labels_all: bool = False
) -> list[Shape]:
    by_id = {place.pk: place for place in places}
    # The simpler outline is enough when many are drawn.
    purposes = ["map", "outline"] if len(by_id) > 12 else ["outline", "map"]
    found: dict[int, Any] = {}
    for row in PlaceGeometry.objects.filter(place__in=by_id):
        known = found.get(row.place_id)
        if known is None or purposes.index(row.purpose) < purposes.index(known.purpose):
            found[row.place_id] = row
    name_all = labels_all or len(by_id) <= 12
    shapes = []
    for pk, row in found.items():
        place = by_id[pk]
        is_focus = focus is not None and focus.pk == pk
        shapes.append(
            Shape(
                key=place.code,
                label=place.name if name_all or is_focus else "",
                polygons=polygons(row.geometry),
                role="focus" if is_focus else "peer",
            )
        )
    # The focus is drawn last, over its neighbours.
    return sorted(shapes, key=lambda shape: shape.role == "focus")


def polygons(geometry: dict[str, Any]) -> list[list[list[tuple[float, float]]]]:
    """Return the polygons of a GeoJSON geometry as lists of rings of (lon, lat)."""
    coordinates = geometry["coordinates"]
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return [[[(x, y) for x, y, *_z in ring] for ring in part] for part in parts]


def _draw(shapes: list[Shape], meta: Meta, *, uid: str) -> dict[str, str] | None:
    if not shapes:
        return None
    return {
        "wide": outline_map(shapes, meta, size="wide", uid=f"{uid}-w"),
        "narrow": outline_map(shapes, meta, size="narrow", uid=f"{uid}-n"),
    }
