"""What can be done with a message: receive, take in hand, answer, close, set apart, forget."""

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from traza.foundation.audit import record
from traza.foundation.folios import new_folio
from traza.foundation.sealing import seal
from traza.foundation.workdays import add_workdays
from traza.participation.kinds import Kind
from traza.participation.models import Identity, Message, Reply, Sending
from traza.participation.notice import notice_in_force
from traza.participation.prints import email_print, secret_hash

#: What one network address, or one e-mail, may send in an hour before it looks like a machine.
PER_ADDRESS, PER_EMAIL = 6, 4
MOST_LINKS = 3
#: Who sent what turned out to be advertising is forgotten sooner.
SPAM_DAYS = 30
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*[a-z]|\[url", re.IGNORECASE)

State = Message.State


class MessageError(Exception):
    """It cannot be done as asked; the sentence says why and what to do."""


@dataclass(frozen=True)
class Sender:
    """Who sends: name and e-mail as typed, and a hash of the network address."""

    name: str = ""
    email: str = ""
    address_print: str = ""


@transaction.atomic
def receive(
    kind: Kind,
    answers: Mapping[str, Any],
    sender: Sender,
    *,
    language: str = "es",
    signs: Collection[str] = (),
) -> tuple[Message, str]:
    """Keep a message; return it and the secret of the address where it is followed.

    Whatever looks like a machine waits in another tray. Nothing is refused and nothing is lost.
    """
    now = timezone.now()
    known = email_print(sender.email)
    signs = [*signs, *_signs_in(answers), *_signs_of_haste(sender.address_print, known)]
    Sending.objects.create(at=now, address_print=sender.address_print, email_print=known)
    secret = secrets.token_urlsafe(24)
    today = timezone.localdate(now)
    message = Message.objects.create(
        folio=_free_folio(today),
        secret_hash=secret_hash(secret),
        kind=kind.slug,
        title=_title_of(kind, answers),
        answers={name: value for name, value in answers.items() if value},
        language=language,
        is_spam=bool(signs),
        signs=signs,
        received_at=now,
        due_on=add_workdays(today, kind.days),
        notice=notice_in_force(),
    )
    if sender.name or sender.email:
        Identity.objects.create(
            message=message,
            sealed_name=seal(sender.name),
            sealed_email=seal(sender.email),
            email_print=known,
            erase_on=today + timedelta(days=SPAM_DAYS) if signs else None,
        )
    return message, secret


def _free_folio(today: date) -> str:
    while True:
        folio = new_folio(today)
        if not Message.objects.filter(folio=folio).exists():
            return folio


def _title_of(kind: Kind, answers: Mapping[str, Any]) -> str:
    """Return the first words of what was written, for lists."""
    for question in kind.questions:
        text = answers.get(question.name)
        if isinstance(text, str) and text and not question.choices:
            line = " ".join(text.split())
            return line if len(line) <= 120 else line[:119].rstrip() + "…"
    return str(kind.name)


def _signs_in(answers: Mapping[str, Any]) -> list[str]:
    text = "\n".join(value for value in answers.values() if isinstance(value, str))
    signs = ["links"] if len(_LINK.findall(text)) > MOST_LINKS else []
    return [*signs, "markup"] if _MARKUP.search(text) else signs


def _signs_of_haste(address: str, email: str) -> list[str]:
    lately = Sending.objects.filter(at__gt=timezone.now() - timedelta(hours=1))
    signs = []
    if lately.filter(address_print=address).count() >= PER_ADDRESS:
        signs.append("address")
    if email and lately.filter(email_print=email).count() >= PER_EMAIL:
        signs.append("email")
    return signs


def _locked(message: Message) -> Message:
    return Message.objects.select_for_update().get(pk=message.pk)


@transaction.atomic
def assign(message: Message, person: Any, actor: Any) -> None:
    """Put a message in somebody's hands; whoever follows it sees that it is attended to."""
    message = _locked(message)
    message.assigned_to = person
    if message.state == State.RECEIVED and person is not None:
        message.state = State.IN_HAND
    message.save(update_fields=["assigned_to", "state"])
    record(actor, "message.assigned", message, heir=person.get_username() if person else "")


@transaction.atomic
def answer(message: Message, text: str, actor: Any) -> Reply:
    """Add a reply; whoever follows the message reads it at once."""
    message = _locked(message)
    if message.is_spam:
        raise MessageError(
            "Está en «Posible spam»: primero se recupera a la bandeja y luego se responde."
        )
    reply = Reply.objects.create(message=message, text=text, at=timezone.now(), by=actor)
    if message.state != State.CLOSED:
        message.state = State.ANSWERED
    message.assigned_to = message.assigned_to or actor
    message.save(update_fields=["state", "assigned_to"])
    record(actor, "message.answered", message)
    return reply


@transaction.atomic
def close(message: Message, reason: str, actor: Any) -> None:
    """Close a message with a reason that whoever follows it reads; the identity gets its day."""
    message = _locked(message)
    if message.state == State.CLOSED:
        raise MessageError("Ya estaba cerrado: su motivo está en esta misma pantalla.")
    message.state, message.closed_at, message.closing_reason = State.CLOSED, timezone.now(), reason
    message.save(update_fields=["state", "closed_at", "closing_reason"])
    day = timezone.localdate() + timedelta(days=settings.TRAZA_KEEP_IDENTITY_DAYS)
    Identity.objects.filter(message=message).update(erase_on=day)
    record(actor, "message.closed", message, note=reason)


@transaction.atomic
def reopen(message: Message, actor: Any) -> None:
    """Take a closed message up again; the identity is kept while it is open."""
    message = _locked(message)
    if message.state != State.CLOSED:
        raise MessageError("No está cerrado: se puede responder tal como está.")
    message.state, message.closed_at, message.closing_reason = State.IN_HAND, None, ""
    message.save(update_fields=["state", "closed_at", "closing_reason"])
    Identity.objects.filter(message=message).update(erase_on=None)
    record(actor, "message.reopened", message)


@transaction.atomic
def set_apart(message: Message, actor: Any) -> None:
    """Move a message to the tray of possible spam."""
    message = _locked(message)
    message.is_spam = True
    message.signs = [*message.signs, "staff"]
    message.save(update_fields=["is_spam", "signs"])
    day = timezone.localdate() + timedelta(days=SPAM_DAYS)
    Identity.objects.filter(message=message).update(erase_on=day)
    record(actor, "message.set_apart", message)


@transaction.atomic
def restore(message: Message, actor: Any) -> None:
    """Bring a message back from the tray of possible spam; its deadline starts today."""
    message = _locked(message)
    message.is_spam, message.signs = False, []
    message.due_on = add_workdays(timezone.localdate(), message.described.days)
    message.save(update_fields=["is_spam", "signs", "due_on"])
    Identity.objects.filter(message=message).exclude(message__state=State.CLOSED).update(
        erase_on=None
    )
    record(actor, "message.restored", message)


@transaction.atomic
def erase_identity(message: Message, actor: Any = None) -> bool:
    """Forget who sent a message; return whether there was something to forget."""
    gone, _each = Identity.objects.filter(message=message).delete()
    if gone:
        record(actor, "identity.erased", message, asked_for=actor is None)
    return bool(gone)


def forget_what_is_due() -> int:
    """Erase identities whose day has come and yesterday's counts; return how many identities."""
    Sending.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    due = Identity.objects.filter(erase_on__lte=timezone.localdate())
    if not due.exists():
        return 0
    with transaction.atomic():
        gone, _each = due.delete()
        record(None, "identity.erased", rows=gone)
    return gone


def hand_over(person: Any, heir: Any) -> None:
    """Put the open messages of a person in the hands of another."""
    Message.objects.filter(assigned_to=person).exclude(state=State.CLOSED).update(assigned_to=heir)
