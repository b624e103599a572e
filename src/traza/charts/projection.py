"""From longitude and latitude to a flat drawing where areas compare.

Albers' conic for anything up to a continent (J. P. Snyder, "Map Projections: A Working Manual",
USGS 1987, p. 100), Equal Earth for the world (Šavrič, Patterson and Jenny, 2018).
"""

import math
from collections.abc import Callable, Iterable, Sequence

from .labels import Box
from .model import Ring

Project = Callable[[float, float], tuple[float, float]]
_WORLD = 150.0  # degrees of longitude beyond which a cone no longer serves


def projection(bounds: Box) -> Project:
    """An equal-area projection that suits (west, south, east, north) in degrees; y grows down."""
    west, south, east, north = bounds
    middle = math.radians((west + east) / 2)
    if east - west > _WORLD:
        return _equal_earth(middle if east - west < 340 else 0.0)
    lower = math.radians(south + (north - south) / 6)
    upper = math.radians(north - (north - south) / 6)
    n = (math.sin(lower) + math.sin(upper)) / 2
    if abs(n) < 0.02:  # astride the equator the cone is a cylinder
        return lambda lon, lat: (math.radians(lon) - middle, -math.sin(math.radians(lat)))
    c = math.cos(lower) ** 2 + 2 * n * math.sin(lower)

    def albers(lon: float, lat: float) -> tuple[float, float]:
        radius = math.sqrt(max(0.0, c - 2 * n * math.sin(math.radians(lat)))) / n
        angle = n * (math.radians(lon) - middle)
        return radius * math.sin(angle), radius * math.cos(angle)

    return albers


def _equal_earth(middle: float) -> Project:
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796

    def project(lon: float, lat: float) -> tuple[float, float]:
        t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
        slope = a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8
        x = 2 * math.sqrt(3) / 3 * (math.radians(lon) - middle) * math.cos(t) / slope
        return x, -(a1 * t + a2 * t**3 + a3 * t**7 + a4 * t**9)

    return project


def bounds_of(points: Iterable[tuple[float, float]]) -> Box | None:
    """The box around finite points; None if there is none."""
    finite = [(x, y) for x, y in points if math.isfinite(x) and math.isfinite(y)]
    if not finite:
        return None
    xs, ys = [x for x, _ in finite], [y for _, y in finite]
    return min(xs), min(ys), max(xs), max(ys)


def area(ring: Ring) -> float:
    """Area of a flat ring, without sign (the shoelace formula)."""
    return abs(
        sum(ring[i - 1][0] * ring[i][1] - ring[i][0] * ring[i - 1][1] for i in range(len(ring))) / 2
    )


def thin(ring: Ring, closest: float) -> list[tuple[float, float]]:
    """A ring without points nearer than ``closest`` to the one before: finer than the eye."""
    kept: list[tuple[float, float]] = []
    for x, y in ring:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= closest:
            kept.append((x, y))
    return kept


def heart(rings: Sequence[Ring]) -> tuple[float, float, float]:
    """The point of a polygon where a label sits well, and the width it has there.

    The middle of the widest stretch inside, among a few horizontal cuts; cuts near the middle
    height are preferred.
    """
    box = bounds_of(rings[0])
    if box is None:
        return 0.0, 0.0, 0.0
    left, top, right, bottom = box
    best = ((left + right) / 2, (top + bottom) / 2, 0.0)
    best_worth = -1.0
    for i in range(1, 12):
        y = top + (bottom - top) * i / 12 + 1e-7
        crossings = sorted(
            a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            for ring in rings
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (a[1] > y) != (b[1] > y)
        )
        for enter, leave in zip(crossings[::2], crossings[1::2], strict=False):
            worth = (leave - enter) * (1 - 0.8 * abs(i / 12 - 0.5))
            if worth > best_worth:
                best, best_worth = ((enter + leave) / 2, y, leave - enter), worth
    return best
