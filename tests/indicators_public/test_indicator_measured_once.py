"""An indicator with one period gets a page made for that: comparison first, no line."""

import pytest
from django.test import Client

from tests.factories import make_institute, make_laguna, make_series, observations
from tests.indicators_public.small_indicator import drawing, percent_unit, words
from traza.indicators.models import Series

pytestmark = pytest.mark.django_db
PAGE = "/indicadores/verde/"


def measured_once() -> Series:
    make_laguna()
    make_institute()
    series = make_series("verde", unit=percent_unit())
    observations(series, {"05035": {"2017": 3.4}, "10007": {"2017": 2.8}, "10012": {"2017": 4.1}})
    return series


def test_it_opens_on_the_comparison_and_has_no_line(client: Client) -> None:
    measured_once()
    page = client.get(PAGE).content.decode()
    assert '<a href="/indicadores/verde/" aria-current="page">Comparar</a>' in page
    assert ">Serie</a>" not in page
    assert 'data-chart="bar"' in drawing(client, PAGE)


def test_it_says_that_nothing_can_be_said_over_time(client: Client) -> None:
    measured_once()
    assert "Se midió una sola vez" in words(client, PAGE)
    assert "headline-change" not in client.get(PAGE).content.decode()


def test_it_says_how_often_a_census_is_taken_and_not_that_it_is_yearly(client: Client) -> None:
    series = measured_once()
    type(series.indicator).objects.filter(pk=series.indicator_id).update(frequency="quinquenal")
    # What was measured once has no frequency yet.
    assert "Frecuencia" not in words(client, PAGE)
    observations(series, {"05035": {"2022": 4.4}}, initial=False)
    assert "cada cinco años" in words(client, PAGE)
    assert "every five years" in words(client, f"/en{PAGE}")


def test_its_comparison_has_one_address(client: Client) -> None:
    measured_once()
    assert client.get(f"{PAGE}comparar/")["Location"] == PAGE


def test_a_second_measurement_gives_it_the_line(client: Client) -> None:
    series = measured_once()
    observations(series, {"05035": {"2020": 4.4}}, initial=False)
    page = client.get(PAGE).content.decode()
    assert ">Serie</a>" in page and "Se midió una sola vez" not in page


def test_a_very_long_figure_has_smaller_type(client: Client) -> None:
    make_laguna()
    make_institute()
    observations(make_series("largo"), {"05035": {"2014": 2_160_687_393}})
    assert "headline-longest" in client.get("/indicadores/largo/").content.decode()


def test_a_single_figure_is_not_drawn_as_a_lonely_bar(client: Client) -> None:
    make_laguna()
    make_institute()
    observations(make_series("solo"), {"zml": {"2014": 5}})
    assert "no hay con quién comparar" in words(client, "/indicadores/solo/")
