"""The month's issue: composed from what is new, approved by another, read, left by one click."""

import re
import secrets
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import feedparser
import pytest

from tests.journeys.conftest import Demo
from tests.journeys.mail_folder import link_in, mail_to, text_of
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person, choose, write

pytestmark = pytest.mark.journey


def subscribe(demo: Demo, page: Any, address: str) -> None:
    """Subscribe to the bulletin and confirm, as a reader does."""
    page.goto(f"{demo.url}/boletin/")
    page.get_by_role("link", name="Suscribirse").click()
    page.get_by_label("Correo").fill(address)
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Suscribirse").click()
    page.get_by_role("heading", name="Falta un paso").wait_for()
    page.goto(link_in(mail_to(demo, address, "Falta un paso"), "confirmar"))
    page.get_by_role("button", name="Confirmar").click()
    page.get_by_role("heading", name="La suscripción está confirmada").wait_for()


def change_a_card(demo: Demo, ana: Any, luis: Any) -> str:
    """Let something happen: a card is mended and approved. Return the name of its indicator."""
    ana.goto(f"{demo.url}/admin/snippets/indicators/indicator/?q=sociedad-poblacion-total")
    ana.locator("td.title a").first.click()
    card = ana.url
    write(ana, f"Personas que viven en el lugar {secrets.token_hex(3)}")
    choose(ana, "Enviar a Revisión")
    ana.get_by_text("en revisión").first.wait_for()
    luis.goto(card)
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.get_by_text("aprobado").first.wait_for()
    return "Población total"


def test_from_the_news_to_the_reader_and_out(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    address = f"suscrita{secrets.token_hex(3)}@example.org"
    reader = new_context().new_page()
    subscribe(demo, reader, address)

    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    changed = change_a_card(demo, ana, luis)

    # The issue composes itself; whoever writes it edits, tries it and asks for approval.
    ana.goto(f"{demo.url}/admin/boletin/")
    ana.get_by_role("button", name="Preparar el número con lo nuevo").click()
    ana.wait_for_url("**/issue/edit/**")
    edit = ana.url
    assert changed in ana.content()
    ana.wait_for_timeout(2500)  # Wagtail takes what the form holds as it opens for its state
    title = f"Boletín de prueba {secrets.token_hex(3)}"
    field = ana.locator("#id_title")
    field.fill("")
    field.press_sequentially(title)
    ana.locator(".w-autosave-indicator__state--saved").wait_for()
    choose(ana, "Enviar a Revisión")
    ana.get_by_text("en revisión").first.wait_for()
    ana.goto(f"{demo.url}/admin/boletin/")
    ana.get_by_role("button", name="Enviarme una prueba").click()
    ana.get_by_text("La prueba va a").wait_for()
    assert title.encode() not in demo.get("/boletin/")

    luis.goto(f"{demo.url}/admin/")
    luis.locator(f".tz-desk a[href='{edit.removeprefix(demo.url)}']").click()
    luis.get_by_text("se envía a").wait_for()
    luis.locator("footer").get_by_role("button", name="Aprobar y publicar", exact=True).click()
    luis.get_by_text("aprobado").first.wait_for()

    # A page, the archive, the feed and the search, at once; and the mail.
    reader.wait_for_timeout(1000)  # what is published is read within a second
    reader.goto(f"{demo.url}/boletin/")
    reader.get_by_role("link", name=title).click()
    assert changed in reader.content()
    page = reader.url
    feed = feedparser.parse(demo.get("/boletin/feed.atom"))
    assert not feed.bozo and feed.entries[0].link == page
    assert title.encode() in demo.get(f"/buscar/?q={quote(title)}")
    mail = mail_to(demo, address, title)
    assert changed in text_of(mail) and page in text_of(mail)
    luis.goto(f"{demo.url}/admin/boletin/")
    luis.get_by_role("row", name=title).get_by_text(
        re.compile(r"(\d+) de \1 entregados")
    ).wait_for()  # the board follows by itself

    # The mailbox's own button: one POST, and nothing else.
    found = re.match(r"<(http\S+)>", str(mail["List-Unsubscribe"]))
    assert found is not None
    request = urllib.request.Request(found[1], data=b"List-Unsubscribe=One-Click")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200 and answer.geturl() == found[1]
    reader.goto(link_in(mail, "baja"))
    reader.get_by_role("heading", name="Ya no llegará nada").wait_for()
