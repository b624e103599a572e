"""Telling subscribers: who gets what of a digest or an issue, and queueing it.

Subscribers are taken in batches, each in one transaction with its deliveries: a killed process
goes on with whoever has none. Whoever is told the same changes shares one letter.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from traza.bulletin import keys
from traza.bulletin.models import (
    Delivery,
    Digest,
    DigestItem,
    Issue,
    Letter,
    Subscriber,
    Subscription,
)
from traza.bulletin.streams import Kind
from traza.bulletin.writing import Written, write_digest, write_issue
from traza.foundation.mail.actions import Addressee, add_addressees, queue
from traza.foundation.models import Institute
from traza.publishing.models import Change, Publication
from traza.publishing.silence import held_kinds


class UnreadableError(Exception):
    """No address of a batch can be read; the sentence says what is missing."""


#: Subscribers queued in one transaction.
BATCH = 500
LIST_ID = "boletin"
#: Changes, with their hour, by what has to be followed to be told of them.
Index = dict[tuple[str, Any], list[tuple[int, datetime]]]
#: Names these mailings in the outbox.
DIGEST, ISSUE = "digest", "issue"


def tell_due() -> int:
    """Queue every digest and every issue that is not queued whole yet; return how many letters."""
    count = 0
    for digest in Digest.objects.filter(queued_at=None).order_by("ends", "pk"):
        count += tell_digest(digest)
    for issue in Issue.objects.filter(sent_at__isnull=False, queued_at=None).order_by("number"):
        count += tell_issue(issue)
    return count


# --- Digests -----------------------------------------------------------------------------------


def tell_digest(digest: Digest) -> int:
    """Queue a digest for everybody who follows something of it; return how many get a letter."""
    finder = _Finder(digest)
    followers = Subscriber.objects.filter(
        state=Subscriber.State.ACTIVE,
        subscriptions__in=finder.subscriptions(),
    ).distinct()
    count = 0
    for batch in _batches(followers):
        with transaction.atomic():
            count += _tell_batch(digest, batch, finder)
    Digest.objects.filter(pk=digest.pk).update(queued_at=timezone.now())
    return count


def _tell_batch(digest: Digest, numbers: Sequence[int], finder: "_Finder") -> int:
    Digest.objects.select_for_update().get(pk=digest.pk)
    people = _still_to_be_told(numbers, digest=digest)
    wanted = finder.changes_for([one.pk for one in people])
    told = _told(people, finder.oldest)
    same: dict[tuple[str, tuple[int, ...]], list[Subscriber]] = defaultdict(list)
    for one in people:
        changes = wanted[one.pk] - told[one.pk]
        if changes:
            same[(one.language, tuple(sorted(changes)))].append(one)
    for (language, told_now), group in same.items():
        _send(_letter_of_digest(digest, language, told_now), group, digest=digest)
    return sum(map(len, same.values()))


class _Finder:
    """Finds what of a digest each subscriber follows."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.changes = _told_now(DigestItem.objects.filter(digest=digest))
        self.oldest = min((change.at for change in self.changes), default=digest.begins)
        self._by_stream = self._index(self.changes)

    def subscriptions(self) -> QuerySet[Subscription]:
        """Return the confirmed follows of this frequency to which something happened."""
        sections = [name for kind, name in self._by_stream if kind == Kind.SECTION]
        publications = [pk for kind, pk in self._by_stream if kind == Kind.PUBLICATION]
        return Subscription.objects.filter(
            Q(stream=Kind.SECTION, section__in=sections)
            | Q(stream=Kind.PUBLICATION, publication__in=publications)
            | Q(untold_since__isnull=False),
            frequency=self.digest.frequency,
            confirmed_at__isnull=False,
        )

    def changes_for(self, people: Sequence[int]) -> dict[int, set[int]]:
        """Return, by subscriber, the changes of what they follow since they follow it."""
        wanted: dict[int, set[int]] = defaultdict(set)
        caught_up = []
        for one in self.subscriptions().filter(subscriber__in=people):
            index = self._by_stream
            if one.untold_since is not None:
                index = self._index(self._changes_since(one.untold_since))
                caught_up.append(one.pk)
            since = one.untold_since or one.confirmed_at
            key = (one.stream, one.section or one.publication_id)
            wanted[one.subscriber_id] |= {
                pk for pk, at in index.get(key, ()) if since is not None and at >= since
            }
        Subscription.objects.filter(pk__in=caught_up).update(untold_since=None)
        return wanted

    def _changes_since(self, since: datetime) -> list[Change]:
        """Return what was cut for this frequency since a moment, up to this digest."""
        self.oldest = min(self.oldest, since)
        items = DigestItem.objects.filter(
            frequency=self.digest.frequency,
            digest__ends__lte=self.digest.ends,
            change__at__gte=since,
        )
        return _told_now(items)

    def _index(self, changes: Sequence[Change]) -> Index:
        """Return the changes by what has to be followed to be told of them."""
        index: Index = defaultdict(list)
        of_publication: dict[int, list[Change]] = defaultdict(list)
        for change in changes:
            index[(Kind.SECTION, change.publication.kind)].append((change.pk, change.at))
            index[(Kind.PUBLICATION, change.publication_id)].append((change.pk, change.at))
            of_publication[change.publication_id].append(change)
        for followed, about in _followed_about(list(of_publication), self.digest.frequency):
            if followed != about:
                index[(Kind.PUBLICATION, followed)] += [
                    (change.pk, change.at) for change in of_publication[about]
                ]
        return index


