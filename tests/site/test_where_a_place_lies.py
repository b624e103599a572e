"""The outline of a place is drawn at a size that can be recognised."""

import re

import pytest

from tests.factories import make_place
from traza.places.models import PlaceGeometry
from traza.site.maps import locator_map

pytestmark = pytest.mark.django_db


def square(lon: float, lat: float, side: float) -> list[list[list[float]]]:
    return [
        [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    ]


def drawn_parts(*parts: list[list[list[float]]]) -> int:
    """Return how many parts of a country are drawn."""
    country = make_place("FRA", "Francia", level="country")
    PlaceGeometry.objects.create(
        place=country,
        purpose="outline",
        geometry={"type": "MultiPolygon", "coordinates": list(parts)},
    )
    found = locator_map(country, lang="es")
    assert found is not None
    outline = re.search(r'<path[^>]* d="([^"]+)"', found["wide"])
    assert outline is not None
    return outline[1].count("M")


def test_a_small_part_across_the_ocean_does_not_shrink_the_rest() -> None:
    assert drawn_parts(square(-4, 42, 10), square(-54, 2, 3)) == 1


def test_islands_nearby_and_large_parts_far_away_are_drawn() -> None:
    assert drawn_parts(square(95, -5, 10), square(104, 2, 2), square(130, -8, 8)) == 3
