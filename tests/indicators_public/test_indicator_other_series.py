"""Another source or unit of an indicator has its own page and is never drawn with the first."""

import pytest
from django.test import Client

from tests.factories import (
    make_indicator,
    make_institute,
    make_laguna,
    make_place,
    make_series,
    observations,
)
from tests.indicators_public.small_indicator import drawing, homicides, rates_of_states, read, words

pytestmark = pytest.mark.django_db
SERIES = "/indicadores/homicidios/series/defunciones.tasa/"


def test_the_page_lists_the_other_series_and_why_they_are_apart(client: Client) -> None:
    rates_of_states(homicides().indicator)
    page = words(client, "/indicadores/homicidios/")
    assert "Tasa de estados y país otra unidad y otra fuente" in page
    assert "No se dibujan juntas" in page


def test_the_other_series_has_its_own_address_with_its_own_tabs(client: Client) -> None:
    rates_of_states(homicides().indicator)
    page = read(client, SERIES)
    assert "Serie: Tasa de estados y país" in page
    assert f'href="{SERIES}tabla/"' in page
    assert 'href="/indicadores/homicidios/"' in page
    svg = drawing(client, SERIES)
    assert "Coahuila" in svg and "México" in svg and "Torreón" not in svg


def test_without_its_own_places_a_series_begins_with_the_state_of_the_municipality(
    client: Client,
) -> None:
    rates_of_states(homicides().indicator)
    assert "La cifra de Coahuila fue de 9.89" in words(client, SERIES)


def test_a_series_that_does_not_exist_is_not_found(client: Client) -> None:
    homicides()
    assert client.get("/indicadores/homicidios/series/nada/").status_code == 404
    # The principal one has one address only.
    assert client.get("/indicadores/homicidios/series/principal/").status_code == 404


def test_a_series_of_many_municipalities_shows_the_own_ones_with_their_rank(
    client: Client,
) -> None:
    make_laguna()
    make_institute()

    others = {f"990{n:02}": {"2010": 10.0 + n, "2020": 20.0 + n} for n in range(20)}
    for code in others:
        make_place(code)
    series = make_series(make_indicator("poblacion", "Población"))
    observations(series, {**others, "05035": {"2010": 100, "2020": 200}, "10007": {"2020": 30.5}})
    page = words(client, "/indicadores/poblacion/")
    assert "Torreón tenía 200 personas en 2020" in page
    assert "el más alto de 22 municipios" in page
    assert "99001" not in drawing(client, "/indicadores/poblacion/")
    assert "Lugar 99001" in drawing(client, "/indicadores/poblacion/?lugares=05035,99001")