def _told_now(items: QuerySet[DigestItem]) -> list[Change]:
    """Return the changes of some items that may be told at this moment.

    Between the cut and the letters a system may stand still for a day: what left the public or is
    held by an electoral silence by then is not told.
    """
    changes = Change.objects.filter(pk__in=items.filter(is_silent=False).values("change_id"))
    shown = Q(publication__is_public=True) | Q(what=Change.What.WITHDRAWN)
    return list(
        changes.filter(shown)
        .exclude(publication__kind__in=held_kinds())
        .select_related("publication")
    )


def _followed_about(publications: Sequence[int], frequency: str) -> Iterable[tuple[int, int]]:
    """Yield (topic or place that somebody follows, publication about it), both of the ledger."""
    followed = Publication.objects.filter(
        pk__in=Subscription.objects.filter(
            frequency=frequency, stream=Kind.PUBLICATION, confirmed_at__isnull=False
        ).values("publication_id")
    )
    for kind in ("topic", "place"):
        lines = dict(followed.filter(kind=kind).values_list("key", "pk"))
        if not lines:
            continue
        through: Any = getattr(Publication, f"{kind}s").through
        for start in range(0, len(publications), BATCH):
            rows = through.objects.filter(
                publication_id__in=publications[start : start + BATCH],
                **{f"{kind}__code__in": lines},
            )
            for about, key in rows.values_list("publication_id", f"{kind}__code"):
                yield lines[key], about


def _told(people: Sequence[Subscriber], since: datetime) -> dict[int, set[int]]:
    """Return, by subscriber, what was told since a moment: nobody hears a thing twice.

    Who changes the frequency may meet the same change in two digests.
    """
    told: dict[int, set[int]] = defaultdict(set)
    rows = Delivery.objects.filter(
        subscriber__in=[one.pk for one in people], at__gte=since, digest__isnull=False
    )
    for pk, changes in rows.values_list("subscriber_id", "letter__changes"):
        told[pk or 0] |= set(changes)
    return told


def _letter_of_digest(digest: Digest, language: str, changes: tuple[int, ...]) -> Letter:
    mark = hashlib.sha256(json.dumps(changes).encode()).hexdigest()
    known = Letter.objects.filter(digest=digest, language=language, print=mark).first()
    if known is not None and known.mail is not None:
        return known
    rows = Change.objects.filter(pk__in=changes).select_related("publication")
    with _speaking(language):
        mail = _queue(DIGEST, write_digest(digest.frequency, list(rows)))
    letter, _made = Letter.objects.update_or_create(
        digest=digest,
        language=language,
        print=mark,
        defaults={"changes": list(changes), "mail": mail},
    )
    return letter


