"""Sending what is due, one message at a time, so that a killed process mails nobody twice.

Each step is committed before the next: *taken* (ours), *handed* (only the last byte is missing),
and what the server answered. Killed before *handed*, the server never had the message and it is
sent by whoever comes next; killed after it, nobody can know, and it is not sent again by itself.
"""

import fcntl
import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F, QuerySet
from django.utils import timezone

from traza.foundation.mail import rules
from traza.foundation.mail.actions import erase_secret
from traza.foundation.mail.compose import compose
from traza.foundation.mail.models import MailDelivery, MailMessage, MailServer
from traza.foundation.mail.transport import InDoubt, ServerDown, Transport, transport

logger = logging.getLogger(__name__)
State = MailDelivery.State
MINUTE = timedelta(minutes=1)
#: What another machine took and did not finish in this time has lost its sender.
LEASE = timedelta(minutes=15)
#: While limits hold everything back, look again after this many seconds.
PATIENCE = 0.25


class NotOurs(Exception):
    """Another machine took over the message: it was away for too long."""


def send_due(seconds: float | None = None, stopped: Callable[[], bool] = lambda: False) -> int:
    """Send until nothing is due, the time is up or ``stopped`` says so; return how many were tried.

    One process of a machine sends at a time: where another one does, this returns at once.
    """
    until = time.monotonic() + seconds if seconds is not None else float("inf")
    if not MailDelivery.objects.filter(state__in=MailDelivery.UNFINISHED).exists():
        return 0
    tried = 0
    with _only_sender() as mine, _every_commit_on_disk():
        if not mine:
            return 0
        place = transport()
        recover_lost(place)
        try:
            while time.monotonic() < until and not stopped() and not _server_rests():
                full = _full_domains()
                delivery = _take(full) if full is not None else None
                if delivery is not None:
                    if not _send(delivery, place):
                        break
                    tried += 1
                elif full == [] or not _is_due():
                    break
                else:
                    time.sleep(PATIENCE)
        finally:
            place.close()
    return tried


def sender_name() -> str:
    """Return the name under which this machine takes messages."""
    return f"{socket.gethostname()[:40]}:{settings.TRAZA_HOME}"[:120]


