"""Anybody writes to the institute: one form for each kind, nothing typed is lost, a folio back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.participation.conftest import stamp
from tests.site.small_site import build_small_site
from traza.foundation.folios import as_folio, new_folio
from traza.foundation.workdays import add_workdays, rest_days
from traza.participation.kinds import KINDS
from traza.participation.models import Identity, Message
from traza.participation.queries import page_named

#: What a person writes in each kind of form.
WRITTEN = {
    "informacion": {"texto": "¿Cuándo sale el plan?"},
    "error": {"pagina": "Homicidios", "dice": "141 en 2015", "deberia": "241"},
    "datos": {"texto": "Vivienda por colonia", "lugares": "Lerdo", "periodo": "2020"},
    "estudio": {"titulo": "El agua", "autoria": "A. Pérez, 2019", "texto": "Acuífero",
                "permiso": "on"},
    "proyecto": {"titulo": "Banqueta", "lugar": "Calle 5", "texto": "No hay paso",
                 "propuesta": "Hacerla"},
    "queja": {"texto": "Nadie contestó"},
    "aportacion": {"titulo": "Aforos", "fuente": "Conteo propio, 2019", "texto": "Calle 5"},
    "datos-personales": {"derecho": "acceso", "texto": "Mis mensajes", "nombre": "Ana",
                         "correo": "ana@example.org"},
}  # fmt: skip
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"


def test_every_kind_is_chosen_on_the_contact_page(client: Client, db: None, home: Path) -> None:
    build_small_site(home)
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/contacto/").content.decode()
        assert "Escríbanos." in page  # what staff wrote stays
        for kind in KINDS:
            assert f'href="{prefix}{kind.path}"' in page


def test_there_is_a_contact_page_where_staff_wrote_none(client: Client, db: None) -> None:
    page = client.get("/contacto/")
    assert page.status_code == 200
    assert 'href="/contacto/queja/"' in page.content.decode()


@pytest.mark.parametrize("kind", [kind.slug for kind in KINDS])
def test_each_kind_is_sent_and_read_again(
    kind: str, received: Callable[..., tuple[Message, str]], client: Client
) -> None:
    message, address = received(kind, **{"texto": "", **WRITTEN[kind]})
    assert message.kind == kind and not message.is_spam
    page = client.get(address).content.decode()
    assert message.folio in page
    for label, answer in message.written():
        assert str(label) in page and str(answer) in page


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_form_has_no_cookie_and_no_token(prefix: str, client: Client, db: None) -> None:
    response = client.get(f"{prefix}/contacto/queja/")
    assert response.cookies == {} and "csrf" not in response.content.decode().lower()
    assert response["Cache-Control"] == "no-store"


def test_what_is_missing_is_said_and_what_was_typed_stays(send: Callable[..., Any]) -> None:
    response = send(
        "proyecto", texto="No hay paso para sillas de ruedas", titulo="", correo="no-es-correo",
        nombre="Ana",
    )  # fmt: skip
    page = response.content.decode()
    assert response.status_code == 400
    assert "Falta escribir esto." in page and "Debe tener la forma nombre@sitio.mx" in page
    for typed in ("No hay paso para sillas de ruedas", "no-es-correo", "Ana"):
        assert typed in page
    assert not Message.objects.exists()


def test_another_site_cannot_send_in_our_name_but_loses_nothing(send: Callable[..., Any]) -> None:
    response = send(texto="Escrito con cuidado", site="cross-site")
    assert response.status_code == 403
    assert "Escrito con cuidado" in response.content.decode()
    assert "salió de otro sitio" in response.content.decode()
    assert not Message.objects.exists()


def test_the_rights_over_personal_data_need_a_person(send: Callable[..., Any]) -> None:
    response = send("datos-personales", derecho="acceso", texto="Mis datos")
    page = response.content.decode()
    assert response.status_code == 400
    assert "Falta escribir el nombre." in page and "Falta escribir el correo." in page


@pytest.mark.parametrize("kind", [kind.slug for kind in KINDS])
def test_code_in_every_field_is_shown_as_text(
    kind: str, received: Callable[..., tuple[Message, str]], client: Client,
    signed_in: Callable[[Any], Client],
) -> None:  # fmt: skip
    written = dict.fromkeys(WRITTEN[kind], EVIL) | {"nombre": EVIL, "correo": "a@example.org"}
    written |= {"derecho": "acceso"} if kind == "datos-personales" else {}
    message, address = received(kind, **{"texto": "", **written})
    assert message.is_spam and "markup" in message.signs
    staff = signed_in("administrator")
    for page in (
        client.get(address),
        staff.get(f"/admin/contacto/{message.pk}/"),
        staff.get("/admin/contacto/?bandeja=spam"),
    ):
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text and "<img src=x" not in text
        assert "alert(1)" in text and "{{ 7*7 }}" in text


def test_control_characters_and_giant_texts_are_refused_in_words(send: Callable[..., Any]) -> None:
    assert send(texto="nulo \x00 aquí").status_code == 400
    long = send(texto="a" * 5001)
    assert long.status_code == 400 and "a" * 5001 in long.content.decode()
    assert not Message.objects.exists()


def test_an_error_in_a_figure_comes_with_its_page(client: Client, db: None, home: Path) -> None:
    build_small_site(home)
    page = client.get("/indicadores/homicidios/").content.decode()
    link = re.search(r'href="([^"]+)">Avisar de un error en este dato', page)
    assert link is not None
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert 'name="pagina"' in form and "(/indicadores/homicidios/)" in form
    english = client.get("/en/indicadores/homicidios/").content.decode()
    assert 'href="/en/contacto/error/?pagina=' in english


def test_only_pages_of_this_site_are_filled_in(db: None, home: Path) -> None:
    build_small_site(home)
    assert "(/indicadores/homicidios/tabla/)" in page_named("/indicadores/homicidios/tabla/")
    assert "(/indicadores/homicidios/)" in page_named("/en/indicadores/homicidios/")
    for strange in ("https://example.com/", "//example.com/", "homicidios", "/x" * 400, EVIL):
        assert page_named(strange) == ""


def test_a_folio_is_short_and_understood_however_it_is_dictated() -> None:
    folios = {new_folio(date(2026, 3, 1)) for _ in range(500)}
    assert len(folios) > 490
    for folio in folios:
        assert re.fullmatch(r"26-[2-9B-DF-HJ-NP-TV-Z]{5}", folio)
        assert as_folio(f" {folio.lower().replace('-', ' ')} ") == folio


def test_a_deadline_is_in_working_days() -> None:
    # 18 December 2026 is a Friday; Christmas and New Year are Fridays of rest.
    assert add_workdays(date(2026, 12, 18), 5) == date(2026, 12, 28)
    assert add_workdays(date(2026, 12, 18), 10) == date(2027, 1, 5)
    assert date(2026, 11, 16) in rest_days(2026)  # the third Monday
    assert date(2030, 10, 1) in rest_days(2030) and date(2026, 10, 1) not in rest_days(2026)


def test_each_kind_has_its_deadline(received: Callable[..., tuple[Message, str]]) -> None:
    today = timezone.localdate()
    complaint, _address = received("queja")
    question, _address = received("informacion")
    assert complaint.due_on == add_workdays(today, 10)
    assert question.due_on == add_workdays(today, 20)


def test_no_form_in_english_has_a_word_in_spanish(client: Client, db: None) -> None:
    for kind in KINDS:
        page = client.get(f"/en{kind.path}").content.decode()
        form = re.sub(r"<[^>]*>", " ", page.split('<form class="form"')[1].split("</form>")[0])
        assert "Up to 5 files" in form
        assert not re.search(r"\b(?:el|la|los|que|de|con|para|archivos|y)\b", form), form


def test_in_english_too(received: Callable[..., tuple[Message, str]], client: Client) -> None:
    message, address = received(path="/en/contacto/queja/")
    assert message.language == "en" and address.startswith("/en/contacto/seguimiento/")
    page = client.get(address).content.decode()
    assert "The answer will be here by" in page and "Reference" in page


def test_a_stamp_of_a_form_is_kept_when_it_comes_back(send: Callable[..., Any]) -> None:
    hour = stamp(60)
    response = send("queja", texto="", hora=hour)
    assert hour in response.content.decode()


def test_who_writes_without_a_name_leaves_none(
    received: Callable[..., tuple[Message, str]],
) -> None:
    received("queja")
    assert not Identity.objects.exists()
