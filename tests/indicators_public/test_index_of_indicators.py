"""The index lists every public indicator with its latest figure, and narrows by GET."""

import pytest
from django.test import Client

from tests.factories import make_indicator, make_series, observations
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna
from traza.indicators.overview import public_paths

pytestmark = pytest.mark.django_db


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


def test_each_has_its_figure_its_period_and_its_age(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/").content.decode()

    assert "4 indicadores" in page
    assert "720,848" in page
    assert "2020 · hace" in page


def test_where_the_own_place_has_none_the_place_is_named(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get("/indicadores/").content.decode()
    row = page[page.index(">Producto del país<") :]

    assert "México" in row[: row.index("</tr>")]


def test_words_are_looked_for_without_accents(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/?q=POBLACION").content.decode()

    assert ">Población total<" in page
    assert ">Homicidios<" not in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_topic_narrows(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/?tema=seguridad").content.decode()

    assert ">Homicidios<" in page
    assert ">Población total<" not in page


def test_a_level_narrows_to_what_has_figures_there(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/?nivel=state").content.decode()

    assert ">Homicidios<" in page
    assert ">Población total<" not in page


def test_nothing_found_says_what_to_do(laguna: SmallLaguna, client: Client) -> None:
    assert "Probar con menos palabras" in client.get("/indicadores/?q=zzz").content.decode()


def test_what_has_no_figures_yet_is_not_listed(laguna: SmallLaguna, client: Client) -> None:
    make_indicator("vacio", "Vacío")
    secret = make_series(make_indicator("secreto", "Secreto"))
    observations(secret, {"05035": {"2020": (None, "Q")}})

    page = client.get("/indicadores/").content.decode()
    assert "Vacío" not in page
    assert "Secreto" not in page


def test_an_empty_site_says_what_will_be_here(db: None, client: Client) -> None:
    for address in ("/indicadores/", "/en/indicadores/"):
        assert client.get(address).status_code == 200
    assert "Aquí estarán" in client.get("/indicadores/").content.decode()


def test_every_address_rendered_ahead_answers(laguna: SmallLaguna, client: Client) -> None:
    for public in public_paths():
        assert client.get(public.path).status_code in (200, 404), public.path
    codes = {public.path: client.get(public.path).status_code for public in public_paths()}
    assert {path for path, code in codes.items() if code != 200} == set()


def test_files_are_promised_only_where_there_are_figures(db: None, client: Client) -> None:
    from tests.factories import make_institute, make_laguna

    make_laguna()
    make_institute()

    paths = [public.path for public in public_paths()]
    assert not [path for path in paths if "perfil" in path]
    assert all(client.get(path).status_code == 200 for path in paths)
