"""Forgetting who wrote: the name, the address, the files, and what was mailed."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from traza.foundation.attachments import store
from traza.foundation.audit import record
from traza.foundation.mail.actions import forget_messages
from traza.foundation.mail.models import MailMessage
from traza.participation.models import Attachment, Identity, Letter, Message, Sending


@transaction.atomic
def forget_sender(message: Message, actor: Any = None) -> bool:
    """Forget who sent a message, its files included; return whether there was something."""
    identities, files = _forget([message.pk])
    if identities or files:
        record(actor, "identity.erased", message, asked_for=actor is None, files=files)
    return bool(identities or files)


def _forget(messages: Iterable[int]) -> tuple[int, int]:
    """Erase all that says who sent these messages; return how many identities and files."""
    messages = list(messages)
    identities, _each = Identity.objects.filter(message__in=messages).delete()
    letters = Letter.objects.filter(message__in=messages)
    forget_messages(MailMessage.objects.filter(pk__in=letters.values("mail_id")))
    files = Attachment.objects.filter(message__in=messages)
    tokens = list(files.values_list("token", flat=True))
    files.delete()
    transaction.on_commit(lambda: store.forget(tokens))
    return identities, len(tokens)


def forget_what_is_due() -> int:
    """Erase who wrote where the day has come, and old counts; return how many identities."""
    Sending.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    store.forget_orphans(_named)
    today = timezone.localdate()
    due = set(Identity.objects.filter(erase_on__lte=today).values_list("message_id", flat=True))
    due |= set(Attachment.objects.filter(erase_on__lte=today).values_list("message_id", flat=True))
    if not due:
        return 0
    with transaction.atomic():
        gone, files = _forget(due)
        record(None, "identity.erased", rows=gone, files=files)
    return gone


def _named() -> set[str]:
    return set(Attachment.objects.values_list("token", flat=True))
