"""Programs that guard mailboxes open every link of every mail: nothing happens by that."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core import serializers
from django.test import Client

from tests.bulletin.conftest import links_in, read_mail
from traza.bulletin import actions, keys
from traza.bulletin.models import (
    Delivery,
    Letter,
    Subscriber,
    Subscription,
    Suppression,
)
from traza.bulletin.streams import BULLETIN
from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage

KEPT = (Subscriber, Subscription, Suppression, Letter, Delivery, MailMessage, MailDelivery,
        MailAddress)  # fmt: skip


def everything() -> str:
    return "\n".join(serializers.serialize("json", one.objects.order_by("pk")) for one in KEPT)


def test_link_scanners_that_get_every_link_change_nothing(
    follower: Callable[..., Subscriber], lines: Any, home: Path
) -> None:
    subscriber = follower("ana@example.org", "boletin", "/temas/seguridad/")
    actions.ask("eva@example.org", [(BULLETIN, "issue")])
    pending = Subscriber.objects.get(state="pending")
    paths = [path for who in ("ana", "eva") for mail in read_mail(home, f"{who}@example.org")
             for path in links_in(mail)]  # fmt: skip
    for one in (subscriber, pending):
        for purpose in (keys.CONFIRM, keys.PREFERENCES, keys.LEAVE):
            path = keys.address(purpose, one.key).removeprefix("http://testserver")
            paths += [path, f"/en{path}"]
        preferences = keys.address(keys.PREFERENCES, one.key).removeprefix("http://testserver")
        paths += [f"{preferences}datos.json", f"{preferences}olvidar/"]
    before = everything()
    for _time in range(3):
        for path in paths:
            for method in ("get", "head", "options"):
                getattr(Client(), method)(path)
    assert len(paths) > 12
    assert everything() == before
