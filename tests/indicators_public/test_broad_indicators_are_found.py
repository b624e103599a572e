"""An indicator of the whole country belongs to each municipality of the institute too."""

import pytest

from tests.factories import (
    make_indicator,
    make_institute,
    make_laguna,
    make_place,
    make_series,
    observations,
)
from traza.places.queries import suggest_places
from traza.publishing.models import Publication
from traza.publishing.search.search import search

pytestmark = pytest.mark.django_db


def build(narrow_place: str = "05035") -> None:
    places = make_laguna()
    make_institute()
    table: dict[str, dict[str, float]] = {code: {"2020": 100.0} for code in places}
    for number in range(1, 80):
        make_place(f"01{number:03}", f"Lejano {number}", parent=places["MEX"])
        table[f"01{number:03}"] = {"2020": 50.0}
    total = make_indicator("poblacion-total", "Población total")
    observations(make_series(total, code="total"), table)
    narrow = make_indicator(
        "poblacion-estimada", "Población estimada", definition="Población que calcula la población."
    )
    observations(make_series(narrow, code="estimada"), {narrow_place: {"2020": 1.0}})


def test_every_own_municipality_is_linked_with_it() -> None:
    build()
    linked = Publication.objects.get(key="poblacion-total").places
    assert {"05035", "10007", "10012", "05017", "zml"} <= set(linked.values_list("code", flat=True))


def test_it_is_found_by_the_name_of_a_member() -> None:
    build(narrow_place="10012")
    found = [item.publication.key for item in search("poblacion lerdo").items]
    assert "poblacion-total" in found


def test_what_covers_the_country_comes_before_what_only_says_the_word_more_often() -> None:
    build()
    found = [item.url for item in search("poblacion", kinds=["indicator"]).items]
    assert found[0] == "/indicadores/poblacion-total/"


def test_with_the_name_of_any_place_it_opens_with_that_place() -> None:
    build()
    first = search("población lejano 7").items[0]
    assert first.title == "Población total · Lejano 7"
    assert first.url == "/indicadores/poblacion-total/?lugares=01007"
    english = search("poblacion lejano 7", lang="en").items[0]
    assert english.url == "/en/indicadores/poblacion-total/?lugares=01007"


def test_several_places_are_opened_together_and_the_own_one_needs_no_choice() -> None:
    build()
    several = search("población lejano 7 gómez palacio").items[0]
    assert several.url == "/indicadores/poblacion-total/?lugares=01007,10007"
    own = search("población total torreón").items[0]
    assert (own.title, own.url) == ("Población total", "/indicadores/poblacion-total/")


def test_places_proposed_for_an_indicator_are_those_it_has() -> None:
    build()
    assert [place.code for place in suggest_places("torreon")] == ["05035"]
    assert suggest_places("torreon", indicator_slug="poblacion-estimada")[0].code == "05035"
    assert suggest_places("gomez palacio", indicator_slug="poblacion-estimada") == []
