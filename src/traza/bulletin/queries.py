"""Reads: what somebody follows, what can be followed, the archive, and the counts of the desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from traza.bulletin.models import Delivery, Digest, Issue, Subscriber, Subscription
from traza.bulletin.streams import BULLETIN, Kind, Stream, sections, stream_of
from traza.foundation.mail.actions import MailError, hashes_of, normal
from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.mail.queries import Progress, progress_of
from traza.indicators.queries.territory import own_places
from traza.publishing.models import Publication, Topic

State = Subscriber.State


def followed(subscriber: Subscriber) -> list[Subscription]:
    """Return what somebody follows or asked to follow, in the order in which it was asked."""
    return list(subscriber.subscriptions.select_related("publication"))


def to_confirm(subscriber: Subscriber) -> list[Subscription]:
    """Return what waits for its owner's word: all of it where nothing is confirmed yet."""
    subscriptions = subscriber.subscriptions.select_related("publication")
    if subscriber.state == State.ACTIVE:
        subscriptions = subscriptions.filter(confirmed_at=None)
    return list(subscriptions)


def offered() -> dict[str, list[Stream]]:
    """Return what is offered to everybody, by group: sections, the axes, the institute's places."""
    own = own_places()
    places = [*own.towns, *([own.metro] if own.metro else [])]
    topics = Topic.objects.filter(scheme="axis").order_by("order", "name")
    return {
        "bulletin": [BULLETIN],
        "section": sections(),
        "topic": _lines("topic", [topic.code for topic in topics]),
        "place": _lines("place", [place.code for place in places]),
    }


def _lines(kind: str, keys: list[str]) -> list[Stream]:
    found = {
        line.key: line
        for line in Publication.objects.filter(kind=kind, key__in=keys, is_public=True)
    }
    return [Stream(Kind.PUBLICATION, publication=found[key]) for key in keys if key in found]


def all_that_is_kept(subscriber: Subscriber) -> dict[str, Any]:
    """Return everything that is kept about a subscriber, for that person."""
    consent = subscriber.consent
    mailed = Delivery.objects.filter(subscriber=subscriber).select_related("digest", "issue")
    return {
        "email": subscriber.email,
        "state": str(subscriber.get_state_display()),
        "language": subscriber.language,
        "came_by": str(subscriber.get_channel_display()),
        "asked_from": subscriber.source,
        "asked": subscriber.asked_at.isoformat(),
        "confirmed": subscriber.confirmed_at.isoformat() if subscriber.confirmed_at else None,
        "ended": subscriber.ended_at.isoformat() if subscriber.ended_at else None,
        "consent": {"version": consent.version, "text": consent.text},
        "follows": [
            {
                "what": stream_of(one).name,
                "path": stream_of(one).code,
                "how_often": str(one.get_frequency_display()),
                "asked": one.asked_at.isoformat(),
                "confirmed": one.confirmed_at.isoformat() if one.confirmed_at else None,
            }
            for one in followed(subscriber)
        ],
        "mailed": [
            {"at": one.at.isoformat(), "what": str(one.digest or one.issue)} for one in mailed
        ],
    }


# --- The archive --------------------------------------------------------------------------------


def issues_shown() -> QuerySet[Issue]:
    """Return the issues that readers may see, the latest first."""
    numbers = Publication.objects.shown().filter(kind="issue").values_list("key", flat=True)
    shown: QuerySet[Issue] = Issue.objects.filter(
        live=True, number__in=[int(key) for key in numbers]
    )
    return shown


# --- The back office ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """A digest or an issue and how far its letters got."""

    thing: Digest | Issue
    letters: int
    progress: Progress
    mails: list[MailMessage]

    @property
    def is_moving(self) -> bool:
        """Return whether something is still to be queued, or about to be sent."""
        begun = not isinstance(self.thing, Issue) or self.thing.sent_at is not None
        paused = any(mail.paused_at for mail in self.mails)
        return begun and not paused and (self.thing.queued_at is None or self.progress.waiting > 0)


