"""Readers find a place by part of its name, with mistakes, or by code."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traza.places.models import Place
from traza.places.queries import find_places, suggest_places


def codes(text: str, **options: object) -> list[str]:
    return [match.place.code for match in find_places(text, **options)]  # type: ignore[arg-type]


def test_part_of_a_name_is_enough_and_the_widest_comes_first(territory: dict[str, Place]) -> None:
    assert codes("torr") == ["05035", "050350001"]
    assert codes("palacio") == ["10007"]
    assert codes("laguna")[0] == "zml"


def test_mistakes_are_forgiven(territory: dict[str, Place]) -> None:
    assert codes("Goméz Palasio") == ["10007"]
    assert codes("Toreron")[0] == "05035"


def test_a_place_with_its_state(territory: dict[str, Place]) -> None:
    assert codes("matamoros tamaulipas") == ["28022"]


def test_homonyms_go_by_population(territory: dict[str, Place]) -> None:
    assert codes("matamoros") == ["28022", "05017"]


def test_codes_levels_and_territory(territory: dict[str, Place]) -> None:
    assert codes("10 007") == ["10007"]
    assert codes("Durango", levels=["municipality"])[0] == "10005"
    assert codes("matamoros", within=territory["zml"]) == ["05017"]
    assert codes("matamoros", within=territory["28"]) == ["28022"]


def test_a_suggestion_leads_to_the_page(territory: dict[str, Place]) -> None:
    first = suggest_places("torreon")[0]

    assert (first.title, first.url) == ("Torreón", "/lugares/05035-torreon/")
    assert first.detail == "Municipio · Coahuila"


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=200))
def test_any_text_can_be_typed(territory: dict[str, Place], text: str) -> None:
    assert len(find_places(text, limit=5)) <= 5
