"""The profile of a place: all its figures, beside wider places, in a page and in files."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.factories import make_place, observations
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna, measure
from traza.indicators.queries.profile import profile

pytestmark = pytest.mark.django_db
TORREON = "/lugares/05035-torreon/"


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


def test_every_indicator_of_the_place_is_there_by_axis(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(TORREON).content.decode()

    assert "Torreón en 3 indicadores" in page
    assert page.index(">Sociedad<") < page.index(">Población total<") < page.index(">Seguridad<")
    assert "720,848" in page
    assert "personas · 2020" in page


def test_shares_stand_beside_the_area_the_state_and_the_country(laguna: SmallLaguna) -> None:
    found = profile(laguna.places["05035"])
    assert found is not None
    assert [place.code for place in found.wider] == ["zml", "05", "MEX"]
    rows = {r.figure.indicator.slug: r for group in found.groups for r in group.rows}

    assert [other and other.value for other in rows["internet"].others] == [55.0, 54.0, 52.1]


def test_amounts_are_not_set_beside_those_of_a_larger_place(laguna: SmallLaguna) -> None:
    found = profile(laguna.places["05035"])
    assert found is not None
    rows = {r.figure.indicator.slug: r for group in found.groups for r in group.rows}

    assert rows["poblacion"].others == [None, None, None]


def test_another_period_is_not_set_beside(laguna: SmallLaguna) -> None:
    found = profile(laguna.places["05017"])
    assert found is not None
    rows = {r.figure.indicator.slug: r for group in found.groups for r in group.rows}

    assert rows["internet"].figure.period.code == "2015"
    assert rows["internet"].others == [None, None, None]


def test_the_best_of_the_area_is_said_in_words(laguna: SmallLaguna, client: Client) -> None:
    spanish = client.get(TORREON).content.decode()
    english = client.get(f"/en{TORREON}").content.decode()

    assert "Mejor que sus semejantes" in spanish
    assert "62.3\xa0%, el mejor valor de 3 municipios de La Laguna (2020)" in spanish
    assert "62.3%, the best value of 3 municipalities in La Laguna (2020)" in english


def test_without_a_reviewed_direction_it_is_only_highest(
    laguna: SmallLaguna, client: Client
) -> None:
    indicator = laguna.series["internet"].indicator
    indicator.direction_reviewed = False
    indicator.save()

    page = client.get(TORREON).content.decode()
    assert "el valor más alto de 3 municipios de La Laguna (2020)" in page
    assert "el mejor valor" not in page


def test_a_tie_is_no_distinction(laguna: SmallLaguna, client: Client) -> None:
    observations(laguna.series["internet"], {"10007": {"2020": 62.3}}, initial=False)

    assert "En qué se distingue" not in client.get(TORREON).content.decode()


def test_counts_never_make_a_place_better_or_worse(laguna: SmallLaguna) -> None:
    indicator = laguna.series["homicidios"].indicator
    indicator.direction_reviewed = True
    indicator.save()

    found = profile(laguna.places["05035"])
    assert found is not None
    assert {one.figure.indicator.slug for one in found.distinctions} == {"internet"}


def test_a_place_among_many_stands_out_by_its_rank(laguna: SmallLaguna, client: Client) -> None:
    table = {}
    for number in range(40):
        place = make_place(f"20{number:03d}", f"Pueblo {number}", parent=laguna.places["10"])
        table[place.code] = {"2020": float(number)}
    observations(laguna.series["internet"], table)

    low = client.get("/lugares/20001-pueblo-1/").content.decode()
    assert "1.0\xa0%, lugar 42 de 43 municipios (2020)" in low
    assert "Peor que sus semejantes" in low
    middle = client.get("/lugares/20020-pueblo-20/").content.decode()
    assert "En qué se distingue" not in middle
    assert "Pueblo 20 en 1 indicador" in middle


def test_the_small_line_begins_again_where_the_method_changed(laguna: SmallLaguna) -> None:
    run = {"2012": 900.0, "2013": 910.0, "2014": (10.0, "B"), "2015": 11.0, "2016": 12.0}
    measure("medida", "Medida", None, {"05035": run})

    found = profile(laguna.places["05035"])
    assert found is not None
    figure = next(f for f in found.every if f.indicator.slug == "medida")
    assert list(figure.recent) == [10.0, 11.0, 12.0]
    assert figure.n_periods == 5


def test_a_place_without_figures_has_no_profile(laguna: SmallLaguna, client: Client) -> None:
    make_place("20900", "Sin Datos", parent=laguna.places["10"])

    page = client.get("/lugares/20900-sin-datos/").content.decode()
    assert "Todavía no hay indicadores publicados de este lugar" in page
    assert client.get("/lugares/20900-sin-datos/perfil.csv").status_code == 404


def test_an_area_stands_beside_the_states_of_its_municipalities(laguna: SmallLaguna) -> None:
    found = profile(laguna.places["zml"])

    assert found is not None
    assert [place.code for place in found.wider] == ["05", "10", "MEX"]


def test_the_profile_is_taken_away_as_csv(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"{TORREON}perfil.csv")
    rows = {
        row["Dirección"]: row
        for row in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    }

    assert rows["internet"]["Valor"] == "62.3"
    assert rows["internet"]["México"] == "52.1"
    assert rows["homicidios"]["Valor anterior"] == "150"
    assert 'filename="perfil-05035-torreon.csv"' in response["Content-Disposition"]


def test_the_profile_is_taken_away_as_a_workbook(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"/en{TORREON}perfil.xlsx")
    book = load_workbook(io.BytesIO(response.content))

    assert [cell.value for cell in book.worksheets[0]["B"]][1:] == [
        "Homicidios", "Total population", "Viviendas con internet",
    ]  # fmt: skip


def test_the_code_alone_leads_to_the_file(laguna: SmallLaguna, client: Client) -> None:
    response = client.get("/lugares/05035/perfil.csv")

    assert response.status_code == 301
    assert response["Location"] == f"{TORREON}perfil.csv"


def test_more_indicators_cost_no_more_queries(laguna: SmallLaguna) -> None:
    place = laguna.places["05035"]
    with CaptureQueriesContext(connection) as few:
        profile(place)
    for number in range(12):
        measure(f"mas-{number}", f"Más {number}", None, {"05035": {"2020": number}})
    with CaptureQueriesContext(connection) as many:
        profile(place)

    assert len(many) == len(few)
