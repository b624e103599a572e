"""An indicator's line in the ledger, written when its card is published or taken back."""

from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from math import log10
from typing import Any

from traza.indicators.models import Indicator, LatestValue, Series
from traza.indicators.queries.territory import own_places
from traza.places.models import Place
from traza.publishing.actions import Entry, publish_entries, withdraw_entry
from traza.publishing.models import Publication
from traza.publishing.revision import public_change

KIND = "indicator"
#: An indicator that covers more places than these is linked only with those of the institute.
LINKED_PLACES = 60


def card_change() -> AbstractContextManager[None]:
    """Return the transaction in which a card is published together with its line."""
    return public_change()


def card_published(pk: int, *, former_slug: str, actor: Any) -> None:
    """Write that a card was published or edited; call it inside ``card_change``.

    The line keeps its history when the address changes: its key follows the slug, and the former
    address leads to the new one. An archived indicator leaves the public; one whose publication
    is only scheduled writes nothing yet.
    """
    indicator = Indicator.objects.get(pk=pk)
    if not indicator.live:
        return
    if indicator.is_archived:
        card_withdrawn(indicator, actor=actor)
        return
    known = Publication.objects.filter(kind=KIND, key=former_slug).first()
    if known is not None and former_slug != indicator.slug:
        Publication.objects.filter(pk=known.pk).update(key=indicator.slug)
    publish_entries([_card_entry(indicator, known, actor=actor)])


def card_withdrawn(indicator: Indicator, *, actor: Any, at: datetime | None = None) -> None:
    """Write that an indicator left the public; call it inside ``card_change``."""
    if Publication.objects.filter(kind=KIND, key=indicator.slug, is_public=True).exists():
        withdraw_entry(
            kind=KIND,
            key=indicator.slug,
            sentence=f"{indicator.name}: se retiró del sitio",
            sentence_en=f"{indicator.name_en or indicator.name}: withdrawn from the site",
            actor=actor,
            at=at,
        )


def refresh_cards(*, actor: Any = None, at: datetime | None = None) -> None:
    """Make the lines say what the cards say, after many were changed at once.

    Call it inside ``public_change``. Cards that were archived leave the public; those that are
    no longer, and have values, come back.
    """
    known = Publication.objects.filter(kind=KIND).prefetch_related("topics")
    lines = {line.key: line for line in known}
    shown = Indicator.objects.filter(live=True, versions__isnull=False).distinct()
    entries = []
    for indicator in shown.select_related("axis").prefetch_related("topics"):
        line = lines.get(indicator.slug)
        if indicator.is_archived:
            if line is not None and line.is_public:
                card_withdrawn(indicator, actor=actor, at=at)
            continue
        if line is None or not line.is_public or not _says(line, indicator):
            entries.append(_card_entry(indicator, line, actor=actor, at=at))
        elif line.search_text != _text(indicator, line):
            # What it is found by is no news.
            silent = _card_entry(indicator, line, actor=actor, at=at)
            entries.append(replace(silent, what="initial"))
    publish_entries(entries)


def card_texts(indicator: Indicator) -> dict[str, Any]:
    """Return what a line says of the card itself."""
    return {
        "title": indicator.name,
        "title_en": indicator.name_en,
        "path": indicator.path,
        "summary": indicator.definition,
        "summary_en": indicator.definition_en,
    }


def search_text(indicator: Indicator, producers: Iterable[str], places: Iterable[Place]) -> str:
    """Return what an indicator is found by besides its name and definition."""
    texts = [indicator.definition, indicator.formula, indicator.limits]
    return " ".join([*texts, *producers, *(place.name for place in places)])


def linked_places(place_ids: Collection[int]) -> list[Place]:
    """Return which of the places with values a line is linked with."""
    if len(place_ids) <= LINKED_PLACES:
        return list(Place.objects.filter(pk__in=place_ids).order_by("pk"))
    own = own_places()
    wider = [*own.towns, *([own.metro] if own.metro else []), *own.beside]
    unique = {place.pk: place for place in wider}
    return [place for place in unique.values() if place.pk in place_ids]


def prominence(places: int) -> float:
    """Return how prominent an indicator is in a search: more, the more places it is about.

    1.0 for one place, 1.6 for a hundred, 2.0 for all municipalities of the country.
    """
    return round(1 + 0.3 * log10(max(places, 1)), 2)


def producers_of(indicator_ids: Collection[int]) -> dict[int, list[str]]:
    """Return who produces the data of each indicator."""
    producers: dict[int, list[str]] = {pk: [] for pk in indicator_ids}
    pairs = Series.objects.filter(indicator__in=list(indicator_ids))
    for pk, producer in (
        pairs.order_by("source__producer")
        .values_list("indicator_id", "source__producer")
        .distinct()
    ):
        producers[pk].append(producer)
    return producers


def _says(line: Publication, indicator: Indicator) -> bool:
    topics = {topic.pk for topic in _topics(indicator)}
    return all(
        getattr(line, name) == value for name, value in card_texts(indicator).items()
    ) and topics == {topic.pk for topic in line.topics.all()}


def _text(indicator: Indicator, line: Publication | None) -> str:
    places = line.places.order_by("pk") if line is not None else _places(indicator)[0]
    return search_text(indicator, producers_of([indicator.pk])[indicator.pk], places)


def _card_entry(
    indicator: Indicator, known: Publication | None, *, actor: Any, at: datetime | None = None
) -> Entry:
    name, name_en = indicator.name, indicator.name_en or indicator.name
    was_public = known is not None and known.is_public
    if known is not None:
        places, weight = list(known.places.order_by("pk")), known.weight
    else:
        places, weight = _places(indicator)
    return Entry(
        kind=KIND,
        key=indicator.slug,
        **card_texts(indicator),
        topics=_topics(indicator),
        places=places,
        search_text=_text(indicator, known),
        weight=weight,
        what="corrected" if was_public else "published",
        sentence=f"{name}: ficha actualizada" if was_public else f"{name}: indicador publicado",
        sentence_en=f"{name_en}: description updated"
        if was_public
        else f"{name_en}: indicator published",
        actor=actor,
        at=at,
    )


def _places(indicator: Indicator) -> tuple[list[Place], float]:
    """Return the places that a line without history is linked with, and its weight."""
    values = LatestValue.objects.filter(series__indicator=indicator)
    ids = set(values.values_list("place_id", flat=True).distinct())
    return linked_places(ids), prominence(len(ids))


def _topics(indicator: Indicator) -> list[Any]:
    return [*([indicator.axis] if indicator.axis else []), *indicator.topics.all()]
