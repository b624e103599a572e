"""What arrives is a mail without fault; the judge that says so finds what is spoilt."""

import email
import email.policy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.mail.judge import faults
from tests.mail.smtp_server import Mailbox
from traza.foundation.mail.actions import Addressee, MailError, queue
from traza.foundation.mail.sending import send_due

LONG = "https://implan.example/boletin/baja/" + "a1b2" * 40 + "/"
TEXT = "Año nuevo, ñandú y cigüeña.\n.\n..dos puntos\n" + "larga " * 400 + "\n" + "x" * 1500 + "\n"
HTML = "<p>Hola [[name]]: <a href='[[unsubscribe_url]]'>baja</a></p><p>" + "ñ" * 1200 + "</p>"


def arrived(mailbox: Mailbox) -> list[bytes]:
    send_due()
    return [raw for _address, raw in mailbox.received]


def a_mailing(html: str = HTML) -> None:
    queue(
        kind="bulletin", list_id="boletin", subject="Boletín de la región: población, agua y «más»",
        text=TEXT, html=html,
        to=[Addressee("ana@correo.example", {"name": "<b>Ana</b>", "unsubscribe_url": LONG})],
    )  # fmt: skip


def test_a_mailing_has_no_fault(db: None, mailbox: Mailbox) -> None:
    a_mailing()
    (raw,) = arrived(mailbox)
    assert faults(raw, listed=True) == []
    assert f"List-Unsubscribe: <{LONG}>, <mailto:boletin@implan.example?subject=baja%20" in (
        raw.decode("ascii")
    )
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert mail["Subject"] == "Boletín de la región: población, agua y «más»"
    text, html = mail.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html.get_content()
    assert LONG in html.get_content()


def test_a_letter_has_no_fault_and_is_no_mailing(
    mailbox: Mailbox, letter: Callable[..., Any]
) -> None:
    letter(subject="Renglón\r\nBcc: otra@correo.example", text="Hola: 5 > 3\n")
    (raw,) = arrived(mailbox)
    assert faults(raw, listed=False) == []
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert (mail["Bcc"], mail["List-Id"], mail["Precedence"]) == (None, None, None)
    assert mail["Subject"] == "Renglón Bcc: otra@correo.example"


@pytest.mark.parametrize(
    ("whole", "spoilt"),
    [
        (b"\r\nSubject", b"\nSubject"),
        (b"\r\nDate:", b"\r\nDate: x\r\nDate:"),
        (b"Message-ID: <", b"Message-ID: <\xc3\xb1"),
        (b"<https://", b"<http://"),
        (b"=One-Click", b"=One-click"),
        (b"Precedence: bulk", b"Precedence: list"),
        (b"text/html", b"text/plain"),
        (b"To: ana@correo.example", b"To: ana@correo.example, b@correo.example"),
        (b"\r\nDate: ", b"\r\nDate: Mon, 03 Feb 2020 10:00:00 +0000\r\nX-Date: "),
        (b"\r\nDate: ", b"\r\nDate: ayer\r\nX-Date: "),
        (b"MIME-Version", b"X-Long: " + b"x" * 999 + b"\r\nMIME-Version"),
    ],
)
def test_the_judge_finds_what_is_spoilt(
    db: None, mailbox: Mailbox, whole: bytes, spoilt: bytes
) -> None:
    a_mailing()
    (raw,) = arrived(mailbox)
    assert whole in raw
    assert faults(raw.replace(whole, spoilt, 1), listed=True)


@pytest.mark.parametrize(
    "fetched", ["<img alt=''>", "<p style='background:url(//x.example)'>", "<td background='x'>"]
)
def test_the_judge_finds_what_would_tell_who_opened_it(
    db: None, mailbox: Mailbox, fetched: str
) -> None:
    a_mailing(HTML + fetched)
    (raw,) = arrived(mailbox)
    assert faults(raw, listed=True) == ["something that is fetched when it is opened"]


def test_the_letter_for_a_new_password_has_no_fault(
    mailbox: Mailbox, settings: Any, client: Client, django_user_model: Any
) -> None:
    settings.EMAIL_BACKEND = "traza.foundation.mail.backend.OutboxBackend"
    django_user_model.objects.create_user("ana", "ana@correo.example", "una clave muy larga")
    client.post("/admin/password_reset/", {"email": "ana@correo.example"})
    (raw,) = arrived(mailbox)
    assert faults(raw, listed=False) == []
    assert b"/admin/password_reset/confirm/" in raw


@pytest.mark.parametrize(
    "address", ["", "sin arroba", "a@b", "a b@correo.example", "a@correo.example\r\nX: y",
                "ñ@correo.example", "a" * 250 + "@correo.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_when_it_is_queued(
    letter: Callable[..., Any], address: str
) -> None:
    with pytest.raises(MailError):
        letter(address)


def test_a_domain_with_accents_is_written_as_mail_servers_read_it(
    mailbox: Mailbox, letter: Callable[..., Any]
) -> None:
    letter("Ana@CAÑÓN.example")
    arrived(mailbox)
    (to,) = mailbox.counts()
    assert to == "Ana@" + "cañón.example".encode("idna").decode()


def test_a_mailing_without_a_way_out_is_refused(db: None) -> None:
    for values in ({}, {"unsubscribe_url": "javascript:x"}, {"unsubscribe_url": "https://x>,<y"}):
        with pytest.raises(MailError):
            queue(
                kind="bulletin", list_id="boletin", subject="x", text="x",
                to=[Addressee("ana@correo.example", values)],
            )  # fmt: skip