@contextmanager
def _only_sender() -> Iterator[bool]:
    """Hold the machine's lock of sending; it ends with the process, however that dies."""
    with (Path(settings.TRAZA_HOME) / "mail.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _every_commit_on_disk() -> Iterator[None]:
    """Let no commit be lost by a power cut: SQLite waits for the disk while mail is sent."""
    possible = connection.vendor == "sqlite" and not connection.in_atomic_block
    if possible:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        if possible:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA synchronous=NORMAL")


@transaction.atomic
def recover_lost(place: Transport) -> None:
    """Sort out what a sender that died had in its hands."""
    now = timezone.now()
    ours = MailDelivery.objects.filter(taken_by=sender_name())
    lost = MailDelivery.objects.filter(taken_at__lt=now - LEASE)
    for rows in (ours, lost):
        rows.filter(state=State.TAKEN).update(state=State.WAITING)
        handed = rows.filter(state=State.HANDED)
        if place.repeatable:
            handed.update(state=State.WAITING)
            continue
        handed.filter(message__repeat_in_doubt=True).update(state=State.WAITING)
        handed.update(
            state=State.DOUBTFUL,
            finished_at=now,
            reply="El proceso terminó antes de leer la respuesta del servidor.",
        )


def _full_domains() -> list[str] | None:
    """Return the domains that had their share of this minute; None if the whole minute is full."""
    minute, domain = settings.TRAZA_EMAIL_PER_MINUTE, settings.TRAZA_EMAIL_PER_DOMAIN
    if not minute and not domain:
        return []
    counts = dict(
        MailDelivery.objects.filter(taken_at__gt=timezone.now() - MINUTE)
        .order_by()
        .values_list("domain")
        .annotate(Count("pk"))
    )
    if minute and sum(counts.values()) >= minute:
        return None
    return [name for name, count in counts.items() if domain and count >= domain]


def _is_due() -> bool:
    return MailDelivery.objects.filter(
        state__in=MailDelivery.DUE, next_at__lte=timezone.now(), message__paused_at__isnull=True
    ).exists()


def _take(full: list[str]) -> MailDelivery | None:
    """Make the next message ours; another machine's claim is left alone."""
    while True:
        now = timezone.now()
        found = (
            MailDelivery.objects.filter(
                state__in=MailDelivery.DUE, next_at__lte=now, message__paused_at__isnull=True
            )
            .exclude(domain__in=full)
            .select_related("message")
            .order_by("priority", "next_at", "pk")
            .first()
        )
        if found is None:
            return None
        taken = MailDelivery.objects.filter(pk=found.pk, state=found.state).update(
            state=State.TAKEN, taken_by=sender_name(), taken_at=now
        )
        if taken:
            return found


def _send(delivery: MailDelivery, place: Transport) -> bool:
    """Send one message that is ours and write down what became of it; False: rest now."""
    if delivery.message.list_id and not delivery.values:
        # Who left while another sender had it must not get it from us.
        _finish(delivery, State.CANCELLED)
        return True
    try:
        raw = compose(delivery)
    except Exception as error:
        # A message that cannot be written must not hold up the others.
        logger.exception("No se pudo componer el correo %s", delivery.pk)
        _finish(delivery, State.REFUSED, reply=f"No se pudo componer el mensaje: {error}")
        return True
    try:
        place.connect()
        answer = place.deliver(delivery, raw, lambda: _hand(delivery))
    except ServerDown as error:
        return _server_failed(delivery, error)
    except NotOurs:
        return True
    except InDoubt as error:
        _in_doubt(delivery, str(error))
        return True
    _server_answers()
    if answer.accepted:
        with transaction.atomic():
            _finish(delivery, State.SENT, answer)
            rules.note_accepted(delivery.address_hash, timezone.now())
    elif answer.temporary and delivery.attempts < len(rules.WAITS):
        _defer(delivery, answer)
    else:
        _refuse(delivery, answer)
    return True


def _hand(delivery: MailDelivery) -> None:
    """Commit that only the last byte is missing; raise where the message is not ours any more."""
    if not _ours(delivery, State.TAKEN).update(state=State.HANDED):
        raise NotOurs


def _ours(delivery: MailDelivery, *states: str) -> QuerySet[MailDelivery]:
    return MailDelivery.objects.filter(
        pk=delivery.pk, state__in=states or (State.TAKEN, State.HANDED), taken_by=sender_name()
    )


def _finish(
    delivery: MailDelivery, state: str, answer: rules.Answer | None = None, reply: str = ""
) -> None:
    _ours(delivery).update(
        state=state,
        finished_at=timezone.now(),
        attempts=F("attempts") + 1,
        code=answer.code if answer else None,
        enhanced=answer.enhanced if answer else "",
        reply=(answer.text if answer else reply)[:250],
    )
    erase_secret(delivery.message)


def _defer(delivery: MailDelivery, answer: rules.Answer) -> None:
    _ours(delivery).update(
        state=State.DEFERRED,
        next_at=timezone.now() + rules.WAITS[delivery.attempts],
        attempts=F("attempts") + 1,
        code=answer.code,
        enhanced=answer.enhanced,
        reply=answer.text[:250],
    )


@transaction.atomic
def _refuse(delivery: MailDelivery, answer: rules.Answer) -> None:
    """Write down a refusal for good, count it against the address, stop a mailing that fails."""
    rules.note_refusal(delivery.address_hash, answer, timezone.now())
    bounced = answer.no_such_address
    _finish(delivery, State.BOUNCED if bounced else State.REFUSED, answer)
    message = delivery.message
    done = message.deliveries.exclude(attempts=0)
    if message.resumed_at is not None:
        done = done.filter(finished_at__gt=message.resumed_at)
    tried = done.exclude(state__in=(State.CANCELLED, State.TAKEN, State.HANDED)).count()
    refused = done.filter(state__in=(State.REFUSED, State.BOUNCED)).count()
    if tried >= rules.BREAKER_MINIMUM and refused > tried * rules.BREAKER_SHARE:
        MailMessage.objects.filter(pk=message.pk, paused_at__isnull=True).update(
            paused_at=timezone.now(),
            pause_reason=f"Se detuvo: {refused} rechazos en {tried} intentos.",
        )


def _in_doubt(delivery: MailDelivery, reason: str) -> None:
    """The answer was lost: repeat where that is the lesser evil, else leave it to a person."""
    if delivery.message.repeat_in_doubt and delivery.attempts < len(rules.WAITS):
        _defer(delivery, rules.Answer(0, reason))
    else:
        _finish(delivery, State.DOUBTFUL, reply=reason)


# --- The server --------------------------------------------------------------------------------


def _server_rests() -> bool:
    return MailServer.objects.filter(next_at__gt=timezone.now()).exists()


def _server_answers() -> None:
    MailServer.objects.filter(errors__gt=0).update(
        errors=0, failing_since=None, next_at=None, reason=""
    )


@transaction.atomic
def _server_failed(delivery: MailDelivery, error: ServerDown) -> bool:
    """Put the message back and leave the server alone for a while; return whether to go on.

    A server that cannot be reached costs no message an attempt: it may be down for a day. One
    that breaks off in the middle of a message does, or that message would hold up the others.
    """
    now = timezone.now()
    server = MailServer.load()
    errors = server.errors + 1
    if error.tried and delivery.attempts >= len(rules.WAITS):
        _finish(delivery, State.REFUSED, reply=str(error))
    elif error.tried:
        _defer(delivery, rules.Answer(0, str(error)))
    else:
        _ours(delivery).update(state=State.DEFERRED if delivery.attempts else State.WAITING)
    rest = not error.tried or errors >= rules.SERVER_ERRORS
    MailServer.objects.filter(pk=server.pk).update(
        errors=errors,
        failing_since=server.failing_since or now,
        next_at=now + rules.server_wait(errors) if rest else None,
        reason=str(error)[:250],
    )
    return not rest
