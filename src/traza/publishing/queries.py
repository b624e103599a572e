"""Reads of the ledger: what is new, what belongs together."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Min, QuerySet

from traza.places.models import Place
from traza.publishing.models import Change, Publication, Topic
from traza.publishing.silence import held_kinds

#: A publication about more places than this is about none in particular.
_MANY_PLACES = 60
#: Topics and places are the links themselves, not what is found through them.
_LINKS = ("topic", "place")


def latest_changes(
    limit: int,
    *,
    kinds: Collection[str] | None = None,
    topic: Topic | None = None,
    place: Place | None = None,
    publication: Publication | None = None,
    before: datetime | None = None,
) -> list[Change]:
    """Return what happened to public things, the latest first; first loads are not news."""
    changes = (
        Change.objects.filter(publication__is_public=True)
        .exclude(what=Change.What.INITIAL)
        .exclude(publication__kind__in=held_kinds())
        .select_related("publication")
    )
    if kinds is not None:
        changes = changes.filter(publication__kind__in=list(kinds))
    if topic is not None:
        changes = changes.filter(publication__topics=topic)
    if place is not None:
        changes = changes.filter(publication__places=place)
    if publication is not None:
        changes = changes.filter(publication=publication)
    if before is not None:
        changes = changes.filter(at__lt=before)
    return list(changes[: max(limit, 0)])


def first_published() -> datetime | None:
    """Return when anything was published for the first time; None when nothing was."""
    began: datetime | None = Change.objects.aggregate(began=Min("at"))["began"]
    return began


def publications_for(subject: Topic | Place) -> QuerySet[Publication]:
    """Return what is public about a topic or a place, the weightiest first."""
    public = Publication.objects.shown().order_by("-weight", "title")
    if isinstance(subject, Topic):
        return public.filter(topics=subject)
    return public.filter(places=subject)


def holds_about(subject: Topic | Place) -> bool:
    """Return whether an electoral silence holds something about a topic or a place today."""
    held = Publication.objects.filter(is_public=True, kind__in=held_kinds())
    about = {"topics" if isinstance(subject, Topic) else "places": subject}
    return held.filter(**about).exists()


def related(publication: Publication, limit: int = 6) -> list[Publication]:
    """Return public things that share topics or places with one, the nearest first.

    A shared topic counts two, less when many share it; a shared place counts one.
    """
    score: dict[int, float] = defaultdict(float)
    through = Publication.topics.through.objects
    for topic_id in publication.topics.values_list("pk", flat=True):
        ids = list(through.filter(topic_id=topic_id).values_list("publication_id", flat=True))
        for pk in ids:
            score[pk] += 2 / len(ids) ** 0.5
    places = list(publication.places.values_list("pk", flat=True)[: _MANY_PLACES + 1])
    if len(places) <= _MANY_PLACES:
        shared = Publication.places.through.objects.filter(place_id__in=places)
        fraction = 1 / max(len(places), 1)
        for pk in shared.values_list("publication_id", flat=True):
            score[pk] += fraction
    score.pop(publication.pk, None)
    nearest = sorted(score, key=lambda pk: -score[pk])[: limit * 4 + 20]
    found = Publication.objects.shown().filter(pk__in=nearest).exclude(kind__in=_LINKS)
    return sorted(found, key=lambda row: (-score[row.pk], -row.weight, row.title))[:limit]