# --- Issues ------------------------------------------------------------------------------------


def tell_issue(issue: Issue) -> int:
    """Queue an issue for everybody who followed the bulletin when it was sent."""
    count = 0
    for batch in _batches(audience(issue.sent_at)):
        with transaction.atomic():
            Issue.objects.select_for_update().get(pk=issue.pk)
            people = _still_to_be_told(batch, issue=issue)
            for language in sorted({one.language for one in people}):
                group = [one for one in people if one.language == language]
                _send(_letter_of_issue(issue, language), group, issue=issue)
            count += len(people)
    Issue.objects.filter(pk=issue.pk).update(queued_at=timezone.now())
    return count


def audience(at: datetime | None = None) -> QuerySet[Subscriber]:
    """Return who receives the bulletin and confirmed it before a moment, by default now."""
    follows = Subscription.objects.filter(
        stream=Kind.BULLETIN, confirmed_at__lte=at or timezone.now(), subscriber=OuterRef("pk")
    )
    return Subscriber.objects.filter(Exists(follows), state=Subscriber.State.ACTIVE)


def _letter_of_issue(issue: Issue, language: str) -> Letter:
    known = Letter.objects.filter(issue=issue, language=language).first()
    if known is not None and known.mail is not None:
        return known
    with _speaking(language):
        mail = _queue(ISSUE, write_issue(issue))
    letter, _made = Letter.objects.update_or_create(
        issue=issue, language=language, defaults={"mail": mail}
    )
    return letter


# --- Both --------------------------------------------------------------------------------------


def _batches(people: QuerySet[Subscriber]) -> Iterable[list[int]]:
    """Yield the numbers of subscribers, some at a time, in their order."""
    last = 0
    while True:
        found = people.order_by("pk").filter(pk__gt=last).values_list("pk", flat=True)
        batch = list(found[:BATCH])
        if not batch:
            return
        yield batch
        last = batch[-1]


def _still_to_be_told(numbers: Sequence[int], **what: Model) -> list[Subscriber]:
    """Return, locked, those who are active and have no delivery of this yet."""
    had = Delivery.objects.filter(subscriber__in=numbers, **what).values("subscriber_id")
    found = list(
        Subscriber.objects.select_for_update()
        .filter(pk__in=numbers, state=Subscriber.State.ACTIVE)
        .exclude(pk__in=had)
        .order_by("pk")
    )
    if found and not any(one.email for one in found):
        # Nobody is left out for good because the server was started with another secret.
        raise UnreadableError(
            "Los correos de quienes se suscribieron se guardaron con otra clave secreta. Hace "
            "falta la anterior en TRAZA_SECRET_KEY; hasta entonces no se envía."
        )
    return found


def _queue(kind: str, written: Written) -> Any:
    return queue(
        kind=kind,
        subject=written.subject,
        text=written.text,
        html=written.html,
        to=[],
        list_id=LIST_ID,
        reply_to=Institute.load().contact_email,
    )


def _send(letter: Letter, people: Sequence[Subscriber], **what: Model) -> None:
    """Queue a letter for some subscribers and write down that they have it."""
    if letter.mail is None:
        raise ValueError("a letter without its mail")
    readable = [(one, email) for one in people if (email := one.email)]
    add_addressees(letter.mail, [addressee(one, email) for one, email in readable])
    now = timezone.now()
    Delivery.objects.bulk_create(
        [Delivery(letter=letter, subscriber=one, at=now, **what) for one, _email in readable]
    )


def addressee(subscriber: Subscriber, email: str) -> Addressee:
    """Return a subscriber with the addresses that every mailing carries."""
    return Addressee(
        email,
        {
            "unsubscribe_url": keys.address(keys.LEAVE, subscriber.key, subscriber.language),
            "preferences_url": keys.address(keys.PREFERENCES, subscriber.key, subscriber.language),
        },
    )


def _speaking(language: str) -> Any:
    return override("en" if language == "en" else "es-mx")
