"""Home shows one figure an axis; a topic shows its indicators."""

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_institute, make_laguna, make_place
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna, measure
from traza.indicators.queries.headlines import headlines
from traza.indicators.sections import home_section, topic_section

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


def test_each_axis_has_one_figure_with_unit_period_and_comparison(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get("/").content.decode()

    assert "Torreón en cifras" in page
    assert "personas · 2020" in page
    assert "81,219 más (+12.7\xa0%) que en 2010 · el más alto de 4 municipios" in page
    assert page.count('class="card"') == 2


def test_an_old_figure_gives_way_to_a_younger_one(laguna: SmallLaguna) -> None:
    old = {code: {"2009": 1} for code in ("05035", "10007")}
    measure("viejo", "Viejo", laguna.topics["sociedad"], old, order=0)

    chosen = headlines(laguna.places["05035"], TODAY)
    assert [one.figure.indicator.slug for one in chosen] == ["poblacion", "homicidios"]


def test_staff_order_decides_among_the_young(laguna: SmallLaguna) -> None:
    indicator = laguna.series["internet"].indicator
    indicator.order = 0
    indicator.save()

    chosen = headlines(laguna.places["05035"], TODAY)
    assert chosen[0].figure.indicator.slug == "internet"


def test_home_in_english(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/en/").content.decode()

    assert "81,219 more (+12.7%) than in 2010 · highest of 4 municipalities" in page


def test_a_topic_lists_its_indicators_with_the_own_figure(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get("/temas/seguridad/").content.decode()

    assert "1 indicador, con la cifra de Torreón" in page
    assert "129" in page
    assert '<a href="/matriz/seguridad/">' in page


def test_a_place_that_has_the_figure_is_named_when_it_is_not_the_own_one(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get("/temas/sociedad/").content.decode()

    assert "México · personas · 2019" in page


def test_nothing_to_show_is_no_section(db: None) -> None:
    make_institute(home_place_code="", metro_code="", comparator_codes="")
    assert home_section("es") is None
    make_laguna()
    make_institute()
    assert home_section("es") is None


def test_a_topic_without_indicators_has_no_section(laguna: SmallLaguna) -> None:
    from tests.factories import make_topic

    assert topic_section(make_topic("vacio", "Vacío"), "es") is None


def test_one_municipality_without_area_has_its_figures(db: None, client: Client) -> None:
    from tests.factories import make_topic

    make_institute(home_place_code="14039", metro_code="", comparator_codes="", country_code="")
    make_place("14039", "Guadalajara")
    measure("agua", "Agua", make_topic("ambiente", "Ambiente"), {"14039": {"2020": 3}})

    page = client.get("/").content.decode()
    assert "Guadalajara en cifras" in page
    assert "Laguna" not in page
    assert "Torreón" not in page
