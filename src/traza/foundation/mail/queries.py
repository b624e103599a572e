"""What is known of outgoing mail."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from traza.foundation.mail.models import MailAddress, MailDelivery, MailMessage, MailServer

State = MailDelivery.State


@dataclass(frozen=True)
class Progress:
    """How far a message got: addressees by what became of them."""

    total: int
    sent: int
    waiting: int
    failed: int
    doubtful: int
    cancelled: int

    @property
    def done(self) -> int:
        """Return for how many nothing is left to do."""
        return self.total - self.waiting


_COUNTS: dict[str, Any] = {
    "total": Count("deliveries"),
    "sent": Count("deliveries", filter=Q(deliveries__state=State.SENT)),
    "waiting": Count("deliveries", filter=Q(deliveries__state__in=MailDelivery.UNFINISHED)),
    "failed": Count("deliveries", filter=Q(deliveries__state__in=(State.REFUSED, State.BOUNCED))),
    "doubtful": Count("deliveries", filter=Q(deliveries__state=State.DOUBTFUL)),
    "cancelled": Count("deliveries", filter=Q(deliveries__state=State.CANCELLED)),
}


def outbox(text: str = "", show: str = "") -> QuerySet[MailMessage]:
    """Return the messages, newest first, each with its counts; ``show``: waiting or failed."""
    messages = MailMessage.objects.all()
    if text:
        messages = messages.filter(
            Q(subject__icontains=text)
            | Q(pk__in=MailDelivery.objects.filter(address__icontains=text).values("message_id"))
        )
    states = {"waiting": MailDelivery.UNFINISHED, "failed": MailDelivery.FAILED}.get(show)
    if states:
        some = MailDelivery.objects.filter(state__in=states)
        messages = messages.filter(pk__in=some.values("message_id"))
    return messages


def progress_of(messages: list[MailMessage]) -> dict[int, Progress]:
    """Return how far each message got, by its number."""
    rows = (
        MailMessage.objects.filter(pk__in=[message.pk for message in messages])
        .order_by()
        .annotate(**_COUNTS)
        .values("pk", *_COUNTS)
    )
    return {row.pop("pk"): Progress(**row) for row in rows}


def first_addresses(messages: list[MailMessage]) -> dict[int, str]:
    """Return one address of each message, for a list."""
    rows = MailDelivery.objects.filter(message__in=messages).order_by("-pk")
    return dict(rows.values_list("message_id", "address")) if len(messages) <= 100 else {}


def is_dead(address_hash: str) -> bool:
    """Return whether an address refused for good: mailings leave it out."""
    return MailAddress.objects.filter(address_hash=address_hash, bounced_at__isnull=False).exists()


def failing_server() -> MailServer | None:
    """Return the state of the mail server while it does not answer."""
    return MailServer.objects.filter(errors__gt=0).first()


def stopped_mailings() -> QuerySet[MailMessage]:
    """Return the mailings that stopped by themselves and wait for a person."""
    return MailMessage.objects.filter(
        paused_at__isnull=False, deliveries__state__in=MailDelivery.UNFINISHED
    ).distinct()
