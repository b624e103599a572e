"""An analyst's corrected spreadsheet: three mistakes told, mended, approved, public at once."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey

PAGE = "/indicadores/seguridad-homicidios/"
TITLE = "Homicidios de diciembre, revisados"


def spreadsheet(folder: Path, *rows: tuple[Any, ...]) -> Path:
    """Write a workbook as an analyst would: municipality, month, figure."""
    book = openpyxl.Workbook()
    for row in (("Municipio", "Mes", "Homicidios"), *rows):
        book.active.append(row)
    file = folder / "homicidios-corregidos.xlsx"
    book.save(file)
    return file


def figures(demo: Demo) -> dict[tuple[str, str], float]:
    """Return what the public workbook says: {(place, period): value}."""
    book = openpyxl.load_workbook(io.BytesIO(demo.get(f"{PAGE[:-1]}.xlsx")), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    head = next(i for i, row in enumerate(rows) if row and "OBS_VALUE" in row)
    at = {name: rows[head].index(name) for name in ("REF_AREA", "TIME_PERIOD", "OBS_VALUE")}
    return {
        (row[at["REF_AREA"]], row[at["TIME_PERIOD"]]): row[at["OBS_VALUE"]]
        for row in rows[head + 1 :]
        if row[at["REF_AREA"]]
    }


def test_from_three_mistakes_to_the_public_page(
    demo: Demo, page: Page, analyst: Page, sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    assert figures(demo)[("05035", "2019-12")] == 8
    file = spreadsheet(
        tmp_path,
        ("Torreón", "diciembre de 2019", 11),
        ("Gomes Palasio del Norte", "diciembre de 2019", 9),
        ("Lerdo", "treceavo mes de 2019", 3),
        ("Matamoros", "diciembre de 2019", "#REF!"),
    )

    # The upload tells the three mistakes, in Spanish, each at its row.
    analyst.goto(f"{demo.url}/admin/importaciones/nueva/?indicador=seguridad-homicidios")
    analyst.get_by_label("Archivo").set_input_files(file)
    analyst.get_by_label("Título de la entrega").fill(TITLE)
    analyst.get_by_role("button", name="Subir y revisar").click()
    analyst.get_by_role("link", name="Rechazados").click()
    for row, words in ((3, "Gomes Palasio"), (4, "treceavo mes"), (5, "#REF!")):
        problem = analyst.locator("li[data-severity=error]", has_text=f"Renglón {row}")
        expect(problem).to_contain_text(words)

    # She mends two and discards one; nothing can be sent before.
    expect(analyst.get_by_role("button", name="Enviar a revisión")).to_have_count(0)
    mend(analyst, 3, Lugar="Gómez Palacio")
    mend(analyst, 4, Periodo="diciembre de 2019")
    form_of(analyst, 5).get_by_role("button", name="Descartar renglón").click()
    analyst.get_by_role("link", name="Corregidos").click()
    expect(analyst.locator(".tz-table")).to_contain_text("Torreón")
    analyst.get_by_role("button", name="Enviar a revisión").click()

    # Another person sees the page as it would be, and approves.
    reviewer = sign_in()
    reviewer.get_by_role("link", name=TITLE).first.click()
    address = reviewer.url
    reviewer.get_by_role("link", name="Ver la página como quedaría").click()
    expect(reviewer.locator("main")).to_contain_text("11 homicidios")
    assert figures(demo)[("05035", "2019-12")] == 8
    reviewer.goto(address)
    reviewer.get_by_role("button", name="Aprobar y publicar").click()
    approved = time.monotonic()

    # Public at once: page, chart, file, feed and note. How fast is measured by the benchmarks;
    # here a browser on a busy machine gets ten seconds.
    page.goto(demo.url + PAGE)
    while "11 homicidios" not in page.inner_text(".finding"):
        assert time.monotonic() - approved < 10, page.inner_text(".finding")
        page.reload()
    values = page.locator("svg[data-chart=line] .c-focus").first.get_attribute("data-v") or ""
    assert values.split("|")[-1].startswith("11")
    # What had been stored is given until every reader is switched, a moment later.
    while figures(demo)[("05035", "2019-12")] != 11:
        assert time.monotonic() - approved < 10, "the file stays as it was"
    assert figures(demo)[("05017", "2019-12")] == 2
    entries = feedparser.parse(demo.get(f"{PAGE}feed.atom")).entries
    assert "corregido" in entries[0].title
    page.get_by_role("link", name="Qué cambió").click()
    expect(page.locator("main")).to_contain_text(TITLE)
    expect(page.locator("main")).to_contain_text("1.1")
    page.goto(demo.url)
    expect(page.locator("main")).to_contain_text("Homicidios: ")


def form_of(window: Page, row: int) -> Any:
    """Return the form that mends a row of the file, now on the screen of refused rows."""
    window.get_by_role("link", name="Rechazados").click()
    line = window.locator("tr[id^=renglon-]", has_text=f"Renglón {row}")
    return line.locator("xpath=following-sibling::tr[1]").locator("form")


def mend(window: Page, row: int, **fields: str) -> None:
    """Correct a refused row and see that it is refused no longer."""
    form = form_of(window, row)
    for label, value in fields.items():
        form.get_by_label(label).fill(value)
    form.get_by_role("button", name="Corregir").click()
    window.get_by_role("link", name="Rechazados").click()
    expect(window.locator("li[data-severity=error]", has_text=f"Renglón {row}")).to_have_count(0)
