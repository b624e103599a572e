"""Transactions overlap: one that began first ends last, and a person presses twice."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to, opened
from traza.bulletin import actions
from traza.bulletin.actions.cutting import cut
from traza.bulletin.models import Digest, DigestItem, Frequency, Subscriber
from traza.bulletin.streams import BULLETIN
from traza.foundation.mail.actions import hash_of
from traza.publishing.models import Change, Publication

#: SQLite lets the cut wait until the slow transaction has ended; PostgreSQL does not.
WAITS = connection.vendor == "sqlite"


@pytest.mark.django_db(transaction=True)
def test_a_change_whose_transaction_ends_late_is_told_once() -> None:
    line = Publication.objects.create(
        kind="indicator", key="a", title="A", path="/a/", first_published=timezone.now(),
        last_changed=timezone.now(),
    )  # fmt: skip
    opened()
    written, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                happens(line, "lenta")
                written.set()
                may_end.wait(20)
        finally:
            connection.close()

    writer: Any = threading.Thread(target=slow)
    writer.start()
    assert written.wait(20)
    if WAITS:
        threading.Timer(0.5, may_end.set).start()
    happens(line, "rápida")
    first = cut(Frequency.WEEKLY, timezone.now())
    may_end.set()
    writer.join(20)
    second = cut(Frequency.WEEKLY, timezone.now())
    assert first is not None and second is not None
    told: list[tuple[int, str]] = list(
        DigestItem.objects.order_by("digest_id", "change__sentence").values_list(
            "digest_id", "change__sentence"
        )
    )
    apart = [(first.pk, "rápida"), (second.pk, "lenta")]
    assert told == ([(first.pk, "lenta"), (first.pk, "rápida")] if WAITS else apart)
    # Its hour lies in the first interval, in whichever digest it is.
    assert Change.objects.get(sentence="lenta").at < Digest.objects.get(pk=first.pk).ends


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_is_one_subscriber() -> None:
    actions.ask("otra@example.org", [(BULLETIN, "issue")])  # the consent is written by now
    ready = threading.Barrier(4)

    def press() -> None:
        try:
            ready.wait(20)
            actions.ask("ana@example.org", [(BULLETIN, "issue")])
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(20)
    subscriber = Subscriber.objects.get(email_print=hash_of("ana@example.org"))
    assert subscriber.subscriptions.count() == 1
    assert len(letters_to("ana@example.org", "subscription")) == 1
