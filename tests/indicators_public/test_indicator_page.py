"""A reader opens an indicator: the finding, the figure, its age, the chart, where it comes from."""

import json
import re

import pytest
from django.test import Client

from tests.factories import make_indicator, make_institute, make_place, make_series, observations
from tests.indicators_public.small_indicator import drawing, homicides, words

pytestmark = pytest.mark.django_db
PAGE = "/indicadores/homicidios/"


def test_the_page_says_the_figure_with_its_unit_period_change_and_rank(client: Client) -> None:
    homicides()
    page = words(client, PAGE)
    assert "Torreón registró 129 homicidios en 2019, 13 menos que en 2018 (−9.2 %)." in page
    assert "Es el valor más alto de 4 municipios con dato de 2019." in page
    assert "el más alto de 4 municipios" in page
    assert "En La Laguna 54 % de 240" in page
    assert "Menos es mejor" in page


def test_the_english_page_says_the_same(client: Client) -> None:
    homicides()
    page = words(client, "/en/indicadores/homicidios/")
    assert "Torreón recorded 129 homicides in 2019, 13 fewer than in 2018 (−9.2%)." in page
    assert "It is the highest of 4 municipalities with data for 2019." in page


def test_an_old_figure_says_how_old_it_is(client: Client) -> None:
    homicides()
    page = words(client, PAGE)
    assert re.search(r"Dato de 2019, hace \d+ años", page)
    assert "La siguiente actualización no tiene fecha." in page


def test_the_chart_draws_the_metro_and_its_municipalities(client: Client) -> None:
    homicides()
    svg = drawing(client, PAGE)
    for name in ("Torreón", "Gómez Palacio", "Lerdo", "Matamoros", "La Laguna"):
        assert f'data-label="{name}"' in svg


def test_good_and_bad_are_said_only_where_a_person_reviewed_the_direction(client: Client) -> None:
    homicides(direction_reviewed=False)
    page = client.get(PAGE).content.decode()
    assert 'class="headline-change"' in page
    assert "headline-change good" not in page


def test_source_licence_and_citation_are_on_the_page(client: Client) -> None:
    homicides()
    page = words(client, PAGE)
    assert "Secretariado" in page and "Uso libre" in page
    assert "Homicidios, versión 1.0 [datos: Secretariado]" in page


def test_machines_find_a_dataset_a_card_and_a_feed(client: Client) -> None:
    homicides()
    page = client.get(PAGE).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "Dataset"
    assert data["temporalCoverage"] == "2017-01-01/2019-12-31"
    assert {d["encodingFormat"] for d in data["distribution"]} >= {"text/csv", "application/json"}
    assert "/indicadores/homicidios/tarjeta.png" in page
    assert 'type="application/atom+xml" title="Homicidios · Atom"' in page


def test_nothing_on_the_page_needs_inline_script_or_style(client: Client) -> None:
    homicides()
    for path in (PAGE, f"{PAGE}comparar/", f"{PAGE}mapa/", f"{PAGE}tabla/"):
        page = client.get(path).content.decode()
        assert " style=" not in page and "<style" not in page and " onclick" not in page
        assert not re.search(r"<script(?![^>]*(src=|ld\+json))", page)


def test_it_works_for_one_municipality_without_metropolitan_area(client: Client) -> None:
    make_place("41001", "Río Hondo", population=1200)
    make_institute(home_place_code="41001", metro_code="", comparator_codes="", country_code="")
    observations(make_series("arboles"), {"41001": {"2019": 10, "2020": 12}})
    page = words(client, "/indicadores/arboles/")
    assert "La cifra de Río Hondo fue de 12 personas en 2020" in page
    assert "municipios" not in page.partition("Lugares")[0]


def test_it_works_where_no_municipality_was_chosen(client: Client) -> None:
    make_place("41001", "Río Hondo", population=1200)
    make_institute(home_place_code="", metro_code="", comparator_codes="", country_code="")
    observations(make_series("arboles"), {"41001": {"2019": 10, "2020": 12}})
    assert "Río Hondo" in words(client, "/indicadores/arboles/")


def test_an_indicator_without_values_says_what_will_be_here(client: Client) -> None:
    make_institute()
    make_series("arboles")
    make_indicator("nada", "Nada")
    for slug in ("arboles", "nada"):
        assert "Todavía no hay datos publicados" in words(client, f"/indicadores/{slug}/")
