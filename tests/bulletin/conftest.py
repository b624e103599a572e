"""A small ledger, people who follow it, and what is mailed to them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from tests.participation.conftest import stamp
from tests.publishing.conftest import ledger, places, publish, topics
from tests.staff.conftest import person, roles, signed_in
from traza.bulletin import actions
from traza.bulletin.models import Digest, Frequency, Subscriber
from traza.bulletin.queries import to_confirm
from traza.bulletin.streams import BULLETIN, Stream, read_stream
from traza.foundation.mail.actions import hash_of
from traza.foundation.mail.models import MailDelivery
from traza.foundation.mail.sending import send_due
from traza.publishing.models import Change, Publication
from traza.publishing.revision import public_change
from traza.publishing.standing import refresh_topics

__all__ = ["ledger", "person", "places", "publish", "roles", "signed_in", "topics"]
_LINK = re.compile(r"http://testserver(\S+)")


@pytest.fixture(autouse=True)
def addresses_here(settings: Any) -> None:
    settings.TRAZA_BASE_URL = "http://testserver"


@pytest.fixture(autouse=True)
def in_spanish() -> None:
    """Forget the language of the page that the test before asked for last."""
    translation.activate("es-mx")


@pytest.fixture
def lines(ledger: dict[str, Publication], topics: dict[str, Any]) -> dict[str, Publication]:
    """Return what is published by its address, topics and places with it; none of it is news."""
    with public_change():
        refresh_topics(topics.values())
    opened()
    return {line.path: line for line in Publication.objects.all()}


@pytest.fixture
def subscribe(db: None) -> Callable[..., Any]:
    """Return a function that sends the public form as the browser of a person does."""

    def send(email: str = "ana@example.org", *follows: str, **data: Any) -> Any:
        headers = {"Sec-Fetch-Site": data.pop("site", "same-origin")}
        address = data.pop("address", "198.51.100.7")
        path = data.pop("path", "/boletin/suscribir/")
        if data.pop("bare", ""):
            headers = {}
        sent = {
            "correo": email,
            "sigue": list(follows) or ["boletin"],
            "frecuencia": "weekly",
            "hora": stamp(),
            "trampa": "",
            **data,
        }
        return Client(enforce_csrf_checks=True).post(
            path, sent, headers=headers, REMOTE_ADDR=address
        )

    return send


@pytest.fixture
def follower(db: None) -> Callable[..., Subscriber]:
    """Return a function that makes somebody who asked and confirmed."""

    def make(
        email: str = "ana@example.org",
        *follows: str | Stream,
        often: str = Frequency.WEEKLY,
        language: str = "es",
    ) -> Subscriber:
        streams = [read_stream(one) if isinstance(one, str) else one for one in follows]
        assert None not in streams, follows
        actions.ask(
            email,
            [(stream, often) for stream in streams if stream] or [(BULLETIN, often)],
            language=language,
        )
        subscriber = Subscriber.objects.get(email_print=hash_of(email))
        actions.confirm(subscriber, [one.pk for one in to_confirm(subscriber)])
        return Subscriber.objects.get(pk=subscriber.pk)

    return make


def letters_to(email: str, kind: str = "") -> list[MailDelivery]:
    """Return what was queued for an address, oldest first."""
    rows = MailDelivery.objects.filter(address=email).select_related("message").order_by("pk")
    return [row for row in rows if not kind or row.message.kind == kind]


def read_mail(home: Path, email: str) -> list[Any]:
    """Send what is due into the folder, and return the mails of an address, oldest first."""
    send_due()
    mails = []
    for row in MailDelivery.objects.filter(address=email).order_by("pk"):
        file = home / "mail" / f"{row.token.hex}.eml"
        if file.exists():
            mails.append(message_from_bytes(file.read_bytes(), policy=policy.default))
    return mails


def links_in(mail: Any) -> list[str]:
    """Return the paths of this site that the text of a mail names."""
    return _LINK.findall(mail.get_body(("plain",)).get_content())


def link(mail: Any, purpose: str) -> str:
    """Return the path for a purpose that a mail names."""
    return next(path for path in links_in(mail) if f"/boletin/{purpose}/" in path)


def opened(days: float = 40) -> datetime:
    """Begin every frequency some days ago, as a site that has run for a while."""
    at = timezone.now() - timedelta(days=days)
    for frequency in Frequency.values:
        Digest.objects.update_or_create(
            frequency=frequency,
            ends=at,
            defaults={"begins": at, "queued_at": at},
        )
    return at


def happens(
    publication: Publication, sentence: str, at: datetime | None = None, what: str = "new_data"
) -> Change:
    """Write a line of the ledger, as a transaction of some hour ago left it."""
    return Change.objects.create(
        publication=publication, what=what, sentence=sentence, at=at or timezone.now()
    )
