"""Outlines for maps: one file for each level, with Traza's codes, rounded and thinned."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from demo.compile.areas import polygons_km2
from demo.compile.facts import Facts, words
from demo.compile.model import MEMBERS

Geometry = dict[str, Any]
Ring = list[list[float]]
Feature = dict[str, Any]


def outlines(facts: Facts) -> dict[str, str]:
    """Return the GeoJSON text of each file of ``geo/``.

    ``metro.geojson`` holds the detailed outlines of the members of the metropolitan area.
    """
    states = facts.features("mexico-estados.geojson")
    municipalities = facts.features("mexico-municipios.geojson")
    detailed = [
        feature
        for feature in facts.features("laguna-municipios.geojson")
        if feature["properties"]["cvegeo"] in MEMBERS
    ]
    return {
        "paises.geojson": _collection(_countries(facts), 2),
        "estados.geojson": _collection(_by_code(states), 3),
        "municipios.geojson": _collection(_by_code(municipalities), 3),
        "metro.geojson": _collection(_by_code(detailed), 4),
    }


def centre(geometry: Geometry) -> tuple[str, str]:
    """Return longitude and latitude of the centroid of the largest polygon, as text."""
    parts = geometry["coordinates"]
    parts = [parts] if geometry["type"] == "Polygon" else parts
    ring = max(parts, key=lambda part: polygons_km2({"type": "Polygon", "coordinates": part}))[0]
    area = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    if not area:
        x, y, area = ring[0][0], ring[0][1], 1 / 3
    return f"{x / (3 * area):.4f}", f"{y / (3 * area):.4f}"


def _by_code(features: Iterable[Feature]) -> list[tuple[str, Geometry]]:
    return sorted((f["properties"]["cvegeo"], f["geometry"]) for f in features)


def _countries(facts: Facts) -> list[tuple[str, Geometry]]:
    """Return each country's outline: of the small scale, or the finer one where it has none."""
    codes = {row["iso_n3"]: row["code"] for row in words("countries") if row["iso_n3"]}
    found: dict[str, Geometry] = {}
    for name in ("world-countries-110m.geojson", "world-countries-50m.geojson"):
        for feature in facts.features(name):
            own = feature["properties"]
            code = "XKX" if own["name"] == "Kosovo" else codes.get(own["iso_n3"] or "")
            if code and code not in found:
                found[code] = feature["geometry"]
    return sorted(found.items())


def _collection(shapes: list[tuple[str, Geometry]], places: int) -> str:
    lines = []
    for code, geometry in shapes:
        feature = {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": _rounded(geometry, places),
        }
        lines.append(json.dumps(feature, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _rounded(geometry: Geometry, places: int) -> Geometry:
    parts = geometry["coordinates"]
    parts = [parts] if geometry["type"] == "Polygon" else parts
    kept = []
    for rings in parts:
        thin = [ring for ring in (_round_ring(ring, places) for ring in rings) if len(ring) > 3]
        if thin:
            kept.append(thin)
    if not kept:  # An islet smaller than the rounding keeps its own coordinates.
        kept = [[[list(point[:2]) for point in ring] for ring in rings] for rings in parts]
    if len(kept) == 1:
        return {"type": "Polygon", "coordinates": kept[0]}
    return {"type": "MultiPolygon", "coordinates": kept}


def _round_ring(ring: Ring, places: int) -> Ring:
    """Round a ring and drop points that repeat the one before."""
    points: Ring = []
    for x, y, *_ in ring:
        point = [round(x, places), round(y, places)]
        if not points or point != points[-1]:
            points.append(point)
    return points
