"""What the script adds: reading a chart, sorting a table, copying; nothing is lost without it."""

from typing import Any

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.pure]


def test_a_chart_is_read_with_the_arrow_keys(gallery: str, page: Any) -> None:
    page.goto(f"{gallery}/indicator.html")
    chart = page.locator("svg.c-wide")
    spoken = page.locator(".c-figure [role=status]").first

    chart.focus()
    page.keyboard.press("ArrowLeft")
    assert spoken.text_content() == "2019, Torreón 129, Gómez Palacio 63, Lerdo 27, Matamoros 21"

    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert spoken.text_content() == "2014, Torreón 241"
    assert page.locator("svg.c-wide .c-series.c-dim").count() == 3

    page.keyboard.press("Escape")
    assert page.locator("svg.c-wide .c-dim").count() == 0


def test_pointing_at_a_year_shows_what_every_place_had(gallery: str, page: Any) -> None:
    page.goto(f"{gallery}/indicator.html")
    box = page.locator("svg.c-wide").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.35, box["y"] + box["height"] * 0.9)
    tip = page.locator(".c-tip").first
    assert tip.locator("b").text_content() == "2016"
    assert tip.locator("span").all_text_contents()[0] == "Torreón 141"


def test_a_table_sorts_and_what_is_missing_stays_last(gallery: str, page: Any) -> None:
    page.goto(f"{gallery}/ranking.html")
    names = page.locator("tbody th")
    button = page.get_by_role("button", name="Habitantes, 2020")

    button.click()
    assert names.all_text_contents() == [
        "Matamoros", "Lerdo", "Gómez Palacio", "Torreón", "Viesca",
    ]  # fmt: skip
    assert page.locator("th[aria-sort=ascending]").count() == 1

    button.click()
    assert names.first.text_content() == "Torreón"
    assert names.last.text_content() == "Viesca"


def test_the_citation_is_copied(gallery: str, page: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{gallery}/indicator.html")
    page.get_by_role("button", name="Copiar la cita").click()
    page.get_by_role("button", name="Copiada").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#cita").text_content()


def test_without_the_script_the_page_is_whole(gallery: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{gallery}/indicator.html")
    assert page.locator("svg.c-narrow").is_visible()
    assert not page.locator("svg.c-wide").is_visible()
    assert page.get_by_role("table").is_visible()
    assert page.locator(".site-nav a").last.is_visible()
    assert not page.get_by_role("button", name="Copiar la cita").is_visible()
    context.close()
