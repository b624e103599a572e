"""Surface of territories, measured on their outlines."""

import math
from itertools import pairwise
from typing import Any

from demo.compile.facts import Facts
from demo.compile.model import COUNTRY, MEMBERS, METRO

#: Radius of the sphere with the area of the WGS84 ellipsoid, km, and its eccentricity squared.
_RADIUS, _E2 = 6371.0071809, 0.00669437999014
#: Municipalities made after the census and those they were taken from: the census counts other
#: territories than today's outlines.
_CHANGED = {
    "02007": "02002",
    "04013": "04001",
    "12082": "12053",
    "12083": "12012",
    "12084": "12041",
    "12085": "12023",
}

Ring = list[list[float]]


class Areas:
    """Square kilometres of each place of the country."""

    def __init__(self, facts: Facts) -> None:
        self.km2: dict[str, float] = {}
        for feature in facts.features("mexico-municipios-2pct5.geojson"):
            code = feature["properties"]["cvegeo"]
            self.km2[code] = polygons_km2(feature["geometry"])
        # The facts' own surfaces were measured on a projection that shrinks them by 1 %; all are
        # measured here alike, those of La Laguna on the full outline.
        for feature in facts.features("laguna-municipios-full.geojson"):
            self.km2[feature["properties"]["cvegeo"]] = polygons_km2(feature["geometry"])
        for code, area in list(self.km2.items()):
            for whole in (code[:2], COUNTRY):
                self.km2[whole] = self.km2.get(whole, 0.0) + area
        self.km2[METRO] = sum(self.km2[member] for member in MEMBERS)

    def of(self, place: str) -> float | None:
        """Return the surface of the territory that the census counted, None when unknown."""
        if place in _CHANGED or place in _CHANGED.values():
            return None
        return self.km2.get(place)


def polygons_km2(geometry: dict[str, Any]) -> float:
    """Return the surface of a GeoJSON Polygon or MultiPolygon."""
    parts = geometry["coordinates"]
    parts = [parts] if geometry["type"] == "Polygon" else parts
    return sum(
        abs(_ring_km2(rings[0])) - sum(abs(_ring_km2(hole)) for hole in rings[1:])
        for rings in parts
    )


def _ring_km2(ring: Ring) -> float:
    total = 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        total += math.radians(x2 - x1) * (_sine(y1) + _sine(y2)) / 2
    return total * _RADIUS**2


def _sine(latitude: float) -> float:
    """Return the sine of the authalic latitude: areas on the sphere are those of the ellipsoid."""
    sine, e = math.sin(math.radians(latitude)), math.sqrt(_E2)
    return _q(sine, e) / _q(1.0, e)


def _q(sine: float, e: float) -> float:
    part = sine / (1 - e * e * sine * sine)
    return (1 - e * e) * (part + math.atanh(e * sine) / e)
