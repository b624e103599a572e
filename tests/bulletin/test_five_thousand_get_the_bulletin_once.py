"""The month's issue goes to 5,000 on a bad day: each gets it once, through kills and refusals."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from tests.mail.conftest import mailbox
from tests.mail.judge import faults
from tests.mail.smtp_server import Mailbox
from tests.mail.test_killed_in_mid_mailing import Start, environment_of, kill_at, start_sender
from traza.bulletin import actions
from traza.bulletin.models import Consent, Delivery, Issue, Subscriber, Subscription
from traza.foundation.mail.actions import hash_of
from traza.foundation.mail.models import MailDelivery
from traza.foundation.mail.queries import progress_of
from traza.foundation.mail.sending import send_due
from traza.foundation.sealing import seal
from traza.foundation.wordings import in_force

__all__ = ["mailbox", "start_sender"]
State = MailDelivery.State
PEOPLE = 5000


def address(number: int) -> str:
    return f"persona{number}@correo{number % 7}.example"


#: One in a hundred does not exist, one in a hundred is told to come back later.
GONE = {address(number) for number in range(7, PEOPLE, 100)}
LATER = {address(number) for number in range(8, PEOPLE, 100)}


def make_subscribers() -> None:
    """Make people who confirmed the bulletin; one in ten reads English."""
    consent, now = in_force(Consent), timezone.now()
    people = Subscriber.objects.bulk_create(
        Subscriber(
            sealed_email=seal(address(number)),
            email_print=hash_of(address(number)),
            state=Subscriber.State.ACTIVE,
            language="en" if number % 10 == 0 else "es",
            consent=consent,
            asked_at=now,
            confirmed_at=now,
        )
        for number in range(PEOPLE)
    )
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=one, stream="bulletin", frequency="issue", asked_at=now, confirmed_at=now
        )
        for one in people
    )


@pytest.fixture
def start_teller(
    transactional_db: None, mailbox: Mailbox, home: Any, settings: Any
) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Return a function that starts the queueing of what is due in a process of its own."""
    code = "import django; django.setup();from traza.bulletin.actions import tell_due; tell_due()"
    started: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        environment = environment_of(home, settings)
        started.append(subprocess.Popen([sys.executable, "-c", code], env=environment))
        return started[-1]

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_everybody_gets_it_exactly_once(
    mailbox: Mailbox,
    start_sender: Start,
    start_teller: Callable[[], "subprocess.Popen[bytes]"],
) -> None:
    make_subscribers()
    issue = Issue.objects.create(
        title="Lo nuevo", introduction="Entrada.", body=[("text", "Hola.")], live=False
    )
    issue.save_revision().publish()
    issue.refresh_from_db()
    assert issue.audience == PEOPLE
    # Killed while it queues: whoever has no delivery yet is queued by the next.
    teller = start_teller()
    until = time.monotonic() + 60
    while Delivery.objects.count() == 0 and time.monotonic() < until:
        time.sleep(0.01)
    teller.send_signal(signal.SIGKILL)
    teller.wait()
    queued = Delivery.objects.count()
    assert 0 < queued < PEOPLE and queued == MailDelivery.objects.count()
    assert start_teller().wait(120) == 0
    assert Delivery.objects.count() == MailDelivery.objects.count() == PEOPLE

    mailbox.recipients = {
        **{one: ["550 5.1.1 No existe"] for one in GONE},
        **{one: ["451 4.7.1 Más tarde", "250 OK"] for one in LATER},
    }
    mailbox.drops = 1
    running: list[subprocess.Popen[bytes]] = []
    kill_at(mailbox, running, {1200, 3700})
    exits = []
    for _number in range(4):
        running.append(start_sender())
        exits.append(running[-1].wait(400))
        if exits[-1] == 0:
            break
    assert exits == [-signal.SIGKILL] * 2 + [0]
    MailDelivery.objects.filter(state__in=MailDelivery.UNFINISHED).update(
        next_at="2020-01-01T00:00:00Z"
    )
    mailbox.delay = 0.02
    send_due()
    counts = mailbox.counts()
    assert set(counts) == {address(number) for number in range(PEOPLE)} - GONE
    assert set(counts.values()) == {1}
    progress = progress_of([letter.mail for letter in issue.letters.all() if letter.mail])
    names = ("total", "sent", "failed", "waiting", "doubtful", "cancelled")
    total = [sum(getattr(one, name) for one in progress.values()) for name in names]
    assert total == [PEOPLE, PEOPLE - len(GONE), len(GONE), 0, 0, 0]
    assert actions.note_bounces() == len(GONE)
    assert [faults(raw, listed=True) for _to, raw in mailbox.received[::500]] == [[]] * 10
