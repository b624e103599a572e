"""A reader reports an error in a figure, keeps the address, and reads the answer there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey


def wcag_of(page: Any) -> list[str]:
    return [f"{v['id']}: {v['help']}" for v in Axe().run(page).response["violations"]]


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
    reader.wait_for_timeout(3100)  # nobody writes faster; machines do
    reader.get_by_role("button", name="Enviar").click()
    reader.wait_for_url("**/contacto/seguimiento/**")
    address = reader.url
    folio = reader.get_by_role("heading", level=1).inner_text().split()[-1]
    assert "Hay que guardar esta dirección" in reader.content()
    assert wcag_of(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")

    staff = sign_in()
    staff.goto(f"{demo.url}/admin/contacto/")
    staff.get_by_role("link", name=folio).click()
    staff.get_by_text("lectora@example.org").wait_for()
    assert wcag_of(staff) == []
    staff.get_by_label("Respuesta").fill("Ya dice 241. Gracias por avisar.")
    staff.get_by_role("button", name="Responder").click()
    staff.get_by_text("Respondido: quien escribió").wait_for()
    staff.get_by_label("Motivo").fill("Corregido.")
    staff.get_by_role("button", name="Cerrar con el motivo").click()
    staff.get_by_role("button", name="Volver a abrir").wait_for()

    reader.goto(address)
    assert "Ya dice 241. Gracias por avisar." in reader.content()
    assert "Corregido." in reader.content()
    reader.get_by_text("Borrarlos ahora").click()
    reader.get_by_role("button", name="Borrar el nombre y el correo").click()
    reader.get_by_text("No se guarda ningún nombre ni correo con este envío.").wait_for()
    staff.reload()
    assert "lectora@example.org" not in staff.content()
