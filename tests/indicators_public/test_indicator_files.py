"""What is downloaded still tells the truth: unit, source, status, licence and release go along."""

import csv
import io
import json

import openpyxl
import pytest
from django.test import Client

from tests.factories import observations
from tests.indicators_public.small_indicator import homicides, rates_of_states
from traza.indicators.models import AlternateValue, Observation
from traza.places.models import Place
from traza.stats.periods import parse_period

pytestmark = pytest.mark.django_db
ROOT = "/indicadores/homicidios"


def rows(client: Client) -> list[dict[str, str]]:
    content = client.get(f"{ROOT}.csv").content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_has_a_row_for_each_value_with_the_columns_of_sdmx(client: Client) -> None:
    homicides()
    found = rows(client)
    assert len(found) == 15
    one = next(r for r in found if r["REF_AREA"] == "05035" and r["TIME_PERIOD"] == "2019")
    assert one["OBS_VALUE"] == "129"
    assert one["UNIT_MEASURE"] == "homicidios" and one["OBS_STATUS"] == "A"
    assert one["SOURCE"] == "Secretariado" and one["LICENSE"] == "Uso libre"
    assert one["RELEASE"] == "Carga" and one["REF_AREA_NAME"] == "Torreón"


def test_series_are_told_apart_in_every_row(client: Client) -> None:
    rates_of_states(homicides().indicator)
    units = {r["SERIES"]: r["UNIT_MEASURE"] for r in rows(client)}
    assert units == {
        "homicidios.principal": "homicidios",
        "homicidios.defunciones.tasa": "tasa",
    }


def test_every_row_says_since_when_it_is_current(client: Client) -> None:
    homicides()
    since = Observation.objects.values_list("valid_from", flat=True).first()
    assert since is not None
    assert {r["VALID_FROM"] for r in rows(client)} == {since.isoformat(timespec="seconds")}
    assert since.tzinfo is not None, "a moment without its zone would be another one"


def test_what_is_missing_is_blank_with_its_status(client: Client) -> None:
    series = homicides()
    observations(series, {"05035": {"2020": (None, "L", "=HIPERVINCULO()")}}, initial=False)
    one = next(r for r in rows(client) if r["TIME_PERIOD"] == "2020")
    assert one["OBS_VALUE"] == "" and one["OBS_STATUS"] == "L"
    assert one["COMMENT_OBS"] == "'=HIPERVINCULO()", "no spreadsheet may run it"


def test_a_confidential_value_is_in_no_file(client: Client) -> None:
    series = homicides()
    Observation.objects.filter(series=series, place__code="05035", period__code="2018").update(
        conf="C"
    )
    one = next(r for r in rows(client) if r["OBS_STATUS"] == "Q")
    assert one["OBS_VALUE"] == "" and one["TIME_PERIOD"] == "2018"
    assert "142" not in client.get(f"{ROOT}.json").content.decode()
    assert b"142" not in client.get(f"{ROOT}.svg").content


def test_a_source_that_does_not_allow_it_is_not_given_away(client: Client) -> None:
    series = homicides()
    series.source.redistributable = False
    series.source.save()
    assert rows(client) == []
    assert json.loads(client.get(f"{ROOT}.json").content)["series"][0]["observations"] == []


def test_the_workbook_has_data_what_to_know_and_notes(client: Client) -> None:
    series = homicides()
    AlternateValue.objects.create(
        series=series,
        period_id=parse_period("2019").key,
        place=Place.objects.get(code="05035"),
        value=131,
        reason="Aparece en el anexo",
    )
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROOT}.xlsx").content))
    assert book.sheetnames == ["Datos", "Sobre estos datos", "Notas"]
    data = list(book["Datos"].values)
    assert data[0][:3] == ("INDICATOR", "SERIES", "REF_AREA") and len(data) == 16
    assert 129 in data[-1] or any(129 in row for row in data)
    about = {row[0]: row[1] for row in book["Sobre estos datos"].values if row[0]}
    assert about["Fuente"] == "Secretariado" and about["Licencia"] == "Uso libre"
    assert about["Versión"].startswith("1.0 ")
    assert any("Aparece en el anexo" in row for row in book["Notas"].values)


def test_a_program_that_reads_row_by_row_sees_every_row(client: Client) -> None:
    homicides()
    file = io.BytesIO(client.get(f"{ROOT}.xlsx").content)
    data = openpyxl.load_workbook(file, read_only=True)["Datos"]
    assert len(list(data.iter_rows())) == 16


def test_the_workbook_is_the_same_file_when_the_data_are(client: Client) -> None:
    homicides()
    assert client.get(f"{ROOT}.xlsx").content == client.get(f"{ROOT}.xlsx").content


def test_the_json_groups_values_by_series(client: Client) -> None:
    rates_of_states(homicides().indicator)
    data = json.loads(client.get(f"{ROOT}.json").content)
    assert data["version"] == "1.1"
    assert [len(one["observations"]) for one in data["series"]] == [15, 4]
    assert data["series"][1]["url"].endswith("/indicadores/homicidios/series/defunciones.tasa/")


def test_images_carry_title_source_period_and_licence(client: Client) -> None:
    homicides()
    for path in (f"{ROOT}.svg", f"{ROOT}/comparar.svg", f"{ROOT}/mapa.svg"):
        svg = client.get(path).content.decode()
        assert "Homicidios" in svg and "Fuente: Secretariado" in svg and "2019" in svg
        assert "var(--" not in svg and "Uso libre" in svg


def test_the_image_shows_the_places_chosen(client: Client) -> None:
    homicides()
    svg = client.get(f"{ROOT}.svg?lugares=05035,10012").content.decode()
    assert "Lerdo" in svg and "Matamoros" not in svg


def test_png_and_card_are_images(client: Client) -> None:
    homicides()
    for path in (f"{ROOT}.png", f"{ROOT}/tarjeta.png", f"/en{ROOT}/tarjeta.png"):
        found = client.get(path)
        assert found["Content-Type"] == "image/png"
        assert found.content.startswith(b"\x89PNG")


def test_english_files_use_english_words(client: Client) -> None:
    homicides()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/en{ROOT}.xlsx").content))
    assert book.sheetnames == ["Data", "About", "Notes"]
