"""A small territory with the homonyms that real tables have."""

import pytest

from traza.places.actions import load_places
from traza.places.models import Place

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
ROWS = [
    ("WLD", "world", "Mundo", "World", "", 7_800_000_000),
    ("MEX", "country", "México", "Mexico", "WLD", 126_014_024),
    ("05", "state", "Coahuila", "", "MEX", 3_146_771),
    ("10", "state", "Durango", "", "MEX", 1_832_650),
    ("15", "state", "México", "", "MEX", 16_992_418),
    ("28", "state", "Tamaulipas", "", "MEX", 3_527_735),
    ("05017", "municipality", "Matamoros", "", "05", 118_337),
    ("05033", "municipality", "San Pedro", "", "05", 101_041),
    ("05035", "municipality", "Torreón", "", "05", 720_848),
    ("10005", "municipality", "Durango", "", "10", 688_697),
    ("10007", "municipality", "Gómez Palacio", "", "10", 372_750),
    ("10012", "municipality", "Lerdo", "", "10", 163_313),
    ("10029", "municipality", "San Pedro", "", "10", 2_000),
    ("28022", "municipality", "Matamoros", "", "28", 541_979),
    ("050350001", "locality", "Torreón", "", "05035", 690_193),
    ("zml", "metro", "La Laguna", "", "MEX", 1_434_283),
]
NAMES = [
    ("05", "Coahuila de Zaragoza", "official"),
    ("zml", "Zona Metropolitana de La Laguna", "alias"),
    ("MEX", "República Mexicana", "alias"),
    ("MEX", "Nacional", "alias"),
]


def rows() -> list[dict[str, object]]:
    columns = ("code", "level", "name", "name_en", "parent", "population")
    return [dict(zip(columns, row, strict=True)) for row in ROWS]


@pytest.fixture
def territory(db: None) -> dict[str, Place]:
    load_places(
        reversed(rows()),
        names=[dict(zip(("code", "name", "kind"), row, strict=True)) for row in NAMES],
        memberships=[
            {"group": "zml", "member": code} for code in ("05035", "05017", "10007", "10012")
        ],
        outlines={
            "map": [
                {
                    "properties": {"code": "05035"},
                    "geometry": {"type": "Polygon", "coordinates": [RING]},
                }
            ]
        },
    )
    return {place.code: place for place in Place.objects.all()}
