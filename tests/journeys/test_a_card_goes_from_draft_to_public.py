"""An analyst writes a card, a reviewer returns it and then approves it, and the page changes."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import Demo

pytestmark = pytest.mark.journey

PASSWORD = f"Cerro-{secrets.token_hex(6)}"


def add_person(admin: Any, demo: Demo, role: str) -> str:
    """Enter a person with one role, by hand, and return the user name."""
    name = f"{role.lower()[:4]}{secrets.token_hex(3)}"
    admin.goto(f"{demo.url}/admin/users/new/")
    typed = {"username": name, "email": f"{name}@example.org", "first_name": role}
    typed |= {"last_name": "De Ejemplo", "password1": PASSWORD, "password2": PASSWORD}
    for field, text in typed.items():
        admin.locator(f"#id_{field}").fill(text)
    admin.get_by_label(role, exact=True).check()
    admin.get_by_role("button", name="Crear").click()
    admin.wait_for_url(f"{demo.url}/admin/users/")
    return name


def choose(page: Any, action: str) -> None:
    """Choose an action of the footer, opening its menu."""
    footer = page.locator("footer")
    footer.get_by_role("button", name="Más acciones").click()
    footer.get_by_role("button", name=action, exact=True).click()


def write(page: Any, text: str) -> None:
    """Write what the indicator measures, key by key, until the draft has saved itself."""
    page.wait_for_timeout(2500)  # Wagtail takes what the form holds as it opens for its state
    field = page.locator("#id_definition")
    field.fill("")
    field.press_sequentially(text)
    page.locator(".w-autosave-indicator__state--saved").wait_for()


def test_a_card_is_written_returned_mended_and_approved(
    demo: Demo, sign_in: Callable[..., Any]
) -> None:
    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    public = "/indicadores/sociedad-acceso-a-servicios-financieros/"
    first, second = f"Borrador {secrets.token_hex(4)}", f"Corregida {secrets.token_hex(4)}"

    ana.goto(f"{demo.url}/admin/snippets/indicators/indicator/?q=sociedad-acceso-a-servicios")
    ana.locator("td.title a").first.click()
    card = ana.url
    write(ana, first)
    ana.get_by_role("button", name="Vista previa", exact=True).click()
    preview = ana.frame_locator("#w-preview-iframe")
    preview.get_by_text("Vista previa: todavía no es público").wait_for()
    preview.get_by_text(first).first.wait_for()
    assert first.encode() not in demo.get(public)
    choose(ana, "Enviar a Revisión")
    ana.get_by_text("en revisión").first.wait_for()

    luis.goto(f"{demo.url}/admin/")
    luis.locator(f".tz-desk a[href='{card.removeprefix(demo.url)}']").click()
    luis.get_by_role("link", name="Ver qué cambia").click()
    luis.get_by_text(first).wait_for()
    luis.goto(card)
    choose(luis, "Devolver con una nota")
    luis.locator(".modal-body textarea").fill("Falta decir de quién")
    luis.locator(".modal-body button[type=submit]").click()
    luis.wait_for_url(f"{demo.url}/admin/snippets/indicators/indicator/")

    ana.goto(card)
    ana.get_by_text("Devuelta: Falta decir de quién").wait_for()
    write(ana, second)
    choose(ana, "Enviar otra vez a «Revisar y publicar»")
    ana.wait_for_url(f"{demo.url}/admin/snippets/indicators/indicator/")
    luis.goto(card)
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.get_by_text("aprobado").first.wait_for()
    assert second.encode() in demo.get(public)

    luis.goto(card.replace("/edit/", "/history/"))
    for words in ("Falta decir de quién", "Analista De Ejemplo", "Revisión De Ejemplo"):
        luis.locator("main table").get_by_text(words).first.wait_for()
