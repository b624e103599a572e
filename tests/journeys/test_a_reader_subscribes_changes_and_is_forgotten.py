"""A reader on a phone follows a topic by mail, changes how often, and asks to be forgotten."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import Demo
from tests.journeys.mail_folder import link_in, mail_to
from tests.journeys.test_an_error_is_reported_and_answered import wcag_of

pytestmark = pytest.mark.journey


def looks_right(page: Any) -> None:
    assert wcag_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_the_topic_to_nothing_kept(demo: Demo, new_context: Callable[..., Any]) -> None:
    address = f"lectora{secrets.token_hex(3)}@example.org"
    page = new_context().new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo.url}/temas/seguridad/")
    page.get_by_role("link", name="Recibirlo por correo").first.click()
    assert page.get_by_label("Seguridad").is_checked()
    looks_right(page)

    page.get_by_label("Correo").fill("lectora@")
    page.get_by_role("button", name="Suscribirse").click()
    page.get_by_role("alert").wait_for()
    looks_right(page)
    assert page.get_by_label("Correo").input_value() == "lectora@"
    assert page.get_by_label("Seguridad").is_checked()
    page.get_by_label("Correo").fill(address)
    page.get_by_label("Cada número del boletín").check()
    page.get_by_label("Una vez al mes").check()
    page.wait_for_timeout(3100)  # nobody reads faster; machines do
    page.get_by_role("button", name="Suscribirse").click()
    page.get_by_role("heading", name="Falta un paso").wait_for()
    looks_right(page)
    assert page.context.cookies() == []

    letter = mail_to(demo, address, "Falta un paso")
    page.goto(link_in(letter, "confirmar"))
    looks_right(page)
    page.get_by_role("button", name="Confirmar").click()
    page.get_by_role("heading", name="La suscripción está confirmada").wait_for()
    looks_right(page)

    page.get_by_role("link", name="Cambiar lo que llega").click()
    looks_right(page)
    page.get_by_label("Seguridad", exact=True).select_option(label="Al momento")
    page.get_by_text("Recibir también").click()
    page.get_by_label("Lerdo").check()
    looks_right(page)
    page.get_by_role("button", name="Guardar").click()
    page.get_by_role("status").get_by_text("Guardado").wait_for()
    assert page.get_by_label("Seguridad", exact=True).input_value() == "now"
    assert page.get_by_label("Lerdo", exact=True).input_value() == "weekly"

    page.get_by_text("Pedir que se olvide este correo").click()
    looks_right(page)
    page.get_by_role("button", name="Borrar todo").click()
    page.get_by_role("heading", name="ya no se guarda nada").wait_for()
    looks_right(page)
    assert not any(address.encode() in file.read_bytes() for file in demo.home.rglob("mail/*.eml"))
    page.goto(link_in(letter, "confirmar"))
    page.get_by_role("heading", name="ya no se guarda nada").wait_for()
