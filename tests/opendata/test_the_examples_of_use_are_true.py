"""Every example of the page on using the data is taken from it and run against a running site."""

import html
import io
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import duckdb
import feedparser
import openpyxl
import pytest
from django.test import Client

from tests.factories import make_institute
from tests.site.small_site import build_small_site
from traza.opendata import dumps

pytestmark = pytest.mark.django_db(transaction=True)
#: What the small site publishes of its first example: homicides in Torreón, the last corrected.
LAST_YEARS = {"2018": 142, "2019": 131}


@pytest.fixture
def shown(live_server: Any, settings: Any, home: Path) -> dict[str, str]:
    """Publish the small site and return what its page offers to copy, by name."""
    settings.TRAZA_BASE_URL = live_server.url
    build_small_site(home)
    dumps.build()
    return copied(live_server.url, "/datos/usar/")


def copied(base: str, path: str) -> dict[str, str]:
    page = urlopen(f"{base}{path}").read().decode()
    blocks = re.findall(r'<code id="copiar-([\w-]+)"[^>]*>(.*?)</code>', page, re.S)
    return {key: html.unescape(code) for key, code in blocks}


def run(code: str, folder: Path) -> None:
    subprocess.run(["bash", "-euc", code], cwd=folder, check=True, timeout=60)


def test_spreadsheets_open_both_files(shown: dict[str, str]) -> None:
    text = urlopen(shown["csv"]).read()
    assert text.startswith(b"\xef\xbb\xbfINDICATOR,")
    book = openpyxl.load_workbook(io.BytesIO(urlopen(shown["xlsx"]).read()))
    cells = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert any("05035" in row for row in cells)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_pandas_reads_the_years_of_the_place(
    shown: dict[str, str], live_server: Any, capsys: Any, lang: str
) -> None:
    code = shown["pandas"] if lang == "es" else copied(live_server.url, "/en/datos/usar/")["pandas"]
    names: dict[str, Any] = {}

    exec(code, names)

    place = names["lugar" if lang == "es" else "place"]
    values = dict(zip(place["TIME_PERIOD"].astype(str), place["OBS_VALUE"], strict=True))
    assert values.items() >= LAST_YEARS.items()
    assert set(place["REF_AREA"]) == {"05035"}
    assert "2019" in capsys.readouterr().out


def test_curl_brings_the_files(shown: dict[str, str], tmp_path: Path) -> None:
    run(shown["curl"], tmp_path)

    assert {file.suffix for file in tmp_path.glob("homicidios.*")} == {".csv", ".json"}
    assert "Torreón" in (tmp_path / "homicidios.csv").read_text(encoding="utf-8")


def test_duckdb_reads_the_parquet(shown: dict[str, str], tmp_path: Path, monkeypatch: Any) -> None:
    run(shown["duckdb-descarga"], tmp_path)
    monkeypatch.chdir(tmp_path)

    rows = duckdb.sql(shown["duckdb"]).fetchall()

    assert {period: value for period, value, _unit in rows}.items() >= LAST_YEARS.items()
    assert [period for period, _value, _unit in rows] == sorted(period for period, *_ in rows)


def test_r_reads_columns_that_exist(shown: dict[str, str]) -> None:
    """There is no R where this runs: the address answers and has every column that is named."""
    address = re.search(r'read\.csv\("([^"]+)"', shown["r"])
    assert address is not None
    header = urlopen(address[1]).readline().decode("utf-8-sig").strip().split(",")
    named = re.findall(r'"([A-Z_]+)"', shown["r"]) + re.findall(r"\b(REF_AREA)\b", shown["r"])
    assert len(named) >= 5
    assert set(named) <= set(header)


def test_the_feeds_tell_what_is_new(shown: dict[str, str]) -> None:
    for key in ("canal-indicador", "canal-sitio"):
        parsed = feedparser.parse(urlopen(shown[key]).read())
        assert not parsed.bozo
        assert parsed.entries


@pytest.mark.journey
@pytest.mark.parametrize("path", ["/datos/usar/", "/en/datos/usar/"])
def test_a_chart_is_seen_in_a_page_of_somebody_else(
    shown: dict[str, str], live_server: Any, page: Any, path: str
) -> None:
    page.set_content(copied(live_server.url, path)["grafica"])

    page.wait_for_function("document.images[0].complete")

    assert page.evaluate("document.images[0].naturalWidth") > 0
    with page.expect_navigation():
        page.locator("a").click()
    assert "Homicid" in page.title()


@pytest.mark.journey
def test_each_is_copied_with_one_press(shown: dict[str, str], live_server: Any, page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/datos/usar/")

    page.locator('[data-copy="#copiar-pandas"]').click()

    page.get_by_text("Copiado").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == shown["pandas"]


def test_it_is_found_from_data_footer_and_downloads(shown: dict[str, str], client: Client) -> None:
    for address in ("/datos/", "/terminos/", "/indicadores/homicidios/"):
        assert b'href="/datos/usar/"' in client.get(address).content
    assert "Cómo usar estos datos" in client.get("/indicadores/homicidios/").content.decode()
    assert b"/en/datos/usar/</loc>" in client.get("/sitemap.xml").content


def test_before_the_first_indicator_it_says_so(client: Client, db: None, home: Path) -> None:
    make_institute()
    page = client.get("/datos/usar/").content.decode()
    assert "primeros indicadores publicados" in page
    assert "<pre" not in page
