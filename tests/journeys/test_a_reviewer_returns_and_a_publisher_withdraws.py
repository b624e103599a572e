"""What is not right goes back with a note; what was published by mistake is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey

PAGE = "/indicadores/seguridad-robo-de-automoviles/"
TITLE = "Robos de diciembre"


def test_returned_sent_again_published_and_withdrawn(
    demo: Demo, page: Page, analyst: Page, sign_in: Callable[..., Any]
) -> None:
    # One value, as a CSV that any program writes.
    analyst.goto(f"{demo.url}/admin/importaciones/nueva/?indicador=seguridad-robo-de-automoviles")
    analyst.get_by_label("Archivo").set_input_files(
        {
            "name": "robos.csv",
            "mimeType": "text/csv",
            "buffer": "Municipio;Periodo;Robos\nTorreón;2019-12;17\n".encode("latin-1"),
        }
    )
    analyst.get_by_label("Título de la entrega").fill(TITLE)
    analyst.get_by_role("button", name="Subir y revisar").click()
    analyst.get_by_role("button", name="Enviar a revisión").click()

    reviewer = sign_in()
    reviewer.get_by_role("link", name=TITLE).first.click()
    address = reviewer.url
    reviewer.get_by_label("Nota").fill("Falta el oficio de la fiscalía.")
    reviewer.get_by_role("button", name="Devolver con la nota").click()

    # The analyst finds it on her desk with the note, and sends it again.
    analyst.goto(f"{demo.url}/admin/")
    expect(analyst.locator("main")).to_contain_text("Falta el oficio de la fiscalía.")
    analyst.get_by_role("link", name=TITLE).first.click()
    analyst.get_by_role("button", name="Enviar a revisión").click()
    reviewer.goto(address)
    reviewer.get_by_role("button", name="Aprobar y publicar").click()
    eventually(page, demo.url + PAGE, "17 robos")

    # Taken back with a public note: the former value is there again, and so is what happened.
    reviewer.get_by_role("link", name="Ver la entrega").click()
    reviewer.get_by_role("link", name="Retirar").first.click()
    reviewer.get_by_label("Nota").fill("La cifra era de otro municipio.")
    reviewer.get_by_role("button", name="Retirar y restituir los valores anteriores").click()
    eventually(page, demo.url + PAGE, "16 robos")
    page.goto(f"{demo.url}{PAGE}versiones/")
    expect(page.locator("main")).to_contain_text("La cifra era de otro municipio.")
    expect(page.locator(".badge-withdrawn")).to_have_count(1)


def eventually(page: Page, address: str, words: str) -> None:
    """Read the page until its finding says the words, as a reader who reloads would."""
    for _attempt in range(20):
        page.goto(address)
        if words in page.inner_text(".finding"):
            return
        page.wait_for_timeout(500)
    expect(page.locator(".finding")).to_contain_text(words)
