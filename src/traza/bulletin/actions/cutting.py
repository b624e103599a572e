"""Cutting the ledger into digests, so that each change is told once for each frequency.

A change is pending for a frequency while no digest of it has an item for the change. The hour of a
change is written before its transaction ends, and another one may end first: what appears late is
still pending and goes in the next cut, although its hour lies in a former interval.
"""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, Min, OuterRef, QuerySet
from django.utils import timezone

from traza.bulletin.models import Digest, DigestItem, Frequency
from traza.publishing.models import Change
from traza.publishing.silence import held_kinds

#: News "at once" wait until nothing more comes for a while, but not for long.
QUIET, LONGEST_WAIT = timedelta(minutes=5), timedelta(minutes=30)
#: Local hour at which weeks (on Monday) and months (on the first) are told.
HOUR = time(8)
_BATCH = 1000


def cut_due(now: datetime | None = None) -> list[Digest]:
    """Cut what is due of each frequency; return the digests made.

    A site begins with an empty cut of each: what was there before is no news. After days without
    a running system there is one digest for the whole gap, not one for each week of it.
    """
    now = now or timezone.now()
    made = []
    for frequency in Frequency.values:
        last = Digest.objects.filter(frequency=frequency).order_by("-ends").first()
        if last is None:
            Digest.objects.get_or_create(
                frequency=frequency, ends=now, defaults={"begins": now, "queued_at": now}
            )
            continue
        ends = _due(frequency, now)
        if ends is not None and ends > last.ends:
            try:
                digest = cut(frequency, ends)
            except IntegrityError:
                continue  # another process was faster
            if digest is not None:
                made.append(digest)
    return made


def _due(frequency: str, now: datetime) -> datetime | None:
    """Return until when news are to be cut now; issues are cut by a person."""
    if frequency == Frequency.WEEKLY:
        return last_week_end(now)
    if frequency == Frequency.MONTHLY:
        return last_month_end(now)
    if frequency == Frequency.NOW:
        times = pending(Frequency.NOW, now).aggregate(first=Min("at"), last=Max("at"))
        if times["first"] is not None and (
            times["last"] <= now - QUIET or times["first"] <= now - LONGEST_WAIT
        ):
            return now
    return None


def last_week_end(now: datetime) -> datetime:
    """Return the last Monday's hour that has come, by the institute's clock."""
    day = timezone.localdate(now)
    monday = _at_hour(day - timedelta(days=day.weekday()))
    return monday if monday <= now else _at_hour(day - timedelta(days=day.weekday() + 7))


def last_month_end(now: datetime) -> datetime:
    """Return the hour of the last first of a month that has come, by the institute's clock."""
    first = timezone.localdate(now).replace(day=1)
    moment = _at_hour(first)
    return moment if moment <= now else _at_hour((first - timedelta(days=1)).replace(day=1))


def next_cut(frequency: str, now: datetime | None = None) -> datetime | None:
    """Return when weeks or months are told next; None for what has no hour."""
    now = now or timezone.now()
    day = timezone.localdate(now)
    if frequency == Frequency.WEEKLY:
        monday = _at_hour(day - timedelta(days=day.weekday()))
        return monday if monday > now else _at_hour(day + timedelta(days=7 - day.weekday()))
    if frequency == Frequency.MONTHLY:
        first = _at_hour(day.replace(day=1))
        next_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return first if first > now else _at_hour(next_month)
    return None


def _at_hour(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, HOUR))


def pending(frequency: str, until: datetime) -> QuerySet[Change]:
    """Return what happened before a moment and is in no digest of a frequency, the oldest first.

    What an electoral silence holds stays pending until it ends.
    """
    began = Digest.objects.filter(frequency=frequency).aggregate(at=Min("ends"))["at"]
    if began is None:
        return Change.objects.none()
    cut_already = DigestItem.objects.filter(frequency=frequency, change=OuterRef("pk"))
    # An issue does not tell of issues: whoever reads it has them.
    untold = ["issue"] if frequency == Frequency.ISSUE else []
    return (
        Change.objects.filter(~Exists(cut_already), at__gte=began, at__lt=until)
        .exclude(what=Change.What.INITIAL)
        .exclude(publication__kind__in=[*held_kinds(), *untold])
        .order_by("at", "pk")
    )


@transaction.atomic
def cut(frequency: str, ends: datetime) -> Digest | None:
    """Make the digest of what is pending; None where nothing is, or another process made it.

    Raises:
        IntegrityError: another process cut the same changes meanwhile; nothing was written.
    """
    last = Digest.objects.filter(frequency=frequency).order_by("-ends").first()
    if last is None or ends <= last.ends:
        return None
    changes = list(pending(frequency, ends).select_related("publication"))
    if not changes and frequency in (Frequency.NOW, Frequency.ISSUE):
        return None
    digest = Digest.objects.create(frequency=frequency, begins=last.ends, ends=ends)
    DigestItem.objects.bulk_create(
        [
            DigestItem(
                digest=digest,
                frequency=frequency,
                change=change,
                is_silent=not _is_told(change, last.ends),
            )
            for change in changes
        ],
        batch_size=_BATCH,
    )
    if not changes or frequency == Frequency.ISSUE:
        Digest.objects.filter(pk=digest.pk).update(queued_at=timezone.now())
    return digest


def _is_told(change: Change, begins: datetime) -> bool:
    """Return whether there is something to tell.

    Of what left the public only that is told, and only to whom it may have been told before.
    """
    if change.publication.is_public:
        return True
    known_before = change.publication.first_published < begins
    return change.what == Change.What.WITHDRAWN and known_before
