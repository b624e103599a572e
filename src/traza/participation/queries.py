"""Reads: the trays, a message by its secret, what is kept about a person."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from traza.foundation.folios import as_folio
from traza.foundation.mail.models import MailDelivery
from traza.participation.models import Attachment, Identity, Letter, Message, Reply
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


def forgotten_on(message: Message) -> date | None:
    """Return the day on which who wrote, or the files, are erased; None while it is open."""
    days = [
        *Identity.objects.filter(message=message).values_list("erase_on", flat=True),
        *message.files.values_list("erase_on", flat=True),
    ]
    return min((day for day in days if day), default=None)


def conversation(message: Message) -> QuerySet[Reply]:
    """Return what was said after the message, by either side, with its files."""
    return message.replies.select_related("by").prefetch_related("files")


def letters_of(message: Message) -> list[tuple[Letter, MailDelivery | None]]:
    """Return what was mailed to whoever wrote, each with what became of it while that is known."""
    letters = list(message.letters.select_related("mail"))
    deliveries = MailDelivery.objects.filter(message__in=[one.mail_id for one in letters])
    by_mail = {delivery.message_id: delivery for delivery in deliveries}
    return [(letter, by_mail.get(letter.mail_id or 0)) for letter in letters]


def undelivered() -> QuerySet[Letter]:
    """Return the letters that did not arrive, of messages that are not closed."""
    failed = MailDelivery.objects.filter(state__in=MailDelivery.FAILED)
    return (
        Letter.objects.filter(Q(mail__in=failed.values("message_id")) | ~Q(problem=""))
        .exclude(message__state=State.CLOSED)
        .select_related("message")
        .order_by("-at")
    )


def tray(name: str) -> QuerySet[Message]:
    """Return one of the trays: open (first due first), asked back, answered, spam, or closed."""
    messages = Message.objects.select_related("assigned_to")
    if name == "spam":
        return messages.filter(is_spam=True)
    kept = messages.filter(is_spam=False)
    if name == "abiertos":
        return kept.filter(state__in=OPEN).order_by("due_on", "received_at")
    if name == "preguntados":
        return kept.filter(state=State.ASKED)
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


def _about_file(file: Attachment) -> dict[str, Any]:
    """Return what is kept of a file beside its content, which is downloaded by itself."""
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256,
        "download": f"archivos/{file.pk}/",
        "erased_on": file.erase_on.isoformat() if file.erase_on else None,
    }


def all_that_is_kept(message: Message) -> dict[str, Any]:
    """Return everything that is kept about a message, for the person who sent it."""
    identity = identity_of(message)
    return {
        "folio": message.folio,
        "kind": str(message.described.name),
        "came_by": str(message.get_channel_display()),
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
            {
                "at": reply.at.isoformat(),
                "kind": str(reply.get_kind_display()),
                "text": reply.text,
                "files": [_about_file(file) for file in reply.files.all()],
            }
            for reply in conversation(message)
        ],
        "files": [_about_file(file) for file in message.files.filter(reply=None)],
        "letters": [
            {"at": letter.at.isoformat(), "about": str(letter.get_about_display())}
            for letter in message.letters.all()
        ],
        "closed": message.closed_at.isoformat() if message.closed_at else None,
        "closing_reason": message.closing_reason,
    }
