"""An indicator's line in the ledger, written when its card is published or taken back."""

from contextlib import AbstractContextManager
from typing import Any

from traza.indicators.models import Indicator
from traza.publishing.models import Publication
from traza.publishing.revision import public_change

KIND = "indicator"


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
    from traza.publishing.actions import publish_entry

    known = Publication.objects.filter(kind=KIND, key=former_slug).first()
    if known is not None and former_slug != indicator.slug:
        Publication.objects.filter(pk=known.pk).update(key=indicator.slug)
    was_public = known is not None and known.is_public
    topics = [*([indicator.axis] if indicator.axis else []), *indicator.topics.all()]
    name, name_en = indicator.name, indicator.name_en or indicator.name
    publish_entry(
        kind=KIND,
        key=indicator.slug,
        title=indicator.name,
        title_en=indicator.name_en,
        path=indicator.path,
        summary=indicator.definition,
        summary_en=indicator.definition_en,
        topics=topics,
        places=list(known.places.all()) if known is not None else [],
        search_text=f"{indicator.definition} {indicator.formula} {indicator.limits}",
        weight=known.weight if known is not None else 1.0,
        what="corrected" if was_public else "published",
        sentence=f"{name}: ficha actualizada" if was_public else f"{name}: indicador publicado",
        sentence_en=f"{name_en}: description updated"
        if was_public
        else f"{name_en}: indicator published",
        actor=actor,
    )


def card_withdrawn(indicator: Indicator, *, actor: Any) -> None:
    """Write that an indicator left the public; call it inside ``card_change``."""
    from traza.publishing.actions import withdraw_entry

    if Publication.objects.filter(kind=KIND, key=indicator.slug, is_public=True).exists():
        withdraw_entry(
            kind=KIND,
            key=indicator.slug,
            sentence=f"{indicator.name}: se retiró del sitio",
            sentence_en=f"{indicator.name_en or indicator.name}: withdrawn from the site",
        )
