"""A matrix shades values of one series, unit and period, and says what it leaves out."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories import make_institute, make_place, observations
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna, measure
from traza.indicators.queries.matrix import matrix
from traza.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


def towns(laguna: SmallLaguna) -> list[Place]:
    return [laguna.places[code] for code in ("05035", "10007", "10012", "05017", "zml")]


def row_of(laguna: SmallLaguna, slug: str, **options: Any) -> Any:
    return next(r for r in matrix(towns(laguna), **options).rows if r.indicator.slug == slug)


def test_the_highest_is_darkest_and_the_area_is_not_compared_with_its_parts(
    laguna: SmallLaguna,
) -> None:
    row = row_of(laguna, "poblacion")

    assert [cell.shade for cell in row.cells] == [5, 4, 2, 1, 0]


def test_rates_of_any_place_are_compared(laguna: SmallLaguna) -> None:
    row = row_of(laguna, "internet")

    assert row.period.code == "2020"
    assert [bool(cell.shade) for cell in row.cells] == [True, True, True, False, True]


def test_a_value_of_another_period_says_so_and_takes_no_shade(
    laguna: SmallLaguna, client: Client
) -> None:
    cell = row_of(laguna, "internet").cells[3]
    assert cell.other_period
    assert not cell.shade

    page = client.get("/matriz/sociedad/").content.decode()
    assert re.search(r'30\.0\xa0%\s*<span class="small">2015</span>', page)


def test_two_values_make_no_shade(laguna: SmallLaguna) -> None:
    measure("raro", "Raro", laguna.topics["sociedad"], {"05035": {"2020": 1}, "10007": {"2020": 2}})

    assert not row_of(laguna, "raro").is_shaded


def test_equal_values_make_no_shade(laguna: SmallLaguna) -> None:
    same = {code: {"2020": 7} for code in ("05035", "10007", "10012", "05017")}
    measure("igual", "Igual", laguna.topics["sociedad"], same)

    assert not row_of(laguna, "igual").is_shaded


def test_better_is_said_only_where_a_person_declared_it(laguna: SmallLaguna) -> None:
    assert [cell.best for cell in row_of(laguna, "internet").cells][:2] == [True, False]
    # Its direction is proposed, but nobody has reviewed it.
    assert not any(cell.best for cell in row_of(laguna, "homicidios").cells)


def test_another_series_stands_unshaded_with_its_unit(laguna: SmallLaguna, client: Client) -> None:
    page = client.get("/matriz/seguridad/estados/").content.decode()
    row = page[page.index(">Homicidios<") :]
    row = row[: row.index("</tr>")]

    assert "otra serie" in row
    assert "2019" in row


def test_confidential_and_archived_things_stay_out(laguna: SmallLaguna) -> None:
    indicator = laguna.series["internet"].indicator
    indicator.is_archived = True
    indicator.save()

    assert "internet" not in [r.indicator.slug for r in matrix(towns(laguna)).rows]


def test_a_topic_keeps_its_own(laguna: SmallLaguna) -> None:
    rows = matrix(towns(laguna), topic=laguna.topics["seguridad"]).rows

    assert [row.indicator.slug for row in rows] == ["homicidios"]


def test_the_page_is_complete_in_both_languages(laguna: SmallLaguna, client: Client) -> None:
    spanish = client.get("/matriz/").content.decode()
    english = client.get("/en/matriz/").content.decode()

    assert "720,848" in spanish
    assert ">Población total<" in spanish
    assert ">Total population<" in english
    assert '<a href="/en/indicadores/internet/" lang="es">Viviendas con internet</a>' in english
    assert "style=" not in spanish


def test_an_unknown_topic_is_not_found(laguna: SmallLaguna, client: Client) -> None:
    assert client.get("/matriz/no-hay/").status_code == 404
    assert client.get("/matriz/no-hay.csv").status_code == 404


def test_the_csv_never_puts_two_series_in_one_line(laguna: SmallLaguna, client: Client) -> None:
    response = client.get("/matriz/seguridad/estados.csv")
    assert response.status_code == 200
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    by_series = {row["Serie"]: row for row in rows}
    assert by_series["homicidios.personas.fuente"]["Torreón"] == "129"
    assert by_series["homicidios.personas.fuente"]["México"] == ""
    assert by_series["homicidios.tasa.defunciones"]["México"] == "29"
    assert by_series["homicidios.tasa.defunciones"]["Torreón"] == ""


def test_the_csv_leaves_out_what_may_not_be_passed_on(laguna: SmallLaguna, client: Client) -> None:
    source = laguna.series["internet"].source
    source.redistributable = False
    source.save()

    text = client.get("/matriz.csv").content.decode("utf-8-sig")
    assert "internet" not in text


def test_the_workbook_opens_and_says_its_licence(laguna: SmallLaguna, client: Client) -> None:
    response = client.get("/matriz.xlsx")
    book = load_workbook(io.BytesIO(response.content))

    table, notes = book.worksheets
    assert table["B2"].value == "Población total"
    assert any("Uso libre" in str(cell.value) for row in notes.rows for cell in row)
    assert response.content == client.get("/matriz.xlsx").content


def test_one_municipality_alone_has_a_matrix(db: None, client: Client) -> None:
    make_institute(home_place_code="14039", metro_code="", comparator_codes="", country_code="")
    make_place("14039", "Guadalajara")
    measure("agua", "Agua", None, {"14039": {"2020": 3}})

    page = client.get("/matriz/").content.decode()
    assert ">Agua<" in page
    assert client.get("/matriz/estados/").status_code == 200


def test_without_own_places_the_page_says_what_to_do(db: None, client: Client) -> None:
    make_institute(home_place_code="", metro_code="", comparator_codes="")

    response = client.get("/matriz/")
    assert response.status_code == 200
    assert "Falta decir cuáles son" in response.content.decode()
    assert client.get("/matriz.csv").status_code == 200


def test_a_correction_changes_the_matrix(laguna: SmallLaguna) -> None:
    observations(laguna.series["homicidios"], {"10012": {"2019": 500}}, initial=False)

    assert [c.shade for c in row_of(laguna, "homicidios").cells] == [4, 2, 5, 1, 0]
