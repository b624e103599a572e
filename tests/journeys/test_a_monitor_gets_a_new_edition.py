"""An analyst names a new edition of a monitor, another approves it, a reader takes its PDF."""

import io
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person, choose
from tests.journeys.test_an_analysis_comes_out_at_its_hour import number_of

pytestmark = pytest.mark.journey


def test_it_is_kept_with_its_pdf(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    edition = f"prueba {secrets.token_hex(3)}"

    home = number_of(ana, f"{demo.url}/admin/pages/", "Inicio")
    index = number_of(ana, f"{demo.url}/admin/pages/{home}/", "Monitores")
    monitor = number_of(ana, f"{demo.url}/admin/pages/{index}/", "Monitor del Empleo")
    card = f"{demo.url}/admin/pages/{monitor}/edit/"
    ana.goto(card)
    ana.locator("#id_edition").fill(edition)
    ana.get_by_label("El texto ya toma en cuenta los datos de hoy").check()
    choose(ana, "Enviar a Revisión")
    ana.wait_for_url(f"{demo.url}/admin/pages/{index}/")
    luis.goto(card)
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.wait_for_url(f"{demo.url}/admin/pages/{index}/")

    assert f"edición de {edition}".encode() in demo.get("/monitores/feed.atom")
    reader = new_context().new_page()
    reader.goto(f"{demo.url}/monitores/empleo/")
    reader.get_by_role("link", name=edition, exact=True).first.click()
    assert reader.locator("figure svg").count() >= 4
    assert Axe().run(reader).response["violations"] == []
    button = reader.get_by_role("link", name="Descargar la edición en PDF")
    deadline = time.monotonic() + 60
    while not button.count():
        assert time.monotonic() < deadline, "its PDF was not made"
        time.sleep(1)
        reader.reload()
    with reader.expect_download() as given:
        button.click()
    read = PdfReader(io.BytesIO(Path(given.value.path()).read_bytes()))
    assert read.metadata is not None
    assert read.metadata.title == f"Monitor del Empleo, {edition}"
    assert "desempleo" in read.pages[0].extract_text().lower()