def counts() -> dict[str, int]:
    """Return how many subscribers there are by state, and how many requests are held."""
    found = dict(Subscriber.objects.order_by().values_list("state").annotate(count=Count("pk")))
    return {
        **{state: found.get(state, 0) for state in State.values},
        "held": held().count(),
        "bulletin": Subscription.objects.filter(
            stream=Kind.BULLETIN, confirmed_at__isnull=False, subscriber__state=State.ACTIVE
        ).count(),
    }


def held() -> QuerySet[Subscriber]:
    """Return the requests that look like a machine's and wait for staff."""
    return Subscriber.objects.filter(state=State.PENDING).exclude(signs=[])


def found(text: str) -> QuerySet[Subscriber]:
    """Return who has this whole address, or got the mail of this token or number.

    Addresses are sealed: part of one finds nothing.
    """
    words = text.split()
    text = words[-1] if words else ""
    if "@" in text:
        try:
            address, _domain = normal(text.strip("<>"))
        except MailError:
            return Subscriber.objects.none()
        return Subscriber.objects.filter(email_print__in=hashes_of(address))
    if len(text) == 32:
        mailed = MailDelivery.objects.filter(token=text) if _is_hex(text) else None
        if mailed is not None:
            return Subscriber.objects.filter(email_print__in=mailed.values("address_hash"))
    number = int(text) if text.isdecimal() and len(text) < 19 else 0
    return Subscriber.objects.filter(pk=number)


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text.lower())


def listed(state: str) -> QuerySet[Subscriber]:
    """Return the subscribers in a state, or those held, newest first."""
    return held() if state == "held" else Subscriber.objects.filter(state=state)


def progress_of_things(things: list[Any], name: str) -> list[Sent]:
    """Return how far the letters of digests or issues got; ``name`` is their field of a letter."""
    by_thing: dict[int, list[MailMessage]] = {thing.pk: [] for thing in things}
    deliveries = (
        {
            row["pk"]: row["count"]
            for row in type(things[0])
            .objects.filter(pk__in=by_thing)
            .order_by()
            .values("pk")
            .annotate(count=Count("deliveries"))
        }
        if things
        else {}
    )
    letters = [
        letter
        for thing in things
        for letter in thing.letters.select_related("mail")
        if letter.mail is not None
    ]
    for letter in letters:
        by_thing[getattr(letter, f"{name}_id")].append(letter.mail)
    progress = progress_of([letter.mail for letter in letters])
    return [
        Sent(
            thing,
            deliveries.get(thing.pk, 0),
            _sum([progress[mail.pk] for mail in by_thing[thing.pk]]),
            by_thing[thing.pk],
        )
        for thing in things
    ]


def _sum(parts: list[Progress]) -> Progress:
    names = ("total", "sent", "waiting", "failed", "doubtful", "cancelled")
    return Progress(**{name: sum(getattr(part, name) for part in parts) for name in names})


def deliveries_of(subscriber: Subscriber) -> list[tuple[Delivery, MailDelivery | None]]:
    """Return what was queued for a subscriber, each with what became of it while that is known."""
    rows = list(
        Delivery.objects.filter(subscriber=subscriber).select_related("digest", "issue", "letter")[
            :50
        ]
    )
    mails = MailDelivery.objects.filter(
        message__in=[row.letter.mail_id for row in rows if row.letter.mail_id],
        address_hash=subscriber.email_print,
    )
    by_mail = {mail.message_id: mail for mail in mails}
    return [(row, by_mail.get(row.letter.mail_id or 0)) for row in rows]


def letters_to(subscriber: Subscriber) -> QuerySet[MailDelivery]:
    """Return the letters to one subscriber that the outbox still has."""
    return MailDelivery.objects.filter(
        address_hash=subscriber.email_print, message__kind="subscription"
    ).select_related("message")


def digests_made(limit: int) -> list[Digest]:
    """Return the latest digests with something in them."""
    return list(
        Digest.objects.exclude(frequency="issue")
        .annotate(changes=Count("items", filter=Q(items__is_silent=False)))
        .filter(changes__gt=0)
        .order_by("-ends")[:limit]
    )
