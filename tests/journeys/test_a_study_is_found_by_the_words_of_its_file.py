"""An analyst publishes a study with its PDF; a reader finds it by a word inside the file."""

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typst
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person, choose
from tests.journeys.test_an_analysis_comes_out_at_its_hour import number_of

pytestmark = pytest.mark.journey


def test_it_is_uploaded_approved_read_and_found(
    demo: Demo,
    sign_in: Callable[..., Any],
    new_context: Callable[..., Any],
    tmp_path: Path,
) -> None:
    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    title, word = f"Árboles de la ciudad {secrets.token_hex(3)}", f"zumpo{secrets.token_hex(4)}"
    file = tmp_path / "arboles.pdf"
    file.write_bytes(typst.compile({"main.typ": f"El árbol {word}".encode()}, format="pdf"))

    home = number_of(ana, f"{demo.url}/admin/pages/", "Inicio")
    index = number_of(ana, f"{demo.url}/admin/pages/{home}/", "Estudios")
    ana.goto(f"{demo.url}/admin/pages/add/site/studypage/{index}/")
    ana.locator("#id_title").fill(title)
    ana.locator("#id_introduction").fill("Cuántos árboles hay y de qué clase.")
    ana.locator("#id_date").fill("2026-05-20")
    ana.locator("#id_quality").select_option("diagnostico")
    ana.locator("#id_files-ADD").click()
    ana.locator("#id_files-0-document-chooser .chooser__choose-button:visible").first.click()
    window = ana.locator(".modal-body")
    window.get_by_role("tab", name="Subir").click()
    window.locator("input[type=file]").set_input_files(file)
    window.locator("input[name$=title]").fill("Censo de árboles")
    window.get_by_role("button", name="Subir").click()
    window.wait_for(state="detached")
    ana.locator("#id_files-0-title").fill("Censo completo")
    choose(ana, "Enviar a Revisión")
    ana.wait_for_url(f"{demo.url}/admin/pages/{index}/")
    luis.goto(f"{demo.url}/admin/")
    luis.get_by_role("link", name=title).first.click()
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.wait_for_url(f"{demo.url}/admin/pages/{index}/")

    reader = new_context().new_page()
    reader.goto(f"{demo.url}/estudios/?calidad=diagnostico")
    reader.get_by_role("link", name=title).click()
    assert Axe().run(reader).response["violations"] == []
    with reader.expect_download() as given:
        reader.get_by_role("link", name="Censo completo").click()
    assert Path(given.value.path()).read_bytes() == file.read_bytes()

    reader.goto(f"{demo.url}/estudios/")
    deadline = time.monotonic() + 60
    while title.encode() not in demo.get(f"/buscar/?tipo=study&q={word}"):
        assert time.monotonic() < deadline, "its file was not read"
        time.sleep(1)
    reader.locator("#buscar-estudios").fill(word)
    reader.locator("#buscar-estudios").press("Enter")
    reader.get_by_role("link", name=title).click()
    assert reader.get_by_role("heading", level=1).inner_text() == title
