"""Reads: the trays, a message by its secret, what is kept about a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traza.foundation.folios import as_folio
from traza.participation.models import Identity, Message
from traza.participation.prints import email_print, secret_hash
from traza.publishing.models import Publication

State = Message.State
OPEN = (State.RECEIVED, State.IN_HAND)


def message_by_secret(secret: str) -> Message | None:
    """Return the message whose address holds this secret."""
    return Message.objects.filter(secret_hash=secret_hash(secret)).first()


def identity_of(message: Message) -> Identity | None:
    """Return who sent it, while that is kept."""
    return Identity.objects.filter(message=message).first()


def tray(name: str) -> QuerySet[Message]:
    """Return one of the trays: open (first due first), answered, closed, spam, or all."""
    messages = Message.objects.select_related("assigned_to")
    if name == "spam":
        return messages.filter(is_spam=True)
    kept = messages.filter(is_spam=False)
    if name == "abiertos":
        return kept.filter(state__in=OPEN).order_by("due_on", "received_at")
    if name == "respondidos":
        return kept.filter(state=State.ANSWERED)
    return kept.filter(state=State.CLOSED)


def found(text: str, *, may_see_identity: bool) -> QuerySet[Message]:
    """Return the messages with this folio, these words or, for who may see it, from this e-mail."""
    text = text.strip()
    wanted = Q(folio=as_folio(text)) | Q(title__icontains=text)
    if may_see_identity and "@" in text:
        wanted |= Q(identity__email_print=email_print(text))
    return Message.objects.select_related("assigned_to").filter(wanted)


def overdue(messages: QuerySet[Message]) -> QuerySet[Message]:
    """Return those whose day has passed without an answer."""
    return messages.filter(state__in=OPEN, is_spam=False, due_on__lt=timezone.localdate())


def page_named(path: str) -> str:
    """Return a public page as a form shows it, "title (address)"; "" where there is none."""
    bare = path.removeprefix("/en") if path.startswith("/en/") else path
    if not bare.startswith("/") or len(bare) > 200:
        return ""
    parts = bare.partition("?")[0].strip("/").split("/")
    for end in range(len(parts), 0, -1):
        start = "/" + "/".join(parts[:end]) + "/"
        publication = Publication.objects.filter(path=start, is_public=True).first()
        if publication is not None:
            return f"{publication.title[:90]} ({bare})"
    return ""


def all_that_is_kept(message: Message) -> dict[str, Any]:
    """Return everything that is kept about a message, for the person who sent it."""
    identity = identity_of(message)
    return {
        "folio": message.folio,
        "kind": str(message.described.name),
        "received": message.received_at.isoformat(),
        "due": message.due_on.isoformat(),
        "state": str(message.get_state_display()),
        "written": [[str(label), str(answer)] for label, answer in message.written()],
        "name": identity.name if identity else "",
        "email": identity.email if identity else "",
        "identity_erased_on": identity.erase_on.isoformat()
        if identity and identity.erase_on
        else None,
        "privacy_notice": {"version": message.notice.version, "text": message.notice.text},
        "replies": [
            {"at": reply.at.isoformat(), "text": reply.text} for reply in message.replies.all()
        ],
        "closed": message.closed_at.isoformat() if message.closed_at else None,
        "closing_reason": message.closing_reason,
    }
