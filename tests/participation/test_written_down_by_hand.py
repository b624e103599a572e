"""What comes by mail, by phone or at the desk gets the same folio, deadline and page."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.participation import files
from tests.participation.files import named
from traza.foundation.mail.models import MailDelivery
from traza.foundation.models import AuditEntry
from traza.foundation.workdays import add_workdays, workdays_between
from traza.participation.kinds import KINDS
from traza.participation.models import Message, Sending

SignedIn = Callable[[Any], Client]
NEW = "/admin/contacto/nuevo/"


def letter(**more: Any) -> dict[str, Any]:
    """Return what staff fill in about a letter that came three days ago."""
    day = timezone.localdate() - timedelta(days=3)
    return {"texto": "No hay banqueta", "canal": "mail", "dia": f"{day}", "idioma": "es", **more}


def test_from_the_envelope_to_the_page_that_is_followed(
    signed_in: SignedIn, client: Client, home: Path
) -> None:
    staff = signed_in("publisher")
    listed = staff.get("/admin/contacto/").content.decode()
    assert f'href="{NEW}"' in listed
    chosen = staff.get(NEW).content.decode()
    for kind in KINDS:
        assert f'href="{NEW}{kind.slug}/"' in chosen
    response = staff.post(
        f"{NEW}queja/",
        letter(nombre="Ana Ruiz", correo="ana@example.org",
               archivos=[named("carta.jpg", files.JPEG)]),
        follow=True,
    )  # fmt: skip
    message, page = Message.objects.get(), response.content.decode()
    came = timezone.localdate() - timedelta(days=3)
    assert timezone.localdate(message.received_at) == came
    assert message.due_on == add_workdays(came, 10)
    assert (message.channel, message.entered_by.username) == ("mail", "publisher")
    assert not message.is_spam and not Sending.objects.exists()
    assert "Por correo" in page and "Lo anotó publisher" in page and "carta.jpg" in page
    address = re.search(r"http://testserver(/contacto/seguimiento/[\w-]+/)", page)
    assert address is not None
    followed = client.get(address[1]).content.decode()
    assert message.folio in followed and "No hay banqueta" in followed
    # It is shown once: afterwards nobody reads it, not even staff.
    assert address[1] not in staff.get(f"/admin/contacto/{message.pk}/").content.decode()
    assert MailDelivery.objects.get().address == "ana@example.org"
    assert AuditEntry.objects.filter(action="message.entered").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"texto": ""}, "Falta escribir esto."),
        ({"dia": "2099-01-01"}, "todavía no llega"),
        ({"dia": "0026-01-01"}, "revisar el año"),
        ({"dia": "ayer"}, "No es una fecha"),
        ({"canal": "web"}, "Por el sitio"),
        ({"correo": "ana@"}, "nombre@sitio.mx"),
        ({"archivos": [named("x.svg", files.SVG)]}, "x.svg"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    more: dict[str, Any], said: str, signed_in: SignedIn
) -> None:
    response = signed_in("publisher").post(f"{NEW}queja/", letter(espera="Una rampa", **more))
    page = response.content.decode()
    assert response.status_code == 400 and "Una rampa" in page
    assert said in page or more == {"canal": "web"}
    assert not Message.objects.exists()


def test_only_who_attends_writes_down(signed_in: SignedIn) -> None:
    for role in ("analyst", "reviewer"):
        client = signed_in(role)
        assert client.get(NEW).status_code == 302
        assert client.post(f"{NEW}queja/", letter()).status_code == 302
        assert NEW not in client.get("/admin/contacto/").content.decode()
    assert not Message.objects.exists()
    assert signed_in("publisher").get(f"{NEW}nada/").status_code == 404


def test_what_came_late_to_the_desk_of_staff_is_late_at_once(signed_in: SignedIn) -> None:
    staff = signed_in("publisher")
    day = timezone.localdate() - timedelta(days=60)
    staff.post(f"{NEW}queja/", letter(dia=f"{day}"))
    message = Message.objects.get()
    assert message.is_late and message.folio in staff.get("/admin/").content.decode()


def test_working_days_between_two_days() -> None:
    friday = timezone.datetime(2026, 12, 18).date()  # type: ignore[attr-defined]
    for count in (0, 1, 5, 12):
        assert workdays_between(friday, add_workdays(friday, count)) == count
    assert workdays_between(friday, friday - timedelta(days=9)) == 0
