"""Lines of the ledger for what stands without a release: topics and places.

Whoever makes or renames one calls these inside ``public_change``; only lines that no longer say
what they should are written, and none of it is news.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override

from traza.places.models import Level, Place, PlaceName
from traza.places.queries import PAGE_LEVELS
from traza.publishing.actions import Entry, publish_entries, withdraw_entry
from traza.publishing.models import Publication, Topic

TOPIC, PLACE = "topic", "place"
#: What a line says; the rest of an entry is what happened.
_SAYS = ("title", "title_en", "summary", "summary_en", "path", "search_text", "lon", "lat")


def refresh_topics(
    topics: Iterable[Topic], *, actor: Any = None, at: datetime | None = None
) -> None:
    """Make the lines of these topics say what the topics say."""
    listed = list(topics)
    _rename(TOPIC, {topic.pk: topic.code for topic in listed}, "topics")
    _refresh(
        [
            Entry(
                kind=TOPIC,
                key=topic.code,
                title=topic.name,
                title_en=topic.name_en,
                path=topic.path,
                topics=[topic],
                search_text=f"{topic.name} {topic.name_en}",
                weight=1.5,
                what="initial",
                sentence=f"{topic.name}: tema publicado",
                sentence_en=f"{topic.name_en or topic.name}: topic published",
                actor=actor,
                at=at,
            )
            for topic in listed
        ]
    )


def refresh_places(
    places: Iterable[Place], *, actor: Any = None, at: datetime | None = None
) -> None:
    """Make the lines of these places say what the places say; those without a page have none."""
    listed = [place for place in places if place.level in PAGE_LEVELS]
    _rename(PLACE, {place.pk: place.code for place in listed}, "places")
    names: dict[int, list[str]] = defaultdict(list)
    # The names of all are one read; those of some are few enough to be named.
    known = PlaceName.objects.order_by("pk")
    if len(listed) < 500:
        known = known.filter(place__in=[place.pk for place in listed])
    for pk, name in known.values_list("place_id", "name"):
        names[pk].append(name)
    levels = _level_words()
    _refresh([_place_entry(place, names[place.pk], levels, actor, at) for place in listed])


def forget(kind: str, key: str, *, actor: Any = None) -> None:
    """Withdraw the line of a topic or place that is about to be deleted."""
    if Publication.objects.filter(kind=kind, key=key, is_public=True).exists():
        withdraw_entry(kind=kind, key=key, actor=actor)


def _place_entry(
    place: Place,
    names: list[str],
    levels: dict[str, tuple[str, str]],
    actor: Any,
    at: datetime | None,
) -> Entry:
    within = place.parent.name if place.parent else ""
    within_en = (place.parent.name_en or within) if place.parent else ""
    level, level_en = levels[place.level]
    return Entry(
        kind=PLACE,
        key=place.code,
        title=place.name,
        title_en=place.name_en,
        path=place.path,
        summary=f"{level} · {within}" if within else level,
        summary_en=f"{level_en} · {within_en}" if within_en else level_en,
        places=[place],
        lon=place.lon,
        lat=place.lat,
        search_text=" ".join([place.code, within, *names]),
        what="initial",
        sentence=f"{place.name}: lugar publicado",
        sentence_en=f"{place.name_en or place.name}: place published",
        actor=actor,
        at=at,
    )


def _level_words() -> dict[str, tuple[str, str]]:
    with override("en"):
        english = {level.value: gettext(str(level.label)) for level in Level}
    return {level.value: (str(level.label), english[level.value]) for level in Level}


def _rename(kind: str, codes: dict[int, str], linked: str) -> None:
    """Let the line of what has another code now keep its history."""
    for pk, key, thing in Publication.objects.filter(kind=kind).values_list("pk", "key", linked):
        if thing in codes and key != codes[thing]:
            Publication.objects.filter(pk=pk).update(key=codes[thing])


def _refresh(entries: list[Entry]) -> None:
    kinds = {entry.kind for entry in entries}
    known = {line.key: line for line in Publication.objects.filter(kind__in=kinds, is_public=True)}
    publish_entries(
        entry
        for entry in entries
        if entry.key not in known or not _says(known[entry.key], entry.values())
    )


def _says(line: Publication, values: dict[str, Any]) -> bool:
    return all(getattr(line, name) == values[name] for name in _SAYS)
