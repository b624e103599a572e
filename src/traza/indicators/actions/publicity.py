"""What a release means for the card of an indicator: its first values, and its last."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from traza.indicators.ledger import KIND
from traza.indicators.models import Indicator, Observation, Series
from traza.publishing.actions import withdraw_entry
from traza.publishing.models import Publication


def open_cards(series_ids: Iterable[int]) -> None:
    """Make public the indicators that were made for data and get their first release now.

    Cards that people drafted in the back office wait for their own publication.
    """
    now = timezone.now()
    Indicator.objects.filter(
        series__in=series_ids,
        live=False,
        is_archived=False,
        first_published_at=None,
        latest_revision=None,
    ).update(
        live=True, first_published_at=now, last_published_at=now, has_unpublished_changes=False
    )


def close_empty_cards(series_ids: Iterable[int], *, actor: Any) -> None:
    """Take from the ledger the indicators that were left without any value."""
    indicators = Indicator.objects.filter(series__in=series_ids).distinct()
    for indicator in indicators:
        series = Series.objects.filter(indicator=indicator).values("pk")
        if Observation.objects.filter(series__in=series).exists():
            continue
        known = Publication.objects.filter(kind=KIND, key=indicator.slug, is_public=True)
        if known.exists():
            name, name_en = indicator.name, indicator.name_en or indicator.name
            withdraw_entry(
                kind=KIND,
                key=indicator.slug,
                sentence=f"{name}: quedó sin datos publicados",
                sentence_en=f"{name_en}: left without published values",
                actor=actor,
            )
