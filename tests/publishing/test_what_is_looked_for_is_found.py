"""People write without accents, in plural, with mistakes, half a word, or in English."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traza.publishing.actions import withdraw_entry
from traza.publishing.models import Publication, SearchTerm, SearchWord
from traza.publishing.revision import public_change
from traza.publishing.search import search, suggest
from traza.publishing.search.index import rebuild_index

pytestmark = pytest.mark.django_db
Ledger = dict[str, Publication]


def keys(text: str, **options: object) -> list[str]:
    return [item.publication.key for item in search(text, **options).items]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("homicidios", "homicidios"),
        ("HOMICIDIO", "homicidios"),
        ("homicidios en Torreón desde 2014", "homicidios"),
        ("poblacion", "poblacion"),
        ("población de Gómez Palacio", "poblacion"),
        ("población Matamoros", "poblacion"),
        ("robo vehiculo", "robos"),
        ("vehic", "robos"),
        ("torreon", "05035"),
        ("Gómez Palacio", "10007"),
        ("10 007", "10007"),
        ("preguntas", "1"),
        ("cuántos habitantes tiene Gómez Palacio", "poblacion"),
        ("asesinatos", "homicidios"),
        ("robo de carros", "robos"),
        ("Gómez Palacio Durango", "10007"),
        ("homicide", "homicidios"),
        ("thefts", "robos"),
    ],
)
def test_what_is_meant_comes_first(ledger: Ledger, text: str, first: str) -> None:
    assert keys(text)[0] == first


@pytest.mark.parametrize(
    ("text", "understood", "first"),
    [
        ("homicdios", "homicidios", "homicidios"),
        ("ohmicidios", "homicidios", "homicidios"),
        ("poblasion total", "poblacion total", "poblacion"),
        ("homisidios en toreon", "homicidios en torreon", "homicidios"),
    ],
)
def test_mistakes_are_mended_and_said(
    ledger: Ledger, text: str, understood: str, first: str
) -> None:
    results = search(text)

    assert results.items[0].publication.key == first
    assert results.corrected == understood


def test_the_page_of_a_place_comes_after_the_best_about_it(ledger: Ledger) -> None:
    assert keys("población Torreón")[:2] == ["poblacion", "05035"]
    assert keys("Torreón")[0] == "05035"


def test_a_word_far_from_every_other_is_not_taken_for_one(ledger: Ledger) -> None:
    assert search("escuelas").corrected == ""
    assert search("durenga").corrected == ""
    assert search("corrales").items == []


def test_what_is_right_is_not_corrected(ledger: Ledger) -> None:
    assert search("homicidios").corrected == ""


def test_a_title_counts_more_than_a_mention(ledger: Ledger) -> None:
    assert keys("homicidios") == ["homicidios", "1"]


def test_results_are_counted_by_kind_and_narrowed(ledger: Ledger) -> None:
    results = search("homicidios", kinds=["page"])

    assert results.facets == {"indicator": 1, "page": 1}
    assert (results.total, [i.kind for i in results.items]) == (1, ["page"])
    assert keys("homicidios", topics=["seguridad"]) == ["homicidios"]
    assert keys("homicidios", limit=1, offset=1) == ["1"]


def test_the_snippet_is_safe_and_marks_what_matched(ledger: Ledger) -> None:
    snippet = search("población").items[0].snippet

    assert "&lt;aquí&gt;" in snippet
    assert "<mark>población</mark>" in snippet


def test_english_readers_get_english_titles_and_addresses(ledger: Ledger) -> None:
    item = search("homicides", lang="en").items[0]

    assert (item.title, item.url, item.lang) == ("Homicides", "/en/indicadores/homicidios/", "en")
    page = search("preguntas", lang="en").items[0]
    assert (page.title, page.lang) == ("Preguntas frecuentes", "es")


@pytest.mark.parametrize("text", ["", "   ", "¿?", "zzzzqqqq", "%", "_", "'; DROP TABLE x; --"])
def test_nothing_is_found_for_nothing(ledger: Ledger, text: str) -> None:
    assert search(text).items == []


def test_suggestions_come_in_groups(ledger: Ledger) -> None:
    groups = suggest("torr")

    assert groups[0]["label"] == "Lugares"
    assert groups[0]["items"][0]["url"] == "/lugares/05035-torreon/"
    assert groups[0]["items"][0]["detail"] == "Municipio · Coahuila"


def test_a_renamed_or_withdrawn_thing_is_not_found_by_its_old_words(
    ledger: Ledger, publish: Callable[..., Publication]
) -> None:
    publish("robos", title="Asaltos", what="corrected")
    assert keys("vehículos") == []
    assert not SearchWord.objects.filter(word="vehiculos").exists()

    with public_change():
        withdraw_entry(kind="indicator", key="homicidios")
    assert keys("homicidios") == ["1"]


def test_rebuilding_gives_the_same_index(ledger: Ledger) -> None:
    def index() -> list[tuple[int, str, float]]:
        rows = SearchTerm.objects.values_list("publication_id", "term", "weight")
        return sorted(rows)

    before = index()
    words = sorted(SearchWord.objects.values_list("word", "term", "count"))

    assert rebuild_index() == len(ledger)
    assert index() == before
    assert sorted(SearchWord.objects.values_list("word", "term", "count")) == words


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=120))
def test_any_text_can_be_searched(ledger: Ledger, text: str) -> None:
    assert search(text, limit=3).total >= 0
    assert isinstance(suggest(text), list)
