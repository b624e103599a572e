"""The ranking puts all places of a level in order, at one period that it states."""

import csv
import io

import pytest
from django.test import Client

from tests.factories import make_institute, make_place, make_series, make_unit, observations
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna, measure
from traza.indicators.models import LatestValue

pytestmark = pytest.mark.django_db
ADDRESS = "/indicadores/homicidios/clasificacion/"


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


@pytest.fixture
def country(laguna: SmallLaguna) -> SmallLaguna:
    """Two hundred and thirty more municipalities with homes with internet."""
    table = {}
    for number in range(1, 231):
        place = make_place(f"20{number:03d}", f"San Pedro {number}", parent=laguna.places["10"])
        table[place.code] = {"2020": 100 - number / 10}
    observations(laguna.series["internet"], table)
    return laguna


def test_it_says_place_count_period_and_order(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(ADDRESS).content.decode()

    # Less is better, so the lowest is first.
    assert "Torreón ocupa el 4.º lugar de 4 municipios en 2019, de menor a mayor" in page
    assert page.index(">Lerdo<") < page.index(">Torreón<")


def test_a_value_of_the_state_ranks_no_municipality(laguna: SmallLaguna, client: Client) -> None:
    of_state = {
        "05035": 3_146_771.0,
        "05017": 3_146_771.0,
        "10007": 1_832_650.0,
        "10012": 1_832_650.0,
    }
    series = make_series("poblacion-estatal", unit=make_unit("personas"))
    observations(series, {code: {"2020": value} for code, value in of_state.items()})
    ranks = LatestValue.objects.filter(series=series).values_list("rank_position", "rank_of")
    assert set(ranks) == {(None, None)}

    page = client.get("/indicadores/poblacion-estatal/clasificacion/").content.decode()
    assert "parece el del estado, así que el orden nada dice de cada municipio" in page
    assert "ocupa el" not in page
    english = client.get("/en/indicadores/poblacion-estatal/clasificacion/").content.decode()
    assert "it seems to be the state&#x27;s" in english


def test_the_own_place_is_marked(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(ADDRESS).content.decode()

    row = page[page.index('<tr class="me">') :]
    assert "Torreón" in row[: row.index("</tr>")]


def test_states_are_ranked_by_their_own_series(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{ADDRESS}?nivel=state").content.decode()

    assert "de 2 estados" in page
    assert "8.0" in page
    assert "129" not in page


def test_only_places_of_that_period_are_counted(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/internet/clasificacion/").content.decode()

    assert "de 3 municipios en 2020" in page
    assert ">Matamoros<" not in page


def test_another_period_can_be_asked_for(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{ADDRESS}?periodo=2018").content.decode()

    assert "de 2 municipios en 2018" in page


def test_a_period_that_does_not_exist_gives_the_usual_one(
    laguna: SmallLaguna, client: Client
) -> None:
    assert "en 2019" in client.get(f"{ADDRESS}?periodo=1500").content.decode()


def test_ties_share_the_better_place(laguna: SmallLaguna, client: Client) -> None:
    measure(
        "empate", "Empate", None, {"05035": {"2020": 5}, "10007": {"2020": 5}, "10012": {"2020": 1}}
    )
    page = client.get("/indicadores/empate/clasificacion/").content.decode()

    assert "Torreón ocupa el 1.º lugar de 3 municipios en 2020 (empate)" in page


def test_many_places_come_a_hundred_a_page(country: SmallLaguna, client: Client) -> None:
    first = client.get("/indicadores/internet/clasificacion/").content.decode()
    last = client.get("/indicadores/internet/clasificacion/?pagina=3").content.decode()

    assert "de 233 municipios" in first
    assert "Página 1 de 3" in first
    assert "San Pedro 230" in last
    # The own places are in sight on every page.
    assert ">Torreón<" in first
    assert ">Torreón<" in last


def test_a_place_is_found_by_its_name_without_accents(country: SmallLaguna, client: Client) -> None:
    page = client.get("/indicadores/internet/clasificacion/?q=gomez").content.decode()

    assert "1 lugar coincide" in page
    assert "Gómez Palacio" in page


def test_the_csv_has_all_of_them_in_order(country: SmallLaguna, client: Client) -> None:
    response = client.get("/indicadores/internet/clasificacion.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert len(rows) == 233
    assert [row["Posición"] for row in rows[:2]] == ["1", "2"]
    assert {row["Periodo"] for row in rows} == {"2020"}


def test_what_may_not_be_passed_on_has_no_csv(laguna: SmallLaguna, client: Client) -> None:
    source = laguna.series["homicidios"].source
    source.redistributable = False
    source.save()

    assert client.get("/indicadores/homicidios/clasificacion.csv").status_code == 404
    assert "clasificacion.csv" not in client.get(ADDRESS).content.decode()


def test_one_place_alone_is_no_ranking(db: None, client: Client) -> None:
    make_institute(home_place_code="14039", metro_code="", comparator_codes="")
    make_place("14039", "Guadalajara")
    measure("agua", "Agua", None, {"14039": {"2020": 3}})

    response = client.get("/indicadores/agua/clasificacion/")
    assert response.status_code == 200
    assert "no hay qué ordenar" in response.content.decode()


def test_it_is_complete_in_english(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"/en{ADDRESS}").content.decode()

    assert "Torreón is 4th of 4 municipalities in 2019, lowest first: 129" in page


def test_an_archived_indicator_has_none(laguna: SmallLaguna, client: Client) -> None:
    indicator = laguna.series["homicidios"].indicator
    indicator.is_archived = True
    indicator.save()

    assert client.get(ADDRESS).status_code == 404
