"""What is missing stays missing in the drawing; what comes only now and then is still one line."""

import pytest
from django.test import Client

from tests.factories import make_institute, make_laguna, make_series, make_unit, observations
from tests.indicators_public.small_indicator import drawing

pytestmark = pytest.mark.django_db


def line_of(client: Client, values: dict[str, float], freq: str = "A") -> str:
    """Return the drawn values of Torreón, missing ones named."""
    make_laguna()
    make_institute()
    observations(make_series("tema", freq=freq), {"05035": dict(values)})
    svg = drawing(client, "/indicadores/tema/")
    return svg.partition('class="c-series c-focus"')[2].partition(' data-v="')[2].partition('"')[0]


def test_a_year_left_out_is_a_gap(client: Client) -> None:
    values = {"2014": 1, "2015": 2, "2016": 3, "2018": 5, "2019": 6}
    assert line_of(client, values) == "1|2|3|sin dato|5|6"


def test_censuses_are_joined(client: Client) -> None:
    assert line_of(client, {"2000": 1, "2005": 2, "2010": 3, "2020": 5}) == "1|2|3|5"


def test_a_hole_of_years_in_weekly_readings_is_a_gap(client: Client) -> None:
    values = {f"2015-01-{day:02}": day for day in (1, 8, 15, 22, 29)} | {"2019-01-02": 9}
    assert line_of(client, values, "D") == "1|8|15|22|29|sin dato|9"


def test_before_and_after_are_of_the_same_month(client: Client) -> None:
    make_laguna()
    make_institute()
    run = {"2018-01": 9, "2018-12": 5, "2019-01": 8, "2019-12": 6}
    observations(make_series("tema", freq="M"), {"05035": run, "10007": run})
    assert "dic 2018–dic 2019" in client.get("/indicadores/tema/comparar/").content.decode()


def test_money_by_the_million_is_short_on_the_axis(client: Client) -> None:
    make_laguna()
    make_institute()
    pesos = make_unit("pesos", name="Pesos", kind="currency", symbol="$", position="prefix")
    observations(
        make_series("gasto", unit=pesos), {"05035": {"2018": 90_000_000, "2019": -20_000_000}}
    )
    svg = drawing(client, "/indicadores/gasto/")
    assert "$100\u00a0M<" in svg and ">$0<" in svg
    # The label at the end is as short: a figure of ten digits would be cut in two on a phone.
    assert "−$20.0\u00a0M" in svg and "20,000,000" not in svg
