"""A reader reports an error with a file, and reads the answer on the page and in the mail."""

import email
import email.policy
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey


def wcag_of(page: Any) -> list[str]:
    return [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]


CSV = "Lugar;Periodo;Valor\nTorreón;2015;241\n".encode()
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"


def mailed(demo: Demo, folio: str, subject: str) -> str:
    """Return the text of a letter, once the worker has written it to the demo's folder."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        for file in (demo.home / "mail").glob("*.eml"):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            body = mail.get_body()
            if body is not None and mail["Subject"] == f"Folio {folio}: {subject}":
                return str(body.get_content())
        time.sleep(0.2)
    pytest.fail(f"no letter says: {subject}")


def test_from_the_figure_to_the_answer(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    reader = new_context().new_page()
    reader.set_viewport_size({"width": 390, "height": 844})
    index = demo.get("/indicadores/").decode()
    figure = re.search(r'href="(/indicadores/[a-z0-9-]+/)"', index)
    assert figure is not None
    reader.goto(demo.url + figure[1])
    reader.get_by_role("link", name="Avisar de un error en este dato").click()
    page_field = reader.get_by_label("Página donde está (opcional)")
    assert figure[1] in page_field.input_value()
    assert reader.context.cookies() == []
    assert wcag_of(reader) == []

    reader.get_by_label("Correo (opcional)").fill("lectora@")
    reader.get_by_role("button", name="Enviar").click()
    assert wcag_of(reader) == []
    assert reader.get_by_role("alert").is_visible()
    assert reader.get_by_label("Correo (opcional)").input_value() == "lectora@"
    assert figure[1] in page_field.input_value()

    reader.get_by_label("Qué dice", exact=True).fill("Dice 141 y la fuente dice 241")
    reader.get_by_label("Correo (opcional)").fill("lectora@example.org")
    drawing = {"name": "captura.svg", "mimeType": "image/svg+xml", "buffer": b"<svg></svg>"}
    table = {"name": "fuente.csv", "mimeType": "text/csv", "buffer": CSV}
    files = reader.get_by_label("Archivos (opcional)")
    files.set_input_files([drawing])
    reader.wait_for_timeout(3100)  # nobody writes faster; machines do
    reader.get_by_role("button", name="Enviar").click()
    reader.get_by_text("hay que elegirlos otra vez").wait_for()
    assert wcag_of(reader) == []
    assert reader.get_by_label("Qué dice", exact=True).input_value().startswith("Dice 141")
    files.set_input_files([table])
    reader.get_by_role("button", name="Enviar").click()
    reader.wait_for_url("**/contacto/seguimiento/**")
    address = reader.url
    folio = reader.get_by_role("heading", level=1).inner_text().split()[-1]
    assert "Hay que guardar esta dirección" in reader.content()
    assert wcag_of(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")

    assert address in mailed(demo, folio, "se recibió")

    staff = sign_in()
    staff.goto(f"{demo.url}/admin/contacto/")
    staff.get_by_role("link", name=folio).click()
    staff.get_by_text("lectora@example.org").wait_for()
    assert wcag_of(staff) == []
    with staff.expect_download() as taken:
        staff.get_by_role("link", name="fuente.csv").click()
    assert taken.value.path().read_bytes() == CSV
    staff.get_by_label("Qué es").select_option("question")
    staff.get_by_label("Texto").fill("¿En qué página de la fuente?")
    staff.get_by_role("button", name="Enviar a quien escribió").click()
    staff.get_by_text("Preguntado: el plazo").wait_for()

    reader.goto(
        re.search(r"http\S+/seguimiento/\S+", mailed(demo, folio, "hace falta saber algo más"))[0]
    )  # type: ignore[index]
    assert "¿En qué página de la fuente?" in reader.content()
    assert wcag_of(reader) == []
    reader.get_by_label("Qué se agrega").fill("En la 12.")
    reader.wait_for_timeout(3100)
    reader.get_by_role("button", name="Enviar").click()
    reader.get_by_text("Alguien del instituto ya lo atiende").wait_for()

    staff.reload()
    staff.get_by_text("En la 12.").wait_for()
    staff.get_by_label("Texto").fill("Ya dice 241. Gracias por avisar.")
    letter = {"name": "oficio.pdf", "mimeType": "application/pdf", "buffer": PDF}
    staff.get_by_label("Archivos (opcional)").set_input_files([letter])
    staff.get_by_role("button", name="Enviar a quien escribió").click()
    staff.get_by_text("Respondido: quien escribió").wait_for()
    staff.get_by_role("button", name="Crear la importación").click()
    staff.get_by_text(f"Hecho a partir del folio {folio}").wait_for()
    staff.goto(
        f"{demo.url}/admin/importaciones/{re.search(r'importaciones/([0-9]+)/', staff.url)[1]}/"
    )  # type: ignore[index]
    staff.get_by_role("link", name=folio).click()
    staff.get_by_role("link", name=f"{folio}: fuente.csv").wait_for()
    assert wcag_of(staff) == []
    staff.get_by_label("Motivo").fill("Corregido.")
    staff.get_by_role("button", name="Cerrar con el motivo").click()
    staff.get_by_role("button", name="Volver a abrir").wait_for()

    assert "Ya dice 241. Gracias por avisar." in mailed(demo, folio, "hay respuesta")
    assert "Corregido." in mailed(demo, folio, "se cerró")
    reader.goto(address)
    assert "Ya dice 241. Gracias por avisar." in reader.content()
    assert "Corregido." in reader.content()
    assert wcag_of(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with reader.expect_download() as answered:
        reader.get_by_role("link", name="oficio.pdf").click()
    assert answered.value.path().read_bytes() == PDF

    reader.get_by_text("Borrarlos ahora").click()
    reader.get_by_role("button", name="Borrar el nombre, el correo y los archivos").click()
    reader.get_by_text("No se guarda ningún nombre, correo ni archivo").wait_for()
    assert "fuente.csv" not in reader.content() and "oficio.pdf" not in reader.content()
    staff.reload()
    assert "lectora@example.org" not in staff.content()
    assert not any(folio in file.read_text() for file in (demo.home / "mail").glob("*.eml"))
