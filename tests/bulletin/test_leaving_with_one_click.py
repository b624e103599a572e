"""RFC 8058: the mailbox's own button ends a subscription, at once and without a page."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to, link, read_mail
from traza.bulletin import actions, keys
from traza.bulletin.actions.cutting import cut
from traza.bulletin.models import Digest, Subscriber, Suppression
from traza.bulletin.streams import BULLETIN
from traza.foundation.mail.actions import retry
from traza.foundation.mail.models import MailDelivery
from traza.foundation.mail.sending import send_due, sender_name
from traza.publishing.models import Publication

State = Subscriber.State


def one_click(path: str) -> Any:
    return Client(enforce_csrf_checks=True).post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )


def told(lines: dict[str, Publication]) -> Digest:
    """Queue the week's digest of one change."""
    happens(lines["/indicadores/homicidios/"], "Homicidios: datos de 2025")
    digest = cut("weekly", timezone.now())
    assert digest is not None
    actions.tell_due()
    return digest


def test_a_mailbox_posts_and_it_is_over(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], home: Path
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/")
    told(lines)
    mail = read_mail(home, "ana@example.org")[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = re.match(r"<http://testserver(\S+)>, <mailto:", mail["List-Unsubscribe"])
    assert found is not None
    # No cookie, no origin, no token of a form: this is how providers do it.
    answer = one_click(found[1])
    assert answer.status_code == 200 and not answer.cookies and "Location" not in answer
    ana.refresh_from_db()
    assert ana.state == State.LEFT and Suppression.objects.get().why == "left"
    assert one_click(found[1]).status_code == 200


def test_what_waits_in_the_queue_is_not_sent_any_more(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], client: Client, home: Path
) -> None:
    ana, _eva = follower("ana@example.org", "/temas/seguridad/"), follower(
        "eva@example.org", "/temas/seguridad/"
    )  # fmt: skip
    send_due()
    told(lines)
    client.post(keys.address(keys.LEAVE, ana.key).removeprefix("http://testserver"))
    send_due()
    states = {who: letters_to(f"{who}@example.org", "digest")[0].state for who in ("ana", "eva")}
    assert states == {"ana": "cancelled", "eva": "sent"}


def test_what_failed_is_not_tried_again_for_who_left(
    follower: Callable[..., Subscriber],
    lines: dict[str, Publication],
    client: Client,
    person: Callable[[str], Any],
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/")
    told(lines)
    row = letters_to("ana@example.org", "digest")[0]
    MailDelivery.objects.filter(pk=row.pk).update(state="refused")
    client.post(keys.address(keys.LEAVE, ana.key).removeprefix("http://testserver"))
    assert retry(row.message, actor=person("administrator")) == 0


def test_one_in_a_dead_sender_s_hands_is_not_taken_up_again(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], home: Path
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/")
    told(lines)
    rows = MailDelivery.objects.filter(message__kind="digest")
    rows.update(state="taken", taken_by=sender_name(), taken_at=timezone.now())
    actions.leave(ana)
    send_due()
    assert rows.get().state == "cancelled"


def test_the_page_has_one_button_and_a_way_back(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], home: Path, client: Client
) -> None:
    follower("ana@example.org", "/temas/seguridad/")
    told(lines)
    mail = read_mail(home, "ana@example.org")[-1]
    page = client.get(link(mail, "baja")).content.decode()
    assert "a…a@example.org" in page and "Seguridad" in page and page.count("<form") == 2
    gone = client.post(link(mail, "baja")).content.decode()
    assert "Ya no llegará nada" in gone and "/boletin/preferencias/" in gone


def test_who_left_is_forgotten_after_a_month_but_cannot_be_entered(
    follower: Callable[..., Subscriber], lines: Any, person: Callable[[str], Any], client: Client
) -> None:
    ana = follower("ana@example.org")
    actions.leave(ana)
    Subscriber.objects.update(ended_at=timezone.now() - timedelta(days=31))
    assert actions.forget_what_is_due() == 1
    assert not Subscriber.objects.exists() and not letters_to("ana@example.org")
    [line] = actions.enter(
        ["ana@example.org"],
        [(BULLETIN, "issue")],
        channel="mail",
        language="es",
        actor=person("publisher"),
    )
    assert not line.done and "dio de baja" in line.said
    # The address in an old mail still answers, and a mailbox that posts is still told yes.
    path = keys.address(keys.LEAVE, ana.key).removeprefix("http://testserver")
    assert client.get(path).status_code == client.post(path).status_code == 200
    # Its owner comes back by the own hand.
    actions.ask("ana@example.org", [(BULLETIN, "issue")])
    back = Subscriber.objects.get()
    actions.confirm(back, [one.pk for one in back.subscriptions.all()])
    assert not Suppression.objects.exists()
