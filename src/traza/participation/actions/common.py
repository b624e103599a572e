"""What the actions share: their error, the lock, files, the day on which people are forgotten."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from traza.foundation.attachments import store
from traza.foundation.attachments.field import Sent
from traza.participation.models import Attachment, Identity, Message, Reply

Kept = tuple[Sent, store.Kept]


class MessageError(Exception):
    """It cannot be done as asked; the sentence says why and what to do."""


def locked(message: Message) -> Message:
    """Return the message as it is now, for nobody else to change meanwhile."""
    return Message.objects.select_for_update().get(pk=message.pk)


@contextmanager
def kept_files(files: Iterable[Sent]) -> Iterator[list[Kept]]:
    """Keep files before a transaction begins; erase them again where it fails."""
    kept: list[Kept] = []
    try:
        for sent in files:
            kept.append((sent, store.keep(sent.file.chunks())))
        yield kept
    except BaseException:
        store.forget(one.token for _sent, one in kept)
        raise


def attach(
    message: Message, kept: Sequence[Kept], reply: Reply | None = None, erase_on: date | None = None
) -> None:
    """Write down the files of a message or of a reply."""
    now = timezone.now()
    for sent, one in kept:
        Attachment.objects.create(
            message=message,
            reply=reply,
            token=one.token,
            name=sent.name,
            kind=sent.kind.slug,
            size=one.size,
            sha256=one.sha256,
            has_programs=sent.has_programs,
            at=now,
            erase_on=erase_on,
        )


def forget_on(message: Message, day: date | None) -> None:
    """Say on which day who wrote and the files are erased; None: not while it is open."""
    Identity.objects.filter(message=message).update(erase_on=day)
    Attachment.objects.filter(message=message).update(erase_on=day)
