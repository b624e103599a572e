"""What the actions share: their error, the lock, follows, and who must not be written to."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from traza.bulletin.models import Digest, Frequency, Subscriber, Subscription, Suppression
from traza.bulletin.streams import Kind, Stream
from traza.foundation.mail.actions import hash_of, hashes_of

#: More than this nobody follows; it bounds what one request can make the system do.
MOST_FOLLOWED = 200


class BulletinError(Exception):
    """It cannot be done as asked; the sentence says why and what to do."""


def locked(subscriber: Subscriber) -> Subscriber:
    """Return the subscriber as it is now, for nobody else to change meanwhile."""
    return Subscriber.objects.select_for_update().get(pk=subscriber.pk)


def known(email: str) -> Subscriber | None:
    """Return who has this address, locked; also where a former secret sealed it."""
    found = Subscriber.objects.select_for_update().filter(email_print__in=hashes_of(email)).first()
    if found is not None and found.email_print != hash_of(email):
        found.email_print = hash_of(email)
        found.save(update_fields=["email_print"])
    return found


def suppressed(email: str) -> Suppression | None:
    """Return why an address must not be entered; a complaint first."""
    return (
        Suppression.objects.filter(email_print__in=hashes_of(email))
        .order_by("why")  # "complaint" comes first
        .first()
    )


def suppress(email_print: str, why: str, at: datetime) -> None:
    """Remember that an address must not be entered by others; a complaint stays one."""
    if not Suppression.objects.filter(
        email_print=email_print, why=Suppression.Why.COMPLAINT
    ).exists():
        Suppression.objects.update_or_create(
            email_print=email_print, defaults={"why": why, "at": at}
        )


def follow(
    subscriber: Subscriber, wanted: Iterable[tuple[Stream, str]], now: datetime, *, confirmed: bool
) -> list[Subscription]:
    """Add what is followed and how often; return what was added.

    What is followed already stays as it is: another frequency is chosen by its owner, who has
    the address of the preferences.
    """
    added = []
    for stream, frequency in wanted:
        if subscriber.subscriptions.count() >= MOST_FOLLOWED:
            break
        one, made = Subscription.objects.get_or_create(
            subscriber=subscriber,
            stream=stream.kind,
            section=stream.section,
            publication=stream.publication,
            defaults={
                "frequency": fitting(stream, frequency),
                "asked_at": now,
                "confirmed_at": now if confirmed else None,
            },
        )
        if made:
            added.append(one)
    return added


def fitting(stream: Stream, frequency: str) -> str:
    """Return the frequency at which a stream is told: issues of the bulletin when they come out."""
    if stream.kind == Kind.BULLETIN:
        return Frequency.ISSUE
    usual = {Frequency.NOW, Frequency.WEEKLY, Frequency.MONTHLY}
    return frequency if frequency in usual else Frequency.WEEKLY


def last_cut(frequency: str) -> datetime | None:
    """Return until when news were cut for a frequency."""
    ends: datetime | None = Digest.objects.filter(frequency=frequency).aggregate(at=Max("ends"))[
        "at"
    ]
    return ends
