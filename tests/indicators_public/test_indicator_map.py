"""The map of an indicator: its areas, its period chosen by a form, its legend with limits."""

import pytest
from django.test import Client

from tests.factories import make_institute, make_place, make_series, make_square, observations
from tests.indicators_public.small_indicator import drawing, homicides, words

pytestmark = pytest.mark.django_db
PAGE = "/indicadores/homicidios/mapa/"


def test_the_municipalities_of_the_area_are_drawn(client: Client) -> None:
    homicides()
    svg = drawing(client, PAGE)
    assert 'data-chart="map"' in svg
    assert 'data-label="Gómez Palacio"' in svg
    assert "Homicidios, municipios de La Laguna" in words(client, PAGE)


def test_another_year_is_chosen_without_a_script(client: Client) -> None:
    homicides()
    page = client.get(f"{PAGE}?periodo=2017").content.decode()
    assert '<option value="2017" selected>' in page
    assert 'data-v="160"' in drawing(client, f"{PAGE}?periodo=2017")


def test_what_has_no_outline_has_no_map(client: Client) -> None:
    make_place("41001", "Río Hondo")
    make_institute(home_place_code="41001", metro_code="", comparator_codes="")
    observations(make_series("arboles"), {"41001": {"2019": 10, "2020": 12}})
    assert client.get("/indicadores/arboles/mapa/").status_code == 404
    assert "/mapa/" not in client.get("/indicadores/arboles/").content.decode()


def test_a_series_of_states_draws_the_states(client: Client) -> None:
    make_institute()
    codes = ["01", "02", "03", "04"]
    for column, code in enumerate(codes):
        make_square(make_place(code, f"Estado {code}", level="state"), column, 20)
    observations(make_series("tasa"), {c: {"2019": i, "2020": i} for i, c in enumerate(codes)})
    assert 'data-label="Estado 02"' in drawing(client, "/indicadores/tasa/mapa/")
