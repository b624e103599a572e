"""What a message can become: rooms say here what they make of it.

The room that makes something is asked for a thing of its own; this one remembers from which message
it came, and both sides show it in the back office.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.audit import record
from traza.participation.actions.common import MessageError, locked
from traza.participation.models import Attachment, Message, Outcome


@dataclass(frozen=True)
class Made:
    """What was made, and the screen on which it goes on."""

    target: models.Model
    label: str


@dataclass(frozen=True)
class Becoming:
    """A thing that messages of some kinds can become.

    ``endings`` of files: it is made from one of them, and only where there is one. ``make`` gets
    the message, the file (None where none is needed) and who asks, and may raise ``MessageError``.
    ``url`` returns the screen of a thing that was made; "" where it is gone.
    """

    slug: str
    name: Any
    button: Any
    help: Any
    kinds: tuple[str, ...]
    #: Whether a person may make it.
    may: Callable[[Any], bool]
    make: Callable[[Message, Attachment | None, Any], Made]
    url: Callable[[str], str]
    endings: tuple[str, ...] = ()

    def files_of(self, message: Message) -> list[Attachment]:
        """Return the files it can be made from."""
        return [
            file for file in message.files.all()
            if file.name.rpartition(".")[2].lower() in self.endings
        ]  # fmt: skip


_known: dict[str, Becoming] = {}


def can_become(becoming: Becoming) -> None:
    """Declare a thing that messages can become."""
    _known[becoming.slug] = becoming


def becomings_of(message: Message, user: Any) -> Iterable[tuple[Becoming, list[Attachment]]]:
    """Yield what a person may make of a message, with the files to choose from."""
    for becoming in _known.values():
        if message.is_spam or message.kind not in becoming.kinds:
            continue
        if not becoming.may(user):
            continue
        files = becoming.files_of(message)
        if files or not becoming.endings:
            yield becoming, files


def become(message: Message, slug: str, file_pk: str, user: Any) -> Outcome:
    """Make a thing of a message and remember it. Raises MessageError."""
    offered = {one.slug: (one, files) for one, files in becomings_of(message, user)}
    if slug not in offered:
        raise MessageError(_("Con este mensaje no se puede hacer eso, o hace falta otro permiso."))
    becoming, files = offered[slug]
    file = next((one for one in files if str(one.pk) == file_pk), None)
    if becoming.endings and file is None:
        raise MessageError(_("Falta elegir el archivo."))
    made = becoming.make(message, file, user)
    with transaction.atomic():
        message = locked(message)
        outcome = Outcome.objects.create(
            message=message,
            what=slug,
            target_type=made.target._meta.label_lower,
            target_id=str(made.target.pk),
            label=made.label[:250],
            at=timezone.now(),
            by=user,
        )
        record(user, "message.became", message, what=slug, made=outcome.target_id)
    return outcome


def url_of(outcome: Outcome) -> str:
    """Return the screen of what was made; "" where nobody says so any more."""
    becoming = _known.get(outcome.what)
    return becoming.url(outcome.target_id) if becoming is not None else ""


def name_of(outcome: Outcome) -> str:
    """Return what was made, in words."""
    becoming = _known.get(outcome.what)
    return str(becoming.name) if becoming is not None else outcome.what


def origins(target: models.Model) -> Iterable[Message]:
    """Yield the messages from which a thing was made."""
    if target.pk is None:
        return
    for outcome in Outcome.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    ).select_related("message"):
        yield outcome.message
