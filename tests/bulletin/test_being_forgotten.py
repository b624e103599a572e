"""Whoever asks to be forgotten is: only a keyed hash stays, so that nobody enters the address."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core import serializers
from django.test import Client
from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to
from traza.bulletin import actions, keys
from traza.bulletin.actions.cutting import cut
from traza.bulletin.models import Delivery, Subscriber, Subscription, Suppression
from traza.bulletin.streams import BULLETIN
from traza.foundation.mail.actions import Addressee, queue
from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.mail.queries import progress_of
from traza.foundation.mail.sending import send_due
from traza.foundation.models import AuditEntry
from traza.publishing.models import Publication

KEPT = (Subscriber, Subscription, Delivery, MailMessage, MailDelivery, Suppression, AuditEntry)
HOMICIDES = "/indicadores/homicidios/"


def forget(client: Client, subscriber: Subscriber, **headers: str) -> Any:
    page = keys.address(keys.PREFERENCES, subscriber.key).removeprefix("http://testserver")
    return client.post(f"{page}olvidar/", headers=headers)


def test_the_address_is_nowhere_any_more(
    follower: Callable[..., Subscriber],
    lines: dict[str, Publication],
    client: Client,
    home: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    ana, _eva = (follower(f"{who}@example.org", HOMICIDES) for who in ("ana", "eva"))
    happens(lines[HOMICIDES], "Homicidios: datos de 2025")
    cut("weekly", timezone.now())
    actions.tell_due()
    send_due()
    happens(lines[HOMICIDES], "Homicidios: corregido")
    cut("weekly", timezone.now())
    actions.tell_due()
    assert any(b"ana@example.org" in file.read_bytes() for file in (home / "mail").iterdir())
    with django_capture_on_commit_callbacks(execute=True):
        answer = forget(client, ana)
    assert answer.status_code == 303
    assert "ya no se guarda nada" in client.get(answer.url).content.decode()
    kept = "".join(serializers.serialize("json", model.objects.all()) for model in KEPT)
    assert "ana@example.org" not in kept and ana.key not in kept
    assert not any(b"ana@example.org" in file.read_bytes() for file in (home / "mail").iterdir())
    assert Suppression.objects.get().why == "forgotten"
    # What went out is still counted, and the other one still gets everything.
    sent = MailMessage.objects.filter(kind="digest").order_by("pk")
    first, second = (progress_of([one])[one.pk] for one in sent)
    assert (first.total, first.sent) == (2, 2)
    assert (second.total, second.cancelled) == (2, 1)
    send_due()
    assert [row.state for row in letters_to("eva@example.org", "digest")] == ["sent", "sent"]


def test_letters_of_other_rooms_stay(
    follower: Callable[..., Subscriber], lines: Any, client: Client, home: Path
) -> None:
    ana = follower("ana@example.org")
    queue(kind="contact", subject="Folio", text="Hola", to=[Addressee("ana@example.org")])
    forget(client, ana)
    assert [row.message.kind for row in letters_to("ana@example.org")] == ["contact"]


def test_nobody_else_enters_it_again_but_its_owner_may(
    follower: Callable[..., Subscriber], lines: Any, client: Client, person: Callable[[str], Any]
) -> None:
    forget(client, follower("ana@example.org"))
    [line] = actions.enter(["Ana@Example.org"], [(BULLETIN, "issue")], channel="mail",
                           language="es", actor=person("publisher"))  # fmt: skip
    # Capital letters make no other person of it.
    assert not line.done and not Subscriber.objects.exists()
    back = follower("ana@example.org")
    assert back.state == "active" and not Suppression.objects.exists()


def test_another_site_cannot_ask_for_it(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana = follower("ana@example.org")
    forget(client, ana, **{"Sec-Fetch-Site": "cross-site"})
    assert Subscriber.objects.filter(pk=ana.pk).exists()


def test_staff_forget_for_who_asks_by_other_ways(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    path = f"/admin/boletin/suscripciones/{ana.pk}/olvidar/"
    signed_in("publisher").post(path)
    assert Subscriber.objects.exists()  # only who administers may
    signed_in("administrator").post(path)
    assert not Subscriber.objects.exists()
    entry = AuditEntry.objects.get(action="subscriber.erased")
    assert entry.actor_name == "administrator" and "ana" not in str(entry.target_label)
