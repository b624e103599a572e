"""What a release changed, derived from the facts it wrote: versions, sentences, the ledger.

Call `record` inside the transaction of the release, after its values are written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from traza.foundation.models import Institute
from traza.indicators import derive
from traza.indicators.ledger import (
    KIND,
    card_texts,
    linked_places,
    producers_of,
    prominence,
    search_text,
)
from traza.indicators.models import (
    Indicator,
    IndicatorVersion,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Membership, Place
from traza.publishing.actions import Entry, publish_entries
from traza.publishing.models import Publication, Release
from traza.publishing.standing import refresh_topics
from traza.stats.periods import Period, format_span

#: Changed keys that a version lists one by one.
LISTED = 200


@dataclass
class Tally:
    """What one release did to one indicator."""

    added: int = 0
    revised: int = 0
    removed: int = 0
    places: set[int] = field(default_factory=set)
    periods: set[int] = field(default_factory=set)
    listed: list[tuple[int, int, int, float | None, float | None]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many values changed."""
        return self.added + self.revised + self.removed


def record(release: Release, series_ids: Iterable[int], *, actor: Any = None) -> dict[str, int]:
    """Write versions, derived tables and ledger lines of a release; return its counts.

    ``series_ids`` are the series it may have touched. The counts (added, revised, removed,
    indicators) are also left in ``release.changes``.
    """
    touched = sorted(set(series_ids))
    indicator_of = dict(Series.objects.filter(pk__in=touched).values_list("pk", "indicator_id"))
    tallies = tally(release, indicator_of)
    changed = [pk for pk in touched if indicator_of[pk] in tallies]
    derive.refresh(changed)
    names = Names(tallies.values())
    indicators = Indicator.objects.select_related("axis").in_bulk(tallies)
    for pk, found in tallies.items():
        _add_version(release, pk, found, names)
    _publish(release, [(indicators[pk], tallies[pk]) for pk in tallies], names, actor)
    counts = {
        "added": sum(t.added for t in tallies.values()),
        "revised": sum(t.revised for t in tallies.values()),
        "removed": sum(t.removed for t in tallies.values()),
        "indicators": len(tallies),
    }
    Release.objects.filter(pk=release.pk).update(changes=counts)
    release.changes = counts
    return counts


def tally(release: Release, indicator_of: dict[int, int]) -> dict[int, Tally]:
    """Count what a release added, revised and removed in each indicator, from the facts."""
    old: dict[tuple[int, int, int], float | None] = {
        (series, period, place): value
        for series, period, place, value in ObservationHistory.objects.filter(replaced_by=release)
        .filter(release__isnull=False)
        .values_list("series_id", "period_id", "place_id", "value")
    }
    tallies: dict[int, Tally] = {}
    for series_id in indicator_of:
        for period, place, value in Observation.objects.filter(
            series_id=series_id, release=release
        ).values_list("period_id", "place_id", "value"):
            found = tallies.setdefault(indicator_of[series_id], Tally())
            key = (series_id, period, place)
            before = old.pop(key, _NEW)
            if before is _NEW:
                found.added += 1
            else:
                found.revised += 1
            _note(found, key, None if before is _NEW else before, value)
    for key, before in old.items():
        if key[0] in indicator_of:
            found = tallies.setdefault(indicator_of[key[0]], Tally())
            found.removed += 1
            _note(found, key, before, None)
    return tallies


_NEW: Any = object()


def _note(
    found: Tally, key: tuple[int, int, int], before: float | None, after: float | None
) -> None:
    found.periods.add(key[1])
    found.places.add(key[2])
    if len(found.listed) < LISTED:
        found.listed.append((*key, before, after))


class Names:
    """Words for the places and periods of a release."""

    def __init__(self, tallies: Iterable[Tally]) -> None:
        wanted: set[int] = set()
        for found in tallies:
            wanted |= set(islice(found.places, 5000))
        self.places = Place.objects.in_bulk(wanted)
        metro = Place.objects.filter(code=Institute.load().metro_code or None).first()
        self.metro = metro
        self.metro_places = (
            {metro.pk, *Membership.objects.filter(group=metro).values_list("member_id", flat=True)}
            if metro
            else set()
        )

    def where(self, places: set[int], lang: str) -> str:
        """Return the places in few words."""
        if len(places) > 2 and self.metro is not None and places <= self.metro_places:
            return self._name(self.metro, lang)
        if len(places) <= 3:
            found = sorted((self.places[pk] for pk in places), key=lambda place: place.sort_key)
            return ", ".join(self._name(place, lang) for place in found)
        return f"{len(places):,} places" if lang == "en" else f"{len(places):,} lugares"

    def scope(self, found: Tally, lang: str) -> str:
        """Return places and span of a change: «La Laguna, enero–diciembre de 2019»."""
        first, last = (Period.from_key(key) for key in (min(found.periods), max(found.periods)))
        return f"{self.where(found.places, lang)}, {format_span(first, last, lang)}"

    @staticmethod
    def _name(place: Place, lang: str) -> str:
        return (place.name_en or place.name) if lang == "en" else place.name


