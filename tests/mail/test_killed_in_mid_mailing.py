"""The sending process is killed (SIGKILL): the next one finishes, and nobody gets it twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from tests.mail.smtp_server import ACCEPT, Mailbox
from traza.foundation.mail.models import MailDelivery, MailMessage

State = MailDelivery.State
PEOPLE = 320

Start = Callable[[], "subprocess.Popen[bytes]"]


def environment_of(home: Any, settings: Any) -> dict[str, str]:
    """Return what a process of our own needs to work on the test's database and mail server."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite://{database['NAME']}"
    else:
        host = database["HOST"] or "localhost"
        url = (
            f"postgres://{database['USER']}:{database['PASSWORD']}@{host}:{database['PORT']}"
            f"/{database['NAME']}"
        )
        if host.startswith("/"):
            url = f"postgres://{database['USER']}@/{database['NAME']}?host={host}"
    return {
        **os.environ, "DATABASE_URL": url, "TRAZA_HOME": str(home), "TRAZA_EMAIL_HOST": "127.0.0.1",
        "TRAZA_EMAIL_PORT": str(settings.TRAZA_EMAIL_PORT), "TRAZA_EMAIL_PER_MINUTE": "0",
        "TRAZA_EMAIL_PER_DOMAIN": "0", "DJANGO_SETTINGS_MODULE": "traza.settings",
        "TRAZA_EMAIL_FROM": "Instituto <boletin@implan.example>",
        "TRAZA_BASE_URL": "https://implan.example", "TRAZA_SECRET_KEY": settings.SECRET_KEY,
    }  # fmt: skip


@pytest.fixture
def start_sender(
    transactional_db: None, mailbox: Mailbox, home: Any, settings: Any
) -> Iterator[Start]:
    """Return a function that starts ``traza tick``'s sending in a process of its own."""
    environment = environment_of(home, settings)
    started: list[subprocess.Popen[bytes]] = []
    code = (
        "import django; django.setup();"
        "from traza.foundation.mail.sending import send_due; send_due()"
    )

    def begin() -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-c", code], env=environment)
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def kill_at(mailbox: Mailbox, running: list["subprocess.Popen[bytes]"], moments: set[int]) -> None:
    """Make the server kill the sender when it has accepted so many and is asked for one more."""

    def at_recipient(count: int) -> None:
        if count in moments:
            moments.discard(count)
            running[-1].send_signal(signal.SIGKILL)
            running[-1].wait()

    mailbox.at_recipient = at_recipient


def test_killed_between_messages_everybody_gets_it_exactly_once(
    mailing: Callable[..., MailMessage], mailbox: Mailbox, start_sender: Start
) -> None:
    message = mailing(PEOPLE)
    running: list[subprocess.Popen[bytes]] = []
    kill_at(mailbox, running, {1, 100, 101, 250})
    exits = []
    for _number in range(6):
        running.append(start_sender())
        exits.append(running[-1].wait(120))
        if exits[-1] == 0:
            break
    assert exits == [-signal.SIGKILL] * 4 + [0]
    counts = mailbox.counts()
    assert len(counts) == PEOPLE
    assert set(counts.values()) == {1}
    assert message.deliveries.filter(state=State.SENT).count() == PEOPLE


def test_killed_while_the_server_answers_the_one_in_doubt_is_said_and_not_repeated(
    mailing: Callable[..., MailMessage], mailbox: Mailbox, start_sender: Start
) -> None:
    message = mailing(30)
    running: list[subprocess.Popen[bytes]] = []
    moments = {10}

    def at_content(count: int) -> str:
        if count in moments:
            moments.discard(count)
            running[-1].send_signal(signal.SIGKILL)
            running[-1].wait()
        return ACCEPT

    mailbox.at_content = at_content
    running.append(start_sender())
    assert running[-1].wait(60) == -signal.SIGKILL
    running.append(start_sender())
    assert running[-1].wait(60) == 0
    counts = mailbox.counts()
    assert len(counts) == 30
    assert set(counts.values()) == {1}
    (doubtful,) = message.deliveries.filter(state=State.DOUBTFUL)
    assert counts[doubtful.address] == 1
    assert "antes de leer la respuesta" in doubtful.reply
    assert message.deliveries.filter(state=State.SENT).count() == 29


def test_killed_at_any_moment_nobody_gets_it_twice_and_who_lacks_it_is_known(
    mailing: Callable[..., MailMessage], mailbox: Mailbox, start_sender: Start
) -> None:
    message = mailing(PEOPLE)
    mailbox.delay = 0.002
    kills = 0
    for number in range(12):
        process = start_sender()
        goal = len(mailbox.received) + 20 + 3 * number
        while process.poll() is None and len(mailbox.received) < goal:
            time.sleep(0.001)
        if process.poll() is None:
            process.kill()
            kills += 1
        process.wait()
        if kills == 5:
            break
    assert kills == 5
    assert start_sender().wait(120) == 0
    counts = mailbox.counts()
    assert set(counts.values()) == {1}
    lacking = set(message.deliveries.values_list("address", flat=True)) - set(counts)
    doubtful = set(
        message.deliveries.filter(state=State.DOUBTFUL).values_list("address", flat=True)
    )
    assert lacking <= doubtful
    assert len(doubtful) <= kills
    sent = message.deliveries.filter(state=State.SENT).count()
    assert sent + len(doubtful) == PEOPLE


def test_two_senders_at_once_send_each_message_once(
    mailing: Callable[..., MailMessage], mailbox: Mailbox, start_sender: Start
) -> None:
    mailing(60)
    processes = [start_sender(), start_sender(), start_sender()]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    assert len(mailbox.counts()) == 60
    assert set(mailbox.counts().values()) == {1}


def test_the_worker_sends_what_is_queued_and_stops_politely(
    mailing: Callable[..., MailMessage], mailbox: Mailbox, start_sender: Start
) -> None:
    """The thread of ``traza work``: it sends as mail comes, and ends between two messages."""
    from traza.foundation.management.commands import work

    mailing(5)
    stop = threading.Event()
    postman = threading.Thread(target=work._postman, args=(stop,))
    postman.start()
    deadline = time.monotonic() + 30
    while len(mailbox.received) < 5 and time.monotonic() < deadline:
        time.sleep(0.05)
    stop.set()
    postman.join(10)
    assert not postman.is_alive()
    assert set(mailbox.counts().values()) == {1}
    assert MailDelivery.objects.filter(state=State.SENT).count() == 5
