"""Receiving a message, from the site or from the hands of staff."""

import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from traza.foundation.attachments.field import Sent
from traza.foundation.audit import record
from traza.foundation.folios import new_folio
from traza.foundation.sealing import seal
from traza.foundation.wordings import in_force
from traza.foundation.workdays import add_workdays
from traza.participation.actions.common import Kept, attach, kept_files
from traza.participation.kinds import Kind
from traza.participation.letters import send_letter
from traza.participation.models import Identity, Letter, Message, PrivacyNotice, Sending
from traza.participation.prints import email_print, secret_hash

#: What one network address, or one e-mail, may send in an hour before it looks like a machine.
PER_ADDRESS, PER_EMAIL = 6, 4
MOST_LINKS = 3
#: Who sent what turned out to be advertising is forgotten sooner.
SPAM_DAYS = 30
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_MARKUP = re.compile(r"<\s*/?\s*[a-z]|\[url", re.IGNORECASE)


@dataclass(frozen=True)
class Sender:
    """Who sends: name and e-mail as typed, and a hash of the network address."""

    name: str = ""
    email: str = ""
    address_print: str = ""


@dataclass(frozen=True)
class ByHand:
    """That a person of the staff writes down what came otherwise, how, and on which day."""

    actor: Any
    channel: str
    day: date


def receive(
    kind: Kind,
    answers: Mapping[str, Any],
    sender: Sender,
    *,
    language: str = "es",
    signs: Collection[str] = (),
    files: Sequence[Sent] = (),
    by_hand: ByHand | None = None,
) -> tuple[Message, str]:
    """Keep a message; return it and the secret of the address where it is followed.

    Whatever looks like a machine waits in another tray. Nothing is refused and nothing is lost.
    """
    with kept_files(files) as kept:
        return _receive(kind, answers, sender, language, signs, kept, by_hand)


@transaction.atomic
def _receive(
    kind: Kind,
    answers: Mapping[str, Any],
    sender: Sender,
    language: str,
    signs: Collection[str],
    kept: Sequence[Kept],
    by_hand: ByHand | None,
) -> tuple[Message, str]:
    now = timezone.now()
    known = email_print(sender.email)
    if by_hand is None:
        signs = [*signs, *_signs_in(answers), *signs_of_haste(sender.address_print, known)]
        note_sending(sender.address_print, known)
    secret = secrets.token_urlsafe(24)
    today = timezone.localdate(now)
    came = by_hand.day if by_hand is not None else today
    message = Message.objects.create(
        folio=_free_folio(today),
        secret_hash=secret_hash(secret),
        kind=kind.slug,
        title=_title_of(kind, answers),
        answers={name: value for name, value in answers.items() if value},
        language=language,
        channel=by_hand.channel if by_hand is not None else Message.Channel.WEB,
        entered_by=by_hand.actor if by_hand is not None else None,
        is_spam=bool(signs),
        signs=list(signs),
        received_at=now if came == today else _noon(came),
        due_on=add_workdays(came, kind.days),
        notice=in_force(PrivacyNotice),
    )
    erase_on = today + timedelta(days=SPAM_DAYS) if signs else None
    if sender.name or sender.email:
        Identity.objects.create(
            message=message,
            sealed_name=seal(sender.name),
            sealed_email=seal(sender.email),
            email_print=known,
            sealed_secret=seal(secret),
            erase_on=erase_on,
        )
    attach(message, kept, erase_on=erase_on)
    if by_hand is not None:
        record(by_hand.actor, "message.entered", message, channel=by_hand.channel)
    if not signs:
        # Who sends in somebody else's name would make us the sender of what nobody asked for.
        send_letter(message, Letter.About.RECEIVED)
    return message, secret


def sends_in_haste(address_print: str) -> bool:
    """Return whether so much came from a network address that its files are not taken for now."""
    lately = Sending.objects.filter(at__gt=timezone.now() - timedelta(hours=1))
    return lately.filter(address_print=address_print).count() >= PER_ADDRESS


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


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


def note_sending(address: str, email: str) -> None:
    """Count a form that was sent, by the hashes of where it came from and of its e-mail."""
    Sending.objects.create(at=timezone.now(), address_print=address, email_print=email)


def signs_of_haste(address: str, email: str) -> list[str]:
    """Return what in the last hour's count speaks of a machine."""
    lately = Sending.objects.filter(at__gt=timezone.now() - timedelta(hours=1))
    signs = ["address"] if sends_in_haste(address) else []
    if email and lately.filter(email_print=email).count() >= PER_EMAIL:
        signs.append("email")
    return signs
