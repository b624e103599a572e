"""Drawn maps of the site: where a place lies, and the institute's own territory.

Each map is two drawings, ``wide`` and ``narrow``: a phone gets its own, not a shrunken one.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from traza.charts import Meta, Shape, outline_map
from traza.places.models import Level, Membership, Place, PlaceGeometry
from traza.site.queries import OwnTerritory

Ring = list[tuple[float, float]]
#: Polygons of rings: the outer one, then its holes.
Polygons = list[list[Ring]]
#: How many steps a drawing has along its longer side; finer detail only makes the page heavier.
STEPS = 210
#: Smaller islands are left out of a place that has larger parts: half its height and width.
ISLAND = 6
#: Lesser parts than this share of the largest are left out where they lie far from it.
FAR_PART, FAR = 0.2, 1.5
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
    outlines = {pk: polygons(row.geometry) for pk, row in found.items()}
    if len(outlines) == 1:
        outlines = {pk: _near_the_largest(outline) for pk, outline in outlines.items()}
    step = _detail(outlines.values())
    shapes = []
    for pk in found:
        place = by_id[pk]
        is_focus = focus is not None and focus.pk == pk
        shapes.append(
            Shape(
                key=place.code,
                label=place.name if name_all or is_focus else "",
                polygons=_thinned(outlines[pk], step),
                role="focus" if is_focus else "peer",
            )
        )
    # The focus is drawn last, over its neighbours.
    return sorted(shapes, key=lambda shape: shape.role == "focus")


def _near_the_largest(outline: Polygons) -> Polygons:
    """Leave out small parts far away: with Guiana in the drawing, France would be a dot."""
    boxes = [_box(part[0]) for part in outline]
    sizes = [(right - left) * (top - bottom) for left, bottom, right, top in boxes]
    left, bottom, right, top = boxes[sizes.index(max(sizes))]
    reach = FAR * max(right - left, top - bottom)
    near = []
    for part, size, box in zip(outline, sizes, boxes, strict=True):
        away = abs(box[0] + box[2] - left - right) + abs(box[1] + box[3] - bottom - top)
        if size >= FAR_PART * max(sizes) or away / 2 <= reach:
            near.append(part)
    return near


def _box(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _detail(outlines: Iterable[Polygons]) -> float:
    """Return the step in degrees below which a drawing of these outlines shows nothing."""
    points = [point for outline in outlines for part in outline for point in part[0]]
    if not points:
        return 0.0
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys)) / STEPS


def _thinned(outline: Polygons, step: float) -> Polygons:
    """Leave out points nearer than a step to the last one kept, and islands of a few steps."""
    thinned = []
    for part in outline:
        xs, ys = [x for x, _y in part[0]], [y for _x, y in part[0]]
        if max(xs) - min(xs) + max(ys) - min(ys) < ISLAND * step:
            continue
        rings = [ring for ring in (_thin(ring, step) for ring in part) if len(ring) > 3]
        if rings:
            thinned.append(rings)
    return thinned or outline


def _thin(ring: Ring, step: float) -> Ring:
    kept = ring[:1]
    for x, y in ring[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step:
            kept.append((x, y))
    return [*kept, ring[-1]]


def polygons(geometry: dict[str, Any]) -> Polygons:
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
