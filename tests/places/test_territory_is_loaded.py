"""Loading a territory twice changes nothing; a mistake in a file is named and nothing loads."""

import pytest

from tests.places.conftest import rows
from traza.places.actions import PlaceDataError, load_memberships, load_places
from traza.places.models import Place
from traza.places.queries import ancestors, comparators, members, outline, peers, shapes


def test_a_second_load_changes_nothing(territory: dict[str, Place]) -> None:
    loaded = load_places(rows())

    assert (loaded.created, loaded.updated, loaded.equal) == (0, 0, len(rows()))


def test_a_corrected_name_changes_one_place_and_its_address(territory: dict[str, Place]) -> None:
    changed = [{**row, "name": "Ciudad Lerdo"} for row in rows() if row["code"] == "10012"]

    loaded = load_places(changed)

    assert (loaded.updated, loaded.equal) == (1, 0)
    assert Place.objects.get(code="10012").path == "/lugares/10012-ciudad-lerdo/"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"code": "", "level": "state", "name": "X"}, "renglón 2: falta la clave"),
        ({"code": "X", "level": "reino", "name": "X"}, "el nivel «reino» no existe"),
        ({"code": "X", "level": "state", "name": ""}, "falta el nombre"),
        ({"code": "X", "level": "state", "name": "X", "parent": "Q"}, "la clave «Q»"),
        ({"code": "X", "level": "state", "name": "X", "parent": "X"}, "unos a otros"),
        ({"code": "X", "level": "state", "name": "X", "population": "mil"}, "«mil» no es"),
        ({"code": "X", "level": "state", "name": "X", "population": "inf"}, "no es un número"),
        ({"code": "X", "level": "state", "name": "X", "valid_from": "ayer"}, "no es una fecha"),
    ],
)
@pytest.mark.django_db
def test_a_mistake_is_named_and_nothing_is_loaded(row: dict[str, str], message: str) -> None:
    with pytest.raises(PlaceDataError, match=message):
        load_places([row])

    assert not Place.objects.exists()


def test_who_is_inside_above_and_beside(territory: dict[str, Place]) -> None:
    torreon = territory["05035"]

    assert [p.code for p in members(territory["zml"])] == ["05035", "10007", "10012", "05017"]
    assert [p.code for p in ancestors(torreon)] == ["05", "MEX", "WLD"]
    assert [p.code for p in comparators(torreon)] == ["zml", "05", "MEX", "WLD"]
    assert [p.code for p in peers(torreon)] == ["10007", "10012", "05017", "05033"]


def test_members_are_those_of_the_day(territory: dict[str, Place]) -> None:
    import datetime

    load_memberships([{"group": "zml", "member": "05033", "valid_to": "2005-01-01"}])

    assert "05033" not in {p.code for p in members(territory["zml"])}
    then = members(territory["zml"], on=datetime.date(2000, 1, 1))
    assert "05033" in {p.code for p in then}


def test_outlines_are_polygons_of_rings(territory: dict[str, Place]) -> None:
    ring = [(0, 0), (1, 0), (1, 1), (0, 0)]

    assert outline(territory["05035"]) == [[ring]]
    assert outline(territory["zml"]) == [[ring]]
    assert [shape.code for shape in shapes("municipality", territory["05"])] == ["05035"]
