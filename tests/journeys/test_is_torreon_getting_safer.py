"""A citizen asks whether Torreón is getting safer, and beside whom."""

import io
import re
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey


def test_from_the_home_page_to_homicides_beside_the_neighbours(demo: Demo, page: Page) -> None:
    page.goto(demo.url)
    page.locator("form.ask input[name=q]").fill("omicidios torreon")
    page.locator("form.ask").get_by_role("button").click()
    page.get_by_role("link", name="Homicidios", exact=True).first.click()
    expect(page).to_have_url(f"{demo.url}/indicadores/seguridad-homicidios/")

    expect(page.locator("h1")).to_have_text("Homicidios")
    expect(page.locator(".finding")).to_contain_text("Torreón")
    expect(page.locator(".age")).to_contain_text("2019")
    chart = page.locator("svg[data-chart=line].c-wide")
    drawn = {line.get_attribute("data-label") for line in chart.locator(".c-series").all()}
    assert {"Torreón", "Gómez Palacio", "La Laguna"} <= drawn
    expect(page.locator(".figure-source").first).to_contain_text("Secretariado Ejecutivo")


def test_rates_of_state_and_country_are_another_series_and_are_not_joined(
    demo: Demo, page: Page
) -> None:
    page.goto(f"{demo.url}/indicadores/seguridad-homicidios/")
    page.locator("input[name=lugar]").fill("Coahuila")
    page.get_by_role("button", name="Agregar").click()

    told = page.locator("main")
    expect(told).to_contain_text("Coahuila")
    chart = page.locator("svg[data-chart=line].c-wide")
    drawn = {line.get_attribute("data-label") for line in chart.locator(".c-series").all()}
    assert "Torreón" in drawn
    assert "Coahuila" not in drawn

    page.get_by_role("link", name="Tasa anualizada de homicidios de estados y país").first.click()
    page.locator("input[name=lugar]").fill("México")
    page.get_by_role("button", name="Agregar").click()
    chart = page.locator("svg[data-chart=line].c-wide")
    drawn = {line.get_attribute("data-label") for line in chart.locator(".c-series").all()}
    assert {"Coahuila", "México"} <= drawn
    assert "Torreón" not in drawn
    expect(page.locator(".headline-unit, .figure-sub").first).to_contain_text("100")


def test_population_beside_state_and_country_in_chart_table_and_map(demo: Demo, page: Page) -> None:
    page.goto(f"{demo.url}/indicadores/sociedad-poblacion-total/?lugares=05035,10007,05,MEX")
    expect(page.locator("main")).to_contain_text("el 28.º más alto de 2,469 municipios")
    chart = page.locator("main svg[data-chart].c-wide").first
    expect(chart).to_contain_text("Gómez Palacio")
    table = page.get_by_role("table")
    for name in ("Torreón", "Gómez Palacio", "Coahuila", "México"):
        expect(table.first).to_contain_text(name)
    expect(table.first).to_contain_text("126,014,024")

    page.get_by_role("link", name="Mapa", exact=True).click()
    expect(page).to_have_url(re.compile("/sociedad-poblacion-total/mapa/"))
    assert page.locator("svg[data-chart=map].c-wide .c-item").count() > 3
    page.get_by_role("link", name="Tabla", exact=True).click()
    expect(page).to_have_url(re.compile("/sociedad-poblacion-total/tabla/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/sociedad-poblacion-total/mapa/"))


def test_the_excel_file_says_what_it_holds(demo: Demo, page: Page) -> None:
    page.goto(f"{demo.url}/indicadores/sociedad-poblacion-total/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    said = " ".join(
        str(cell)
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows(max_row=60, values_only=True)
        for cell in row
        if cell is not None
    )
    for words in ("INEGI", "Personas", "Libre Uso"):
        assert words.lower() in said.lower(), words
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if "05035" in row]
    assert any(720848 in row for row in rows)


def test_without_script_a_place_is_added_and_a_wrong_name_is_told(
    demo: Demo, new_context: Any
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo.url}/indicadores/sociedad-poblacion-total/")
    page.locator("input[name=lugar]").fill("saltillo")
    page.get_by_role("button", name="Agregar").click()
    expect(page.locator("main svg[data-chart].c-wide").first).to_contain_text("Saltillo")
    page.locator("input[name=lugar]").fill("Tlaxcoatitlán del Viento")
    page.get_by_role("button", name="Agregar").click()
    expect(page.locator(".notice").first).to_contain_text("Tlaxcoatitlán del Viento")


def test_on_a_phone_the_figure_comes_before_the_controls(demo: Demo, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.url}/indicadores/seguridad-homicidios/")
    figure = page.locator(".headline").bounding_box()
    chart = page.locator("svg.c-narrow").first.bounding_box()
    controls = page.locator("input[name=lugar]").bounding_box()
    assert figure and chart and controls
    assert figure["y"] < chart["y"] < controls["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_old_address_leads_to_the_new_one(demo: Demo, page: Page) -> None:
    with (demo.package / "redirects.csv").open(encoding="utf-8") as file:
        old, new = next(line.strip().split(",") for line in list(file)[1:])
    page.goto(f"{demo.url}/indicadores/{old}/")
    expect(page).to_have_url(f"{demo.url}/indicadores/{new}/")


def test_the_page_in_english(demo: Demo, page: Page) -> None:
    page.goto(f"{demo.url}/indicadores/seguridad-homicidios/")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{demo.url}/en/indicadores/seguridad-homicidios/")
    expect(page.locator("h1")).to_have_text("Homicides")
    expect(page.locator(".finding")).to_contain_text("December 2019")
