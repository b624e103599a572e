"""A server that refuses, delays and drops: tried again by code, given up by rule, never twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.mail.smtp_server import Mailbox
from traza.foundation.mail import rules
from traza.foundation.mail.actions import Addressee, hash_of, queue, resume
from traza.foundation.mail.models import MailDelivery, MailMessage, MailServer
from traza.foundation.mail.queries import failing_server, is_dead
from traza.foundation.mail.sending import send_due

State = MailDelivery.State
Letter = Callable[..., MailMessage]
Passes = Callable[[timedelta], None]
ANA = "ana@correo.example"


def only() -> MailDelivery:
    return MailDelivery.objects.get()


def test_what_is_accepted_is_sent_once(mailbox: Mailbox, letter: Letter) -> None:
    letter()
    assert send_due() == 1
    assert send_due() == 0
    assert mailbox.counts() == {ANA: 1}
    assert (only().state, only().code, only().enhanced) == (State.SENT, 250, "2.0.0")


def test_a_temporary_refusal_waits_longer_each_time_and_then_is_given_up(
    mailbox: Mailbox, letter: Letter, time_passes: Passes
) -> None:
    mailbox.recipients[ANA] = ["452 4.2.2 Buzón lleno"]
    letter()
    send_due()
    for number, wait in enumerate(rules.WAITS, start=1):
        delivery = only()
        assert (delivery.state, delivery.attempts, delivery.code) == (State.DEFERRED, number, 452)
        left = delivery.next_at - timezone.now()
        assert wait - timedelta(minutes=1) < left <= wait
        assert send_due() == 0
        time_passes(wait)
        assert send_due() == 1
    assert (only().state, only().attempts) == (State.REFUSED, 6)
    assert mailbox.received == []


def test_waits_are_those_that_were_agreed() -> None:
    assert [wait.total_seconds() / 60 for wait in rules.WAITS] == [5, 30, 120, 480, 1440]


def test_a_temporary_refusal_that_ends_is_sent_once(
    mailbox: Mailbox, letter: Letter, time_passes: Passes
) -> None:
    mailbox.recipients[ANA] = ["450 4.2.0 Ocupado", "451 4.3.0 Más tarde", "250 OK"]
    letter()
    for _number in range(3):
        send_due()
        time_passes(timedelta(hours=1))
    assert send_due() == 0
    assert mailbox.counts() == {ANA: 1}
    assert only().state == State.SENT


def test_an_address_that_does_not_exist_bounces_at_once_and_gets_no_more_mailings(
    mailbox: Mailbox, mailing: Callable[..., MailMessage], letter: Letter
) -> None:
    gone = "persona1@correo1.example"
    mailbox.recipients[gone] = ["550 5.1.1 No existe"]
    first = mailing(3)
    send_due()
    assert first.deliveries.get(address=gone).state == State.BOUNCED
    assert mailbox.counts().total() == 2
    assert is_dead(hash_of(gone.upper()))
    assert mailing(3).deliveries.count() == 2
    # A letter to that person still goes: they may be asking for a new password.
    assert letter(gone).deliveries.count() == 1


@pytest.mark.parametrize(
    ("answer", "days", "dead"),
    [
        ("550 Rechazado", 1, True),
        ("552 5.2.2 Lleno", 29, True),
        ("550 Rechazado", 31, False),
        ("550 5.7.1 Política", 1, False),
    ],
)
def test_two_other_refusals_in_a_month_make_a_dead_address(
    mailbox: Mailbox, letter: Letter, answer: str, days: int, dead: bool
) -> None:
    from traza.foundation.mail.models import MailAddress

    mailbox.recipients[ANA] = [answer]
    letter()
    send_due()
    assert only().state == State.REFUSED
    assert not is_dead(hash_of(ANA))
    MailAddress.objects.update(failed_at=timezone.now() - timedelta(days=days))
    letter()
    send_due()
    assert is_dead(hash_of(ANA)) == dead


def test_five_messages_given_up_in_a_row_make_a_dead_address(db: None) -> None:
    now, full = timezone.now(), rules.Answer(452, "4.2.2 Lleno", "recipient")
    for week in range(4):
        assert not rules.note_refusal("h", full, now + timedelta(weeks=week))
    assert rules.note_refusal("h", full, now + timedelta(weeks=4))


def test_an_accepted_message_clears_the_count_after_a_week(db: None) -> None:
    now, full = timezone.now(), rules.Answer(452, "4.2.2 Lleno", "recipient")
    for _number in range(4):
        rules.note_refusal("h", full, now)
    rules.note_accepted("h", now + timedelta(hours=1))
    assert not rules.note_refusal("h", full, now + timedelta(days=8))


def test_a_server_that_drops_the_connection_gets_the_mail_later_and_once(
    mailbox: Mailbox, letter: Letter, time_passes: Passes
) -> None:
    mailbox.drops = 2
    letter()
    letter("luis@correo.example")
    send_due()
    assert {row.state for row in MailDelivery.objects.all()} == {State.DEFERRED}
    time_passes(timedelta(minutes=5))
    send_due()
    assert mailbox.counts() == {ANA: 1, "luis@correo.example": 1}
    assert failing_server() is None


def test_an_answer_that_is_lost_leaves_a_mailing_in_doubt_and_is_not_repeated(
    mailbox: Mailbox, mailing: Callable[..., MailMessage], time_passes: Passes
) -> None:
    mailbox.at_content = lambda count: "250 OK (y cuelga)" if count == 1 else "250 OK"
    message = mailing(4)
    send_due()
    time_passes(timedelta(days=2))
    send_due()
    assert mailbox.counts().total() == 4
    assert set(mailbox.counts().values()) == {1}
    states = sorted(message.deliveries.values_list("state", flat=True))
    assert states == [State.DOUBTFUL, State.SENT, State.SENT, State.SENT]


def test_an_answer_that_is_lost_repeats_a_letter_under_the_same_number(
    mailbox: Mailbox, letter: Letter, time_passes: Passes
) -> None:
    mailbox.at_content = lambda count: "250 OK (y cuelga)" if count == 0 else "250 OK"
    letter(repeat_in_doubt=True)
    send_due()
    time_passes(timedelta(minutes=5))
    send_due()
    assert only().state == State.SENT
    numbers = {raw.split(b"Message-ID: ")[1].split(b"\r\n")[0] for _to, raw in mailbox.received}
    assert (len(mailbox.received), len(numbers)) == (2, 1)


def test_a_server_that_is_down_for_a_day_costs_no_message_an_attempt(
    mailbox: Mailbox, letter: Letter, settings: Any
) -> None:
    letter()
    port, settings.TRAZA_EMAIL_PORT = settings.TRAZA_EMAIL_PORT, 9
    waits = []
    for _number in range(20):
        assert send_due() == 0
        server = MailServer.load()
        waits.append(round((server.next_at - timezone.now()).total_seconds()))
        # Until its turn comes nobody knocks.
        assert send_due() == 0
        assert MailServer.load().errors == server.errors
        MailServer.objects.update(next_at=None)
    assert waits[:4] == [30, 60, 120, 240]
    assert max(waits) == waits[-1] == 900
    found = failing_server()
    assert found is not None
    assert "No hay conexión" in found.reason
    assert (only().state, only().attempts) == (State.WAITING, 0)
    settings.TRAZA_EMAIL_PORT = port
    send_due()
    assert mailbox.counts() == {ANA: 1}
    assert failing_server() is None


def test_a_server_that_refuses_the_sender_blames_no_address(
    mailbox: Mailbox, letter: Letter
) -> None:
    mailbox.senders = ["550 5.7.1 No se acepta al remitente"]
    letter()
    send_due()
    found = failing_server()
    assert found is not None
    assert "remitente" in found.reason
    assert (only().state, only().attempts) == (State.WAITING, 0)
    MailServer.objects.update(next_at=None)
    send_due()
    assert only().state == State.SENT


def test_a_mailing_with_too_many_refusals_stops_until_a_person_resumes_it(
    mailbox: Mailbox, mailing: Callable[..., MailMessage], letter: Letter, django_user_model: Any
) -> None:
    message = mailing(120)
    for number in range(0, 120, 10):
        mailbox.recipients[f"persona{number}@correo{number % 3}.example"] = ["550 5.1.1 No existe"]
    send_due()
    message.refresh_from_db()
    assert message.paused_at is not None
    done = message.deliveries.exclude(state=State.WAITING).count()
    assert 50 <= done < 70
    # Others go on.
    letter()
    send_due()
    assert mailbox.counts()[ANA] == 1
    assert message.deliveries.exclude(state=State.WAITING).count() == done
    resume(message, actor=django_user_model.objects.create_user("eva"))
    mailbox.recipients.clear()
    send_due()
    assert not message.deliveries.filter(state=State.WAITING).exists()
    assert set(mailbox.counts().values()) == {1}


def test_a_rolled_back_change_mails_nobody(mailbox: Mailbox, letter: Letter) -> None:
    from django.db import transaction

    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        letter()
        raise Undone
    assert send_due() == 0
    assert mailbox.received == []


def test_an_address_written_twice_is_served_once(mailbox: Mailbox, db: None) -> None:
    way = {"unsubscribe_url": "https://implan.example/baja/1/"}
    people = [Addressee(name, way) for name in (ANA, "Ana@Correo.example", ANA)]
    queue(kind="b", list_id="b", subject="x", text="x\n", to=people)
    send_due()
    assert mailbox.counts() == {ANA: 1}


def test_one_connection_carries_up_to_a_hundred(
    mailbox: Mailbox, mailing: Callable[..., MailMessage]
) -> None:
    mailing(250)
    send_due()
    assert mailbox.counts().total() == 250
    assert mailbox.connections == 3


def test_the_minute_has_a_limit_and_each_domain_too(
    mailbox: Mailbox, mailing: Callable[..., MailMessage], letter: Letter, settings: Any,
    time_passes: Passes,
) -> None:  # fmt: skip
    settings.TRAZA_EMAIL_PER_MINUTE, settings.TRAZA_EMAIL_PER_DOMAIN = 8, 3
    mailing(30)
    send_due(1)
    domains = [address.rpartition("@")[2] for address, _raw in mailbox.received]
    assert len(domains) == 8
    assert max(map(domains.count, domains)) == 3
    # A letter goes before a mailing that still waits.
    letter()
    time_passes(timedelta(minutes=1))
    send_due(1)
    assert len(mailbox.received) == 16
    assert mailbox.received[8][0] == ANA


def test_a_message_that_cannot_be_written_holds_up_no_other(
    mailbox: Mailbox, letter: Letter
) -> None:
    broken = letter("luis@correo.example")
    MailMessage.objects.filter(pk=broken.pk).update(sender="\udcff".encode("utf-8", "replace"))
    letter()
    send_due()
    assert mailbox.counts() == {ANA: 1}
