"""A card is locked against others, and another is retired from the site and brought back."""

import urllib.error
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person, choose

pytestmark = pytest.mark.journey

PUBLIC = "/indicadores/sociedad-agua-surtida-por-pipas/"


def status_of(demo: Demo, path: str) -> int:
    """Return what a reader is answered."""
    try:
        demo.get(path)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def until(page: Any, demo: Demo, path: str, status: int) -> None:
    """Wait, as a reader who reloads, until an address answers so."""
    for _turn in range(50):
        if status_of(demo, path) == status:
            return
        page.wait_for_timeout(200)
    assert status_of(demo, path) == status


def open_card(page: Any, demo: Demo) -> str:
    """Open the card from the list and return its address."""
    slug = PUBLIC.split("/")[2]
    page.goto(f"{demo.url}/admin/snippets/indicators/indicator/?q={slug}")
    page.locator("td.title a").first.click()
    page.locator("#id_definition").wait_for()
    return str(page.url)


def test_it_is_locked_and_unlocked_by_another(demo: Demo, sign_in: Callable[..., Any]) -> None:
    admin = sign_in()
    luis, ana, rosa = (
        sign_in(add_person(admin, demo, role), PASSWORD)
        for role in ("Revisión", "Analista", "Publicación")
    )
    card = open_card(luis, demo)
    panel = luis.locator("[data-side-panel='status']")
    if not panel.is_visible():
        luis.locator("[data-side-panel-toggle='status']").first.click()
    panel.get_by_text("Bloquear", exact=True).click()
    luis.get_by_text("está bloqueado").first.wait_for()

    ana.goto(card)
    ana.get_by_text("está bloqueado por").first.wait_for()
    assert not ana.locator("footer").get_by_role("button", name="Guardar borrador").is_visible()

    rosa.goto(card)
    rosa.get_by_role("button", name="Desbloquear").click()
    ana.goto(card)
    ana.locator("footer").get_by_role("button", name="Guardar borrador").wait_for()


def test_it_is_retired_and_comes_back(demo: Demo, sign_in: Callable[..., Any]) -> None:
    admin = sign_in()
    rosa, ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD)
        for role in ("Publicación", "Analista", "Revisión")
    )
    card = open_card(rosa, demo)
    rosa.locator("footer").get_by_role("button", name="Más acciones").click()
    rosa.locator("footer").get_by_role("link", name="Retirar del sitio").click()
    rosa.get_by_role("button", name="Sí").click()
    until(rosa, demo, PUBLIC, 410)
    reader = rosa.context.browser.new_page()
    reader.goto(demo.url + PUBLIC)
    reader.get_by_role("heading", level=1).wait_for()
    assert "retir" in reader.locator("main").inner_text().lower()
    assert PUBLIC.encode() not in demo.get("/temas/sociedad/")

    ana.goto(card)
    choose(ana, "Enviar a Revisión")
    ana.get_by_text("en revisión").first.wait_for()
    luis.goto(card)
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    until(luis, demo, PUBLIC, 200)
