"""Whoever left an address gets the folio and the answers by mail; a failing mail loses nothing."""

import email
import email.policy
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.mail.conftest import mailbox
from tests.mail.judge import faults
from tests.mail.smtp_server import Mailbox
from tests.participation import files
from tests.participation.conftest import stamp
from tests.participation.files import named
from traza.foundation.mail.actions import MailError
from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.mail.sending import send_due
from traza.foundation.workdays import add_workdays
from traza.participation.models import Identity, Message, Reply

__all__ = ["mailbox"]

Received = Callable[..., tuple[Message, str]]
SignedIn = Callable[[Any], Client]
ANA = {"nombre": "Ana Ruiz", "correo": "ana@correo.example"}


def arrived(box: Mailbox) -> list[tuple[str, str]]:
    """Return subject and text of what arrived since the last look; the judge has seen it all."""
    send_due()
    found = []
    for address, raw in box.received:
        assert address == "ana@correo.example"
        assert faults(raw, listed=False) == []
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        body = mail.get_body()
        assert body is not None
        found.append((str(mail["Subject"]), body.get_content().replace("\r\n", "\n")))
    box.received.clear()
    return found


def test_from_the_acknowledgement_to_the_closing(
    mailbox: Mailbox, received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received("error", dice="141 en 2015", **ANA)
    ((subject, text),) = arrived(mailbox)
    assert subject == f"Folio {message.folio}: se recibió"
    assert f"http://testserver{address}" in text  # the secret way back
    assert "141" not in text and "Ana" not in text  # nobody is made to send strange words
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"

    staff.post(f"{base}responder/", {"kind": "question", "text": "¿De qué colonia?"})
    ((subject, text),) = arrived(mailbox)
    assert "hace falta saber algo más" in subject and "¿De qué colonia?" in text
    assert f"http://testserver{address}" in text
    page = client.get(address).content.decode()
    assert "El instituto pregunta" in page and "¿De qué colonia?" in page

    client.post(f"{address}agregar/", {"texto": "De la Centro.", "hora": stamp()},
                headers={"Sec-Fetch-Site": "same-origin"})  # fmt: skip
    message.refresh_from_db()
    assert message.state == "in_hand"
    assert "De la Centro." in staff.get(base).content.decode()

    tricky = "Ya dice 241. [[cuerpo]] [[nadie]] <b>&</b>"
    staff.post(f"{base}responder/",
               {"text": tricky, "archivos": [named("oficio.pdf", files.PDF)]})  # fmt: skip
    ((subject, text),) = arrived(mailbox)
    assert "hay respuesta" in subject and tricky in text and "oficio.pdf" in text
    staff.post(f"{base}cerrar/", {"reason": "Se corrigió."})
    ((subject, text),) = arrived(mailbox)
    assert "se cerró" in subject and "Se corrigió." in text
    shown = staff.get(base).content.decode()
    assert shown.count("Enviado") == 4


def test_in_the_language_in_which_it_was_written(
    mailbox: Mailbox, received: Received, signed_in: SignedIn
) -> None:
    message, address = received(path="/en/contacto/queja/", **ANA)
    signed_in("publisher").post(
        f"/admin/contacto/{message.pk}/responder/", {"text": "It is mended."}
    )
    (first, second) = arrived(mailbox)
    assert first[0] == f"Reference {message.folio}: received"
    assert "It will be answered by" in first[1] and f"http://testserver{address}" in first[1]
    assert second[0] == f"Reference {message.folio}: there is an answer"
    assert not re.search(r"\b(el|la|respuesta|folio)\b", first[1] + second[1], re.IGNORECASE)


def test_what_looks_like_a_machine_makes_us_mail_nobody(
    mailbox: Mailbox, received: Received, signed_in: SignedIn
) -> None:
    message, address = received(trampa="x", **ANA)
    assert arrived(mailbox) == []
    signed_in("publisher").post(f"/admin/contacto/{message.pk}/recuperar/")
    ((subject, text),) = arrived(mailbox)
    assert "se recibió" in subject and address in text


def test_who_leaves_no_address_gets_no_mail(received: Received) -> None:
    message, _address = received("queja", nombre="Ana")
    assert not MailMessage.objects.exists() and not message.letters.exists()


@pytest.mark.parametrize("error", [OSError("disco lleno"), MailError("No sirve")])
def test_a_mail_that_cannot_be_prepared_loses_nothing(
    error: Exception, received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received("queja", **ANA)
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"
    with patch("traza.participation.letters.queue", side_effect=error):
        staff.post(f"{base}responder/", {"text": "Ya se corrigió."})
    assert "Ya se corrigió." in client.get(address).content.decode()
    said = "No sirve" if isinstance(error, MailError) else "El correo no se pudo preparar"
    assert said in staff.get(base).content.decode()
    assert "no llegó" in staff.get("/admin/").content.decode()


def test_what_bounced_is_seen_by_staff(
    mailbox: Mailbox, received: Received, signed_in: SignedIn
) -> None:
    message, _address = received("queja", **ANA)
    mailbox.recipients["ana@correo.example"] = ["550 5.1.1 No existe"]
    send_due()
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"
    page = staff.get(base).content.decode()
    assert "Rebotado" in page and "No existe" in page
    assert f"Un correo del folio {message.folio} no llegó" in staff.get("/admin/").content.decode()
    staff.post(f"{base}cerrar/", {"reason": "Listo."})
    assert "no llegó" not in staff.get("/admin/").content.decode()


def test_the_secret_of_the_page_is_kept_sealed_and_nowhere_in_the_outbox(
    mailbox: Mailbox, received: Received, signed_in: SignedIn
) -> None:
    message, address = received("queja", **ANA)
    secret = address.split("/")[3]
    assert message.identity.secret == secret
    assert secret not in str(list(Identity.objects.values()))
    arrived(mailbox)
    kept = str([list(model.objects.values()) for model in (MailMessage, MailDelivery)])
    assert secret not in kept
    outbox = signed_in("administrator").get(
        f"/admin/correo-saliente/{MailMessage.objects.get().pk}/", follow=True
    )
    assert secret not in outbox.content.decode()


def test_who_asks_to_be_forgotten_leaves_no_mail_behind(
    home: Path, settings: Any, received: Received, client: Client
) -> None:
    settings.TRAZA_EMAIL_HOST = ""  # the demo's folder
    _message, address = received("queja", **ANA)
    send_due()
    (file,) = (home / "mail").iterdir()
    assert "ana@correo.example" in file.read_text()
    client.post(f"{address}borrar/", headers={"Sec-Fetch-Site": "same-origin"})
    assert not MailMessage.objects.exists() and not MailDelivery.objects.exists()
    assert not list((home / "mail").iterdir())


def test_a_mail_that_waits_is_not_sent_once_its_person_is_forgotten(
    mailbox: Mailbox, received: Received, client: Client
) -> None:
    _message, address = received("queja", **ANA)
    client.post(f"{address}borrar/", headers={"Sec-Fetch-Site": "same-origin"})
    assert arrived(mailbox) == []


def test_while_the_institute_asks_the_deadline_rests(
    received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received("queja", **ANA)
    staff = signed_in("publisher")
    staff.post(f"/admin/contacto/{message.pk}/responder/", {"kind": "question", "text": "¿Cuál?"})
    # Asked twenty days ago, when three working days were left.
    then = timezone.now() - timedelta(days=20)
    Reply.objects.update(at=then)
    Message.objects.update(due_on=add_workdays(timezone.localdate(then), 3))
    message.refresh_from_db()
    assert not message.is_late
    assert message.folio in staff.get("/admin/contacto/?bandeja=preguntados").content.decode()
    client.post(f"{address}agregar/", {"texto": "La de junio.", "hora": stamp()},
                headers={"Sec-Fetch-Site": "same-origin"})  # fmt: skip
    message.refresh_from_db()
    assert message.due_on == add_workdays(timezone.localdate(), 3)
    assert message.folio in staff.get("/admin/contacto/").content.decode()


def test_adding_is_refused_in_words_and_keeps_the_text(
    received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received("queja")
    here = {"headers": {"Sec-Fetch-Site": "same-origin"}}
    empty = client.post(f"{address}agregar/", {"texto": "", "hora": stamp()}, **here)
    assert empty.status_code == 400 and "Falta escribir esto." in empty.content.decode()
    cross = client.post(f"{address}agregar/", {"texto": "Con cuidado", "hora": stamp()},
                        headers={"Sec-Fetch-Site": "cross-site"})  # fmt: skip
    assert cross.status_code == 403 and "Con cuidado" in cross.content.decode()
    bad = client.post(f"{address}agregar/", {"texto": "Con cuidado", "hora": stamp(),
                      "archivos": [named("x.svg", files.SVG)]}, **here)  # fmt: skip
    page = bad.content.decode()
    assert bad.status_code == 400 and "Con cuidado" in page and "<bdi>x.svg</bdi>" in page
    assert client.get(f"{address}agregar/").status_code == 405
    signed_in("publisher").post(f"/admin/contacto/{message.pk}/cerrar/", {"reason": "Listo."})
    late = client.post(f"{address}agregar/", {"texto": "Algo más", "hora": stamp()}, **here)
    assert late.status_code == 400 and "ya se cerró" in late.content.decode()
    assert not Reply.objects.exists()
