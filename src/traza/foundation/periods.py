"""Periods kept in the database beside the pure ones of ``traza.stats.periods``."""

from collections.abc import Iterable

from traza.foundation.models import Period as StoredPeriod
from traza.stats.periods import Period


def ensure_periods(periods: Iterable[Period]) -> None:
    """Store the periods that are not stored yet, in one statement."""
    StoredPeriod.objects.bulk_create(
        [
            StoredPeriod(key=p.key, code=p.code, freq=p.freq, start=p.start, end=p.end)
            for p in {p.key: p for p in periods}.values()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
