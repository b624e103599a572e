"""Writes of the ledger: what was published, changed, moved or withdrawn.

Everything here happens inside ``publishing.revision.public_change``, so that the ledger, the
search index and the revision change together or not at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.places.models import Place
from traza.publishing.models import Change, Publication, Release, Topic
from traza.publishing.redirection import add_redirect, free_addresses
from traza.publishing.search.index import forget_publications, index_publications
from traza.publishing.short import give_codes

__all__ = [
    "Entry",
    "OutsidePublicChange",
    "add_redirect",
    "publish_entries",
    "publish_entry",
    "refresh_search_text",
    "withdraw_entry",
]

_BATCH = 400
_FIELDS = (
    "title",
    "title_en",
    "summary",
    "summary_en",
    "path",
    "search_text",
    "weight",
    "image",
    "lon",
    "lat",
    "language",
)


class OutsidePublicChange(RuntimeError):
    """A write of the ledger that would not raise the revision: a mistake of the caller."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What the ledger is to say about one publication, and what happened to it.

    ``kind`` and ``key`` name it for ever; ``path`` carries no language prefix. ``what`` is a
    ``Change.What``; ``initial`` is never announced as news.
    """

    kind: str
    key: str
    title: str
    path: str
    title_en: str = ""
    summary: str = ""
    summary_en: str = ""
    topics: Sequence[Topic] = ()
    places: Sequence[Place] = ()
    search_text: str = ""
    weight: float = 1.0
    image: str = ""
    lon: float | None = None
    lat: float | None = None
    language: str = "es"
    what: str = "published"
    sentence: str = ""
    sentence_en: str = ""
    detail: dict[str, Any] | None = None
    actor: Any = None
    release: Release | None = None
    at: datetime | None = None

    def values(self) -> dict[str, Any]:
        """Return the fields of the publication, long titles shortened to what fits."""
        values = {name: getattr(self, name) for name in _FIELDS}
        return {**values, "title": _fit(self.title, 300), "title_en": _fit(self.title_en, 300)}


def publish_entry(
    *,
    kind: str,
    key: str,
    title: str,
    path: str,
    title_en: str = "",
    summary: str = "",
    summary_en: str = "",
    topics: Sequence[Topic] = (),
    places: Sequence[Place] = (),
    search_text: str = "",
    weight: float = 1.0,
    image: str = "",
    lon: float | None = None,
    lat: float | None = None,
    language: str = "es",
    what: str = "published",
    sentence: str = "",
    sentence_en: str = "",
    detail: dict[str, Any] | None = None,
    actor: Any = None,
    release: Release | None = None,
    at: datetime | None = None,
) -> Publication:
    """Write one publication and what happened to it; see ``Entry`` for the arguments.

    A path that differs from the known one leaves a redirect.

    Raises:
        OutsidePublicChange: not called inside ``public_change``.
    """
    entry = Entry(
        kind=kind,
        key=key,
        title=title,
        path=path,
        title_en=title_en,
        summary=summary,
        summary_en=summary_en,
        topics=topics,
        places=places,
        search_text=search_text,
        weight=weight,
        image=image,
        lon=lon,
        lat=lat,
        language=language,
        what=what,
        sentence=sentence,
        sentence_en=sentence_en,
        detail=detail,
        actor=actor,
        release=release,
        at=at,
    )
    return publish_entries([entry])[0]


def publish_entries(entries: Iterable[Entry]) -> list[Publication]:
    """Write thousands of publications at once; the last wins where one is named twice.

    Raises:
        OutsidePublicChange: not called inside ``public_change``.
        ValueError: an entry says that something unknown happened.
    """
    _require_public_change()
    listed = {(entry.kind, entry.key): entry for entry in entries}
    for entry in listed.values():
        if entry.what not in Change.What.values:
            raise ValueError(f"unknown change {entry.what!r} of {entry.kind} {entry.key}")
    if not listed:
        return []
    now = timezone.now()
    known = _known(listed)
    _follow_moves(listed, known)
    published = _store(listed, known, now)
    _link("topics", listed, published)
    _link("places", listed, published)
    Change.objects.bulk_create(
        [_change(entry, published[key], now) for key, entry in listed.items()], batch_size=_BATCH
    )
    index_publications([publication.pk for publication in published.values()])
    return list(published.values())


def withdraw_entry(
    *,
    kind: str,
    key: str,
    sentence: str = "",
    sentence_en: str = "",
    detail: dict[str, Any] | None = None,
    actor: Any = None,
    release: Release | None = None,
    at: datetime | None = None,
) -> Publication:
    """Take a publication from the public; its row and history stay.

    Raises:
        OutsidePublicChange: not called inside ``public_change``.
        Publication.DoesNotExist: it was never published.
    """
    _require_public_change()
    publication = Publication.objects.select_for_update().get(kind=kind, key=key)
    moment = at or timezone.now()
    publication.is_public = False
    publication.last_changed = moment
    publication.save(update_fields=["is_public", "last_changed"])
    Change.objects.create(
        publication=publication,
        what=Change.What.WITHDRAWN,
        sentence=_fit(sentence or f"{publication.title}: se retiró del sitio", 400),
        sentence_en=_fit(sentence_en, 400),
        detail=detail or {},
        actor=actor,
        release=release,
        at=moment,
    )
    forget_publications([publication.pk])
    return publication


def refresh_search_text(*, kind: str, key: str, text: str) -> None:
    """Let a public thing be found by other words; that is no change of the thing itself.

    Raises:
        OutsidePublicChange: not called inside ``public_change``.
    """
    _require_public_change()
    known = Publication.objects.select_for_update().filter(kind=kind, key=key).first()
    if known is None or known.search_text == text:
        return
    known.search_text = text
    known.save(update_fields=["search_text"])
    index_publications([known.pk])


def _require_public_change() -> None:
    if not getattr(transaction.get_connection(), "traza_public_change_depth", 0):
        raise OutsidePublicChange(
            _("El registro de lo publicado solo se escribe dentro de «public_change».")
        )


def _known(listed: dict[tuple[str, str], Entry]) -> dict[tuple[str, str], Publication]:
    keys = sorted({key for _kind, key in listed})
    kinds = {kind for kind, _key in listed}
    found = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        for row in Publication.objects.filter(kind__in=kinds, key__in=batch):
            found[(row.kind, row.key)] = row
    return {key: row for key, row in found.items() if key in listed}


def _follow_moves(
    listed: dict[tuple[str, str], Entry], known: dict[tuple[str, str], Publication]
) -> None:
    for key, row in known.items():
        if row.path != listed[key].path:
            add_redirect(row.path, listed[key].path)
    free_addresses([entry.path for entry in listed.values()])


def _store(
    listed: dict[tuple[str, str], Entry],
    known: dict[tuple[str, str], Publication],
    now: datetime,
) -> dict[tuple[str, str], Publication]:
    new = []
    for key, entry in listed.items():
        moment = entry.at or now
        row = known.get(key)
        if row is None:
            row = Publication(kind=entry.kind, key=entry.key, first_published=moment)
            row.last_changed = moment
            new.append(row)
        elif entry.what != Change.What.INITIAL:
            row.last_changed = moment
        row.is_public = True
        for name, value in entry.values().items():
            setattr(row, name, value)
    give_codes(new, Publication)
    Publication.objects.bulk_create(new, batch_size=_BATCH)
    if known:
        fields = [*_FIELDS, "is_public", "last_changed"]
        Publication.objects.bulk_update(known.values(), fields, batch_size=100)
    stored = {**known, **{(row.kind, row.key): row for row in new}}
    return {key: stored[key] for key in listed}


def _link(
    name: str,
    listed: dict[tuple[str, str], Entry],
    published: dict[tuple[str, str], Publication],
) -> None:
    """Make the topics or places of each publication those of its entry."""
    through = getattr(Publication, name).through
    column = f"{name.removesuffix('s')}_id"
    wanted = {
        (published[key].pk, thing.pk)
        for key, entry in listed.items()
        for thing in getattr(entry, name)
    }
    ids = [row.pk for row in published.values()]
    linked: dict[tuple[int, int], int] = {}
    for start in range(0, len(ids), _BATCH):
        rows = through.objects.filter(publication_id__in=ids[start : start + _BATCH])
        for pk, publication_id, thing_id in rows.values_list("pk", "publication_id", column):
            linked[(publication_id, thing_id)] = pk
    gone = [pk for pair, pk in linked.items() if pair not in wanted]
    for start in range(0, len(gone), _BATCH):
        through.objects.filter(pk__in=gone[start : start + _BATCH]).delete()
    through.objects.bulk_create(
        [
            through(**{"publication_id": publication_id, column: thing_id})
            for publication_id, thing_id in sorted(wanted - linked.keys())
        ],
        batch_size=_BATCH,
    )


def _change(entry: Entry, publication: Publication, now: datetime) -> Change:
    return Change(
        publication=publication,
        what=entry.what,
        sentence=_fit(entry.sentence or entry.title, 400),
        sentence_en=_fit(entry.sentence_en, 400),
        detail=entry.detail or {},
        at=entry.at or now,
        actor=entry.actor if getattr(entry.actor, "pk", None) else None,
        release=entry.release,
    )


def _fit(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
