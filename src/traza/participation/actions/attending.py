"""Attending to a message: both sides speak, and it is closed with a reason."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.attachments.field import Sent
from traza.foundation.audit import record
from traza.foundation.workdays import add_workdays, workdays_between
from traza.participation import refusals
from traza.participation.actions.common import (
    MessageError,
    attach,
    forget_on,
    kept_files,
    locked,
)
from traza.participation.actions.receiving import SPAM_DAYS
from traza.participation.letters import send_letter
from traza.participation.models import Letter, Message, Reply, Sending
from traza.participation.queries import forgotten_on

#: So many additions to one message in an hour; more is no person that has something to say.
MOST_ADDITIONS = 10

State = Message.State


@transaction.atomic
def assign(message: Message, person: Any, actor: Any) -> None:
    """Put a message in somebody's hands; whoever follows it sees that it is attended to."""
    message = locked(message)
    message.assigned_to = person
    if message.state == State.RECEIVED and person is not None:
        message.state = State.IN_HAND
    message.save(update_fields=["assigned_to", "state"])
    record(actor, "message.assigned", message, heir=person.get_username() if person else "")


def answer(message: Message, text: str, actor: Any, files: Sequence[Sent] = ()) -> Reply:
    """Add a reply; whoever follows the message reads it at once, and by mail."""
    return _reply(message, Reply.Kind.ANSWER, text, actor, files)


def ask(message: Message, text: str, actor: Any, files: Sequence[Sent] = ()) -> Reply:
    """Ask whoever wrote for more; the deadline rests until they answer."""
    return _reply(message, Reply.Kind.QUESTION, text, actor, files)


def _reply(message: Message, kind: str, text: str, actor: Any, files: Sequence[Sent]) -> Reply:
    with kept_files(files) as kept, transaction.atomic():
        message = locked(message)
        if message.is_spam:
            raise MessageError(
                _("Está en «Posible spam»: primero se recupera a la bandeja y luego se responde.")
            )
        is_question = kind == Reply.Kind.QUESTION
        if is_question and message.state == State.CLOSED:
            raise MessageError(_("Está cerrado: primero se vuelve a abrir y luego se pregunta."))
        reply = Reply.objects.create(
            message=message, kind=kind, text=text, at=timezone.now(), by=actor
        )
        attach(message, kept, reply, forgotten_on(message))
        if message.state != State.CLOSED:
            message.state = State.ASKED if is_question else State.ANSWERED
        message.assigned_to = message.assigned_to or actor
        message.save(update_fields=["state", "assigned_to"])
        record(actor, "message.asked" if is_question else "message.answered", message)
        about = Letter.About.QUESTION if is_question else Letter.About.ANSWER
        send_letter(message, about, reply)
        return reply


def add(message: Message, text: str, files: Sequence[Sent] = (), address_print: str = "") -> Reply:
    """Add what whoever wrote has to say besides; the institute has it in hand again.

    Files count against the network address they come from, as those of a message do.
    """
    with kept_files(files) as kept, transaction.atomic():
        message = locked(message)
        if message.state == State.CLOSED:
            raise MessageError(refusals.CLOSED)
        now = timezone.now()
        lately = message.replies.filter(kind=Reply.Kind.ADDITION, at__gt=now - timedelta(hours=1))
        if lately.count() >= MOST_ADDITIONS:
            raise MessageError(refusals.TOO_MUCH)
        reply = Reply.objects.create(message=message, kind=Reply.Kind.ADDITION, text=text, at=now)
        attach(message, kept, reply, forgotten_on(message))
        if kept:
            Sending.objects.create(at=now, address_print=address_print)
        if message.state == State.ASKED:
            message.due_on = _resumed(message)
        if message.state in (State.ASKED, State.ANSWERED):
            message.state = State.IN_HAND
        message.save(update_fields=["state", "due_on"])
        return reply


def _resumed(message: Message) -> Any:
    """Return the deadline after a question: the days that were left count from today."""
    asked = message.replies.filter(kind=Reply.Kind.QUESTION).latest("at")
    left = workdays_between(timezone.localdate(asked.at), message.due_on)
    return add_workdays(timezone.localdate(), max(left, 1))


@transaction.atomic
def close(message: Message, reason: str, actor: Any) -> None:
    """Close a message with a reason that whoever follows it reads; the identity gets its day."""
    message = locked(message)
    if message.state == State.CLOSED:
        raise MessageError(_("Ya estaba cerrado: su motivo está en esta misma pantalla."))
    message.state, message.closed_at, message.closing_reason = State.CLOSED, timezone.now(), reason
    message.save(update_fields=["state", "closed_at", "closing_reason"])
    forget_on(message, timezone.localdate() + timedelta(days=settings.TRAZA_KEEP_IDENTITY_DAYS))
    record(actor, "message.closed", message, note=reason)
    if not message.is_spam:
        send_letter(message, Letter.About.CLOSED)


@transaction.atomic
def reopen(message: Message, actor: Any) -> None:
    """Take a closed message up again; the identity is kept while it is open."""
    message = locked(message)
    if message.state != State.CLOSED:
        raise MessageError(_("No está cerrado: se puede responder tal como está."))
    message.state, message.closed_at, message.closing_reason = State.IN_HAND, None, ""
    message.save(update_fields=["state", "closed_at", "closing_reason"])
    forget_on(message, None)
    record(actor, "message.reopened", message)


@transaction.atomic
def set_apart(message: Message, actor: Any) -> None:
    """Move a message to the tray of possible spam."""
    message = locked(message)
    message.is_spam = True
    message.signs = [*message.signs, "staff"]
    message.save(update_fields=["is_spam", "signs"])
    forget_on(message, timezone.localdate() + timedelta(days=SPAM_DAYS))
    record(actor, "message.set_apart", message)


@transaction.atomic
def restore(message: Message, actor: Any) -> None:
    """Bring a message back from the tray of possible spam; its deadline starts today."""
    message = locked(message)
    message.is_spam, message.signs = False, []
    message.due_on = add_workdays(timezone.localdate(), message.described.days)
    message.save(update_fields=["is_spam", "signs", "due_on"])
    if message.state != State.CLOSED:
        forget_on(message, None)
    record(actor, "message.restored", message)
    if not message.letters.filter(about=Letter.About.RECEIVED).exists():
        send_letter(message, Letter.About.RECEIVED)


def hand_over(person: Any, heir: Any) -> None:
    """Put the open messages of a person in the hands of another.

    Where the other may not answer, they go back to the tray of all: in their hands nobody saw them.
    """
    taker = heir if heir.has_perm("participation.answer_message") else None
    Message.objects.filter(assigned_to=person).exclude(state=State.CLOSED).update(assigned_to=taker)
