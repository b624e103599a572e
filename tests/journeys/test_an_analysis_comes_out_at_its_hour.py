"""An analyst writes an analysis with two live charts, another person approves it, it comes out."""

import secrets
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person, choose

pytestmark = pytest.mark.journey

PLACE = "/lugares/10007-gomez-palacio/"


def number_of(page: Any, address: str, title: str) -> str:
    """Return the number of a page listed in the back office."""
    page.goto(address)
    link = page.locator("main a[href$='/edit/']", has_text=title).first
    return str(link.get_attribute("href").split("/")[3])


def add_chart(page: Any, indicator: str) -> None:
    """Add the live chart of an indicator at the end of the body."""
    body = page.locator("#body-root")
    body.get_by_title("Insertar un bloque").last.click()
    page.get_by_role("option", name="Gráfica de un indicador").click()
    pick(page, body.locator(".chooser__choose-button:visible").last, indicator)


def pick(page: Any, button: Any, words: str) -> None:
    """Choose a thing by its name in the window that a button opens."""
    button.click()
    window = page.locator(".modal-body")
    window.locator("input[name=q]").fill(words)
    window.get_by_role("link", name=words, exact=True).first.click()
    window.wait_for(state="detached")


def test_it_is_written_approved_and_public_at_its_hour(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    title = f"Gente que vive en Gómez Palacio {secrets.token_hex(3)}"

    home = number_of(ana, f"{demo.url}/admin/pages/", "Inicio")
    index = number_of(ana, f"{demo.url}/admin/pages/{home}/", "Análisis")
    ana.goto(f"{demo.url}/admin/pages/add/site/analysispage/{index}/")
    ana.locator("#id_title").fill(title)
    ana.locator("#id_introduction").fill("Cuánta gente cuenta cada censo.")
    ana.locator("#id_unit").fill("Sistema de Indicadores")
    for _ in range(2):
        add_chart(ana, "Población total")
    ana.locator("#places-root").get_by_title("Insertar un bloque").last.click()
    pick(ana, ana.locator("#places-root .chooser__choose-button:visible"), "Gómez Palacio")
    ana.get_by_label("Población", exact=True).check()

    hour = (datetime.now(ZoneInfo("America/Monterrey")) + timedelta(minutes=2)).replace(second=0)
    ana.locator("[data-side-panel-toggle=status]").click()
    ana.get_by_role("button", name="Programar publicación").click()
    ana.locator("#id_go_live_at").fill(hour.strftime("%Y-%m-%d %H:%M"))
    ana.locator("#schedule-publishing-dialog button[type=submit]").click()
    ana.wait_for_url(f"{demo.url}/admin/pages/*/edit/")
    card = ana.url
    choose(ana, "Enviar a Revisión")
    luis.goto(card)
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.wait_for_url(f"{demo.url}/admin/pages/{index}/")
    assert title.encode() not in demo.get("/analisis/")

    deadline = time.monotonic() + 240
    while title.encode() not in demo.get("/analisis/"):
        assert time.monotonic() < deadline, "it did not come out at its hour"
        time.sleep(2)
    assert datetime.now(ZoneInfo("America/Monterrey")) >= hour

    reader = new_context().new_page()
    reader.goto(f"{demo.url}/analisis/")
    reader.get_by_role("link", name=title).click()
    assert reader.locator("figure svg").count() >= 4
    assert Axe().run(reader).response["violations"] == []
    address = unquote(reader.url.removeprefix(demo.url)).encode()
    for path in ("/", PLACE, f"/buscar/?q={title.replace(' ', '+').replace('ó', '%C3%B3')}"):
        assert address in demo.get(path), path
    for feed in ("/feed.atom", "/analisis/feed.atom"):
        assert title.encode() in demo.get(feed), feed