def _add_version(release: Release, indicator_id: int, found: Tally, names: Names) -> None:
    last = (
        IndicatorVersion.objects.filter(indicator_id=indicator_id)
        .order_by("-major", "-minor")
        .values_list("major", "minor")
        .first()
    )
    if last is None:
        major, minor = 1, 0
    elif found.removed:
        major, minor = last[0] + 1, 0
    else:
        major, minor = last[0], last[1] + 1
    series = dict(
        Series.objects.filter(pk__in={row[0] for row in found.listed}).values_list("pk", "code")
    )
    listed = [] if release.is_initial else found.listed
    IndicatorVersion.objects.create(
        indicator_id=indicator_id,
        release=release,
        major=major,
        minor=minor,
        added=found.added,
        revised=found.revised,
        removed=found.removed,
        changes=[
            {
                "series": series[series_id],
                "place": names.places[place_id].code,
                "period": Period.from_key(period_id).code,
                "old": before,
                "new": after,
            }
            for series_id, period_id, place_id, before, after in listed
            if place_id in names.places
        ],
    )


def _publish(
    release: Release, changed: Sequence[tuple[Indicator, Tally]], names: Names, actor: Any
) -> None:
    """Write one ledger line for each indicator that the public can see."""
    known = {
        entry.key: entry
        for entry in Publication.objects.filter(
            kind=KIND, key__in=[indicator.slug for indicator, _ in changed]
        ).prefetch_related("places")
    }
    topics = _topics([indicator.pk for indicator, _ in changed])
    producers = producers_of([indicator.pk for indicator, _ in changed])
    entries = []
    for indicator, found in changed:
        if indicator.is_archived or not indicator.live:
            continue
        before = known.get(indicator.slug)
        linked = {place.pk: place for place in linked_places(found.places)}
        if before is not None:
            linked |= {place.pk: place for place in before.places.all()}
        places = sorted(linked.values(), key=lambda place: place.pk)
        what, sentence, sentence_en = describe(release, indicator, found, names)
        entries.append(
            Entry(
                kind=KIND,
                key=indicator.slug,
                **card_texts(indicator),
                topics=[*([indicator.axis] if indicator.axis else []), *topics[indicator.pk]],
                places=places,
                search_text=search_text(indicator, producers[indicator.pk], places),
                weight=max(
                    before.weight if before is not None else 1.0, prominence(len(found.places))
                ),
                what=what,
                sentence=sentence,
                sentence_en=sentence_en,
                detail={
                    "added": found.added,
                    "revised": found.revised,
                    "removed": found.removed,
                    "release": release.pk,
                },
                actor=actor,
                release=release,
                at=release.published_at,
            )
        )
    publish_entries(entries)
    shown = {topic.pk: topic for entry in entries for topic in entry.topics}
    refresh_topics(shown.values(), actor=actor, at=release.published_at)


def describe(
    release: Release, indicator: Indicator, found: Tally, names: Names
) -> tuple[str, str, str]:
    """Return what happened to an indicator (`Change.What`) and its sentence in both languages."""
    name, name_en = indicator.name, indicator.name_en or indicator.name
    scope, scope_en = names.scope(found, "es"), names.scope(found, "en")
    if release.is_initial:
        return (
            "initial",
            f"{name}: {_count(found.added, 'dato', 'datos')} ({scope})"[:400],
            f"{name_en}: {_count(found.added, 'value', 'values')} ({scope_en})"[:400],
        )
    if release.withdraws is not None:
        day, day_en = (_day(release.withdraws.published_at, lang) for lang in ("es-mx", "en"))
        return (
            "withdrawn",
            f"{name}: se retiró la entrega del {day}; {_withdrawn_words(found, 'es')} ({scope})"[
                :400
            ],
            f"{name_en}: the release of {day_en} was withdrawn; "
            f"{_withdrawn_words(found, 'en')} ({scope_en})"[:400],
        )
    what = "new_data" if found.added else "corrected"
    return (
        what,
        f"{name}: {_change_words(found, 'es')} ({scope})"[:400],
        f"{name_en}: {_change_words(found, 'en')} ({scope_en})"[:400],
    )


def _change_words(found: Tally, lang: str) -> str:
    new, revised = found.added, found.revised
    if lang == "en":
        if new and revised:
            return f"{new:,} new and {revised:,} corrected values"
        kind, number = ("new", new) if new else ("corrected", revised)
        return f"{number:,} {kind} {'value' if number == 1 else 'values'}"
    if not new:
        return _count(revised, "dato corregido", "datos corregidos")
    words = _count(new, "dato nuevo", "datos nuevos")
    if revised:
        words += f" y {_count(revised, 'corregido', 'corregidos')}"
    return words


def _withdrawn_words(found: Tally, lang: str) -> str:
    """Say what taking a release back did: values removed, earlier ones restored."""
    restored = found.revised + found.added
    if lang == "en":
        parts = [
            (found.removed, _count(found.removed, "value removed", "values removed")),
            (restored, _count(restored, "value restored", "values restored")),
        ]
        return " and ".join(words for number, words in parts if number)
    parts = [
        (found.removed, _count(found.removed, "dato quitado", "datos quitados")),
        (restored, _count(restored, "dato restituido", "datos restituidos")),
    ]
    return " y ".join(words for number, words in parts if number)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _day(at: datetime, language: str) -> str:
    with override(language):
        return date_format(timezone.localtime(at), "DATE_FORMAT")


def _topics(indicator_ids: list[int]) -> dict[int, list[Any]]:
    topics: dict[int, list[Any]] = {pk: [] for pk in indicator_ids}
    for indicator in Indicator.objects.filter(pk__in=indicator_ids).prefetch_related("topics"):
        topics[indicator.pk] = list(indicator.topics.all())
    return topics
