"""Queueing mail, and what staff do with what waits or failed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traza.foundation.audit import record
from traza.foundation.mail.compose import UNSUBSCRIBE, one_line, placeholders
from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage, MailServer
from traza.foundation.mail.transport import mail_folder

BATCH = 500
LETTER, MAILING = 0, 5
#: Counts of addresses that only failed now and then are forgotten after this time.
FAILURES_KEPT = timedelta(days=90)
_SALT = "traza.mail.address"


class MailError(Exception):
    """The mail cannot be queued as asked; the message says why."""


@dataclass(frozen=True)
class Addressee:
    """Who receives a message, and the values of its places for this person."""

    address: str
    values: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def queue(
    *,
    kind: str,
    subject: str,
    text: str,
    to: Iterable[Addressee],
    html: str = "",
    list_id: str = "",
    sender: str = "",
    reply_to: str = "",
    private: bool = False,
    repeat_in_doubt: bool = False,
    not_before: datetime | None = None,
) -> MailMessage:
    """Store a message for its addressees; it is sent only if the caller's transaction commits.

    With ``list_id`` it is a mailing: every addressee needs an ``unsubscribe_url`` among the values,
    an address written twice is served once, and dead addresses are left out. Raises ``MailError``.
    """
    message = MailMessage.objects.create(
        kind=kind,
        subject=one_line(subject)[:250],
        text=text,
        html=html,
        sender=sender or settings.DEFAULT_FROM_EMAIL,
        reply_to=reply_to,
        list_id=list_id,
        private=private,
        repeat_in_doubt=repeat_in_doubt,
    )
    add_addressees(message, to, not_before=not_before)
    return message


@transaction.atomic
def add_addressees(
    message: MailMessage, to: Iterable[Addressee], *, not_before: datetime | None = None
) -> None:
    """Queue a message for more people, under the same rules; who has it already is left alone.

    A long mailing is queued in parts, so that a killed process goes on where it was.
    """
    needed = placeholders(message.subject, message.text, message.html)
    if message.list_id:
        needed |= {UNSUBSCRIBE}
    when = not_before or timezone.now()
    for batch in _batches(to):
        rows = [_delivery(message, addressee, needed, when) for addressee in batch]
        if message.list_id:
            dead = _dead(row.address_hash for row in rows)
            rows = [row for row in rows if row.address_hash not in dead]
        MailDelivery.objects.bulk_create(rows, ignore_conflicts=True)


def _batches(to: Iterable[Addressee]) -> Iterable[list[Addressee]]:
    batch: list[Addressee] = []
    for addressee in to:
        batch.append(addressee)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _delivery(
    message: MailMessage, addressee: Addressee, needed: set[str], when: datetime
) -> MailDelivery:
    missing = needed - addressee.values.keys()
    if missing:
        raise MailError(_("Faltan datos del correo: %(names)s") % {"names": ", ".join(missing)})
    if UNSUBSCRIBE in needed and not _is_web_address(addressee.values[UNSUBSCRIBE]):
        raise MailError(_("La dirección para darse de baja no es una dirección web."))
    address, domain = normal(addressee.address)
    return MailDelivery(
        message=message,
        address=address,
        address_hash=hash_of(address),
        domain=domain,
        values=addressee.values,
        priority=MAILING if message.list_id else LETTER,
        next_at=when,
    )


def _is_web_address(url: str) -> bool:
    return (
        url.startswith(("https://", "http://"))
        and url.isascii()
        and url.isprintable()
        and (not set(url) & set(' <>,"'))
    )


def normal(address: str) -> tuple[str, str]:
    """Return an address with its domain in small ASCII letters, and the domain."""
    box, _at, domain = address.strip().rpartition("@")
    try:
        domain = domain.lower().encode("idna").decode("ascii")
        validate_email(f"{box}@{domain}")
    except (UnicodeError, ValidationError) as error:
        raise MailError(
            _("No es una dirección de correo: %(address)s") % {"address": address[:80]}
        ) from error
    if not box.isascii() or len(box) + len(domain) > 253:
        raise MailError(_("No es una dirección de correo: %(address)s") % {"address": address[:80]})
    return f"{box}@{domain}", domain


def hash_of(address: str) -> str:
    """Return the keyed hash of an address; capital letters make no other person of it."""
    return salted_hmac(_SALT, address.lower(), algorithm="sha256").hexdigest()


def hashes_of(address: str) -> list[str]:
    """Return the hashes under which an address may be known: by the secret, and by former ones."""
    return [
        salted_hmac(_SALT, address.lower(), secret=secret, algorithm="sha256").hexdigest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]


def _dead(hashes: Iterable[str]) -> set[str]:
    return set(
        MailAddress.objects.filter(
            address_hash__in=list(hashes), bounced_at__isnull=False
        ).values_list("address_hash", flat=True)
    )


# --- What staff do ---------------------------------------------------------------------------


@transaction.atomic
def cancel(message: MailMessage, *, actor: Any) -> int:
    """Give up what still waits; what is on its way goes on. Return how many were cancelled."""
    count = message.deliveries.filter(state__in=MailDelivery.DUE).update(
        state=MailDelivery.State.CANCELLED, finished_at=timezone.now()
    )
    if count:
        record(actor, "mail.cancelled", message, addressees=count)
        erase_secret(message)
    return count


@transaction.atomic
def retry(message: MailMessage, *, actor: Any) -> int:
    """Queue again what was refused or is in doubt; return how many.

    What is in doubt may arrive twice: the screen says so before.
    """
    if not message.text:
        return 0
    failed = message.deliveries.filter(state__in=MailDelivery.FAILED)
    if message.list_id:
        # Whoever left or was forgotten meanwhile has no way out in the row any more.
        failed = failed.exclude(values={})
    count = failed.update(
        state=MailDelivery.State.WAITING, attempts=0, next_at=timezone.now(), finished_at=None
    )
    if count:
        record(actor, "mail.retried", message, addressees=count)
    return count


@transaction.atomic
def resume(message: MailMessage, *, actor: Any) -> bool:
    """Go on with a mailing that stopped by itself; refusals are counted anew."""
    done = MailMessage.objects.filter(pk=message.pk, paused_at__isnull=False).update(
        paused_at=None, pause_reason="", resumed_at=timezone.now()
    )
    if done:
        record(actor, "mail.resumed", message)
    return bool(done)


@transaction.atomic
def try_server_now(*, actor: Any) -> None:
    """Try the mail server at once instead of at its next turn."""
    MailServer.load()
    MailServer.objects.update(next_at=None)
    record(actor, "mail_server.retried")


def hold_restored_mail() -> int:
    """Hold what waited when a copy was made: it may have been sent since. Return how many."""
    return MailDelivery.objects.filter(state__in=MailDelivery.UNFINISHED).update(
        state=MailDelivery.State.DOUBTFUL,
        finished_at=timezone.now(),
        reply="Esperaba cuando se hizo la copia restaurada; quizá ya se había enviado.",
    )


# --- What an addressee decides -----------------------------------------------------------------


@transaction.atomic
def stop_mailings(address_hash: str) -> int:
    """Send nothing more of any list to an address, not even again; return how many waited.

    What is with a sender loses its values: where that sender dies, nobody takes it up again.
    """
    listed = MailDelivery.objects.filter(address_hash=address_hash).exclude(message__list_id="")
    unsent = (*MailDelivery.UNFINISHED, *MailDelivery.FAILED)
    listed.filter(state__in=unsent).update(values={})
    return listed.filter(state__in=MailDelivery.DUE).update(
        state=MailDelivery.State.CANCELLED, finished_at=timezone.now()
    )


@transaction.atomic
def forget_address(address_hash: str, *, letters: str) -> int:
    """Forget an address in mailings and in letters of a kind; return in how many it was.

    Those letters go whole; of mailings what became of them is still counted, under the hash alone.
    """
    stop_mailings(address_hash)
    deliveries = MailDelivery.objects.filter(address_hash=address_hash)
    own = deliveries.filter(message__kind=letters, message__list_id="")
    gone = forget_messages(MailMessage.objects.filter(pk__in=own.values("message_id")))
    listed = deliveries.exclude(message__list_id="")
    tokens = list(listed.values_list("token", flat=True))
    listed.update(address="", values={})
    transaction.on_commit(lambda: _remove_files(tokens))
    return gone + len(tokens)


def revive(address_hash: str) -> None:
    """Write again to an address that refused for good: its owner has just shown that it works."""
    MailAddress.objects.filter(address_hash=address_hash).delete()


def _remove_files(tokens: Iterable[Any]) -> None:
    for token in tokens:
        (mail_folder() / f"{token.hex}.eml").unlink(missing_ok=True)


# --- What is forgotten -------------------------------------------------------------------------


def erase_secret(message: MailMessage) -> None:
    """Erase a private text once nobody waits for it; in the demo's folder it can be read."""
    if message.private and settings.TRAZA_EMAIL_HOST:
        waiting = message.deliveries.filter(state__in=MailDelivery.UNFINISHED)
        if not waiting.exists():
            MailMessage.objects.filter(pk=message.pk).update(text="", html="")
            message.deliveries.update(values={})


def forget_messages(messages: QuerySet[MailMessage]) -> int:
    """Erase messages with their addresses and files, also those that wait; return how many."""
    gone = list(messages.values_list("pk", flat=True))
    deliveries = MailDelivery.objects.filter(message__in=gone)
    tokens = list(deliveries.values_list("token", flat=True))
    MailMessage.objects.filter(pk__in=gone).delete()
    _remove_files(tokens)
    return len(gone)


def forget_old_mail(now: datetime | None = None) -> int:
    """Erase messages that ended long ago, addresses included; return how many."""
    now = now or timezone.now()
    limit = now - timedelta(days=settings.TRAZA_EMAIL_KEEP_DAYS)
    MailAddress.objects.filter(bounced_at__isnull=True, failed_at__lt=now - FAILURES_KEPT).delete()
    unfinished = MailDelivery.objects.filter(state__in=MailDelivery.UNFINISHED)
    recent = MailDelivery.objects.filter(finished_at__gte=limit)
    old = (
        MailMessage.objects.filter(created_at__lt=limit)
        .exclude(pk__in=unfinished.values("message_id"))
        .exclude(pk__in=recent.values("message_id"))
    )
    return forget_messages(old)
