"""Outgoing mail in the back office: read, retried, cancelled and resumed; secrets stay secret."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traza.foundation.mail.actions import Addressee, queue
from traza.foundation.mail.models import MailDelivery, MailMessage, MailServer
from traza.foundation.mail.sending import send_due
from traza.foundation.models import AuditEntry

State = MailDelivery.State
SignedIn = Callable[[Any], Client]


def a_mailing(count: int = 3) -> MailMessage:
    people = [
        Addressee(
            f"persona{n}@correo.example", {"unsubscribe_url": f"https://implan.example/baja/{n}/"}
        )
        for n in range(count)
    ]
    return queue(
        kind="bulletin", list_id="boletin", subject="Boletín de mayo", to=people,
        text="Baja: [[unsubscribe_url]]\n<script>alert(1)</script>\n",
    )  # fmt: skip


def page_of(client: Client, message: MailMessage) -> str:
    answer = client.get(reverse("traza_outbox_message", args=[message.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def administrator(signed_in: SignedIn) -> Client:
    return signed_in("administrator")


def test_a_forgotten_password_is_a_mail_in_the_folder_and_on_the_screen(
    administrator: Client, home: Any, settings: Any, person: Callable[[str], Any]
) -> None:
    call_command("createcachetable", verbosity=0)
    cache.clear()
    settings.EMAIL_BACKEND = "traza.foundation.mail.backend.OutboxBackend"
    settings.TRAZA_EMAIL_HOST = ""
    person("analyst")
    Client().post("/admin/password_reset/", {"email": "analyst@example.org"})
    message = MailMessage.objects.get()
    assert message.deliveries.get().state == State.WAITING
    send_due()
    (file,) = (home / "mail").glob("*.eml")
    assert b"To: analyst@example.org" in file.read_bytes()
    found = re.search(
        r"/admin/password_reset/confirm/[\w-]+/[\w-]+/", page_of(administrator, message)
    )
    assert found is not None
    listed = administrator.get(reverse("traza_outbox")).content.decode()
    assert "analyst@example.org" in listed
    assert "Enviado" in listed
    # Sent again by a process that was killed before it knew: the same file.
    MailDelivery.objects.update(state=State.HANDED)
    send_due()
    assert len(list((home / "mail").iterdir())) == 1


def test_with_a_server_nobody_reads_the_link_of_another_and_it_is_erased(
    administrator: Client, settings: Any
) -> None:
    from traza.foundation.mail.actions import cancel

    settings.TRAZA_EMAIL_HOST = "correo.example"
    message = queue(
        kind="account", subject="Clave", text="https://x/secreto/", private=True,
        to=[Addressee("ana@correo.example")],
    )  # fmt: skip
    assert "secreto" not in page_of(administrator, message)
    cancel(message, actor=None)
    message.refresh_from_db()
    assert (message.text, message.html) == ("", "")


def test_a_mail_is_shown_as_text_as_its_addressee_gets_it(administrator: Client) -> None:
    shown = page_of(administrator, a_mailing())
    assert "https://implan.example/baja/0/" in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_what_waits_is_cancelled_and_the_audit_says_so(administrator: Client) -> None:
    message = a_mailing()
    message.deliveries.filter(address="persona0@correo.example").update(state=State.SENT)
    administrator.post(reverse("traza_outbox_cancel", args=[message.pk]))
    states = sorted(message.deliveries.values_list("state", flat=True))
    assert states == [State.CANCELLED, State.CANCELLED, State.SENT]
    entry = AuditEntry.objects.get(action="mail.cancelled")
    assert (entry.actor_name, entry.detail) == ("administrator", {"addressees": 2})
    assert "canceló correo saliente" in administrator.get("/admin/bitacora/").content.decode()


def test_what_failed_is_queued_again_and_what_was_sent_is_not(administrator: Client) -> None:
    message = a_mailing(4)
    for number, state in enumerate((State.SENT, State.REFUSED, State.DOUBTFUL, State.BOUNCED)):
        message.deliveries.filter(address=f"persona{number}@correo.example").update(
            state=state, attempts=6, finished_at=timezone.now()
        )
    assert "les puede llegar dos veces" in page_of(administrator, message)
    administrator.post(reverse("traza_outbox_retry", args=[message.pk]))
    states = sorted(message.deliveries.values_list("state", flat=True))
    assert states == [State.SENT, State.WAITING, State.WAITING, State.WAITING]
    assert AuditEntry.objects.get(action="mail.retried").detail == {"addressees": 3}


def test_a_mailing_that_stopped_and_a_server_that_fails_are_on_the_desk(
    administrator: Client,
) -> None:
    message = a_mailing()
    MailMessage.objects.update(paused_at=timezone.now(), pause_reason="Se detuvo: 9 rechazos.")
    MailServer.objects.create(
        pk=1, errors=4, failing_since=timezone.now(), next_at=timezone.now(), reason="No responde."
    )
    desk = administrator.get("/admin/").content.decode()
    assert "Se detuvo: 9 rechazos." in desk
    assert "No responde." in desk
    assert "No responde." in administrator.get(reverse("traza_outbox")).content.decode()
    administrator.post(reverse("traza_outbox_resume", args=[message.pk]))
    administrator.post(reverse("traza_outbox_server"))
    message.refresh_from_db()
    assert message.paused_at is None
    assert MailServer.load().next_at is None
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {
        "mail.resumed", "mail_server.retried",
    }  # fmt: skip


def test_the_list_is_filtered_by_text_and_by_what_is_left(administrator: Client) -> None:
    a_mailing()
    sent = queue(kind="x", subject="Otra", text="x", to=[Addressee("eva@correo.example")])
    sent.deliveries.update(state=State.SENT)
    address = reverse("traza_outbox")
    for asked, mailing, other in (
        ({"buscar": "mayo"}, True, False), ({"buscar": "eva@"}, False, True),
        ({"ver": "waiting"}, True, False), ({"ver": "failed"}, False, False),
        ({"ver": "<x>", "pagina": "zz"}, True, True),
    ):  # fmt: skip
        shown = administrator.get(address, asked).content.decode()
        assert ("Boletín de mayo" in shown, ">Otra<" in shown) == (mailing, other), asked


def test_progress_of_a_mailing_is_shown(administrator: Client) -> None:
    message = a_mailing(10)
    some = message.deliveries.values_list("pk", flat=True)[:4]
    message.deliveries.filter(pk__in=list(some)).update(state=State.SENT)
    assert '<progress max="10" value="4"' in page_of(administrator, message)
    assert "4 de 10" in page_of(administrator, message)
