"""Mending the rows of an import: correct, discard or take back, and compare again."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traza.foundation.audit import record as audit
from traza.foundation.periods import ensure_periods
from traza.indicators.actions.permission import State, locked, require, require_state
from traza.indicators.intake.checks.value import contradictions
from traza.indicators.intake.compare import compare
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ImportJob, ImportRow, Series
from traza.places.models import Place
from traza.stats.periods import Period

OPEN = (State.CHECKED, State.RETURNED)


def correct_row(
    job: ImportJob,
    row: ImportRow,
    *,
    user: Any,
    place: Place,
    period: Period,
    value: float | None,
    status: str = "A",
    comment: str = "",
) -> ImportRow:
    """Put what a person says in the place of what the file says, and compare again.

    The raw cells stay with the row. Raises IntakeError when value and status contradict each
    other or the period has another frequency than the series.
    """
    require(user, "change_importjob")
    with transaction.atomic():
        now = locked(job)
        require_state(now, *OPEN)
        series = row.series or now.series
        if series is None:
            raise IntakeError(
                _("No se sabe de qué serie es el renglón. Se elige en «Columnas» o en el archivo.")
            )
        refuse_contradiction(series, period, value, status)
        ensure_periods([period])
        before = {"value": row.value, "status": row.status}
        ImportRow.objects.filter(pk=row.pk, job=now).update(
            series=series,
            place_id=place.pk,
            period_id=period.key,
            value=value,
            status=status,
            comment=comment[:500],
            fate=ImportRow.Fate.NEW,
            issues=[],
        )
        audit(
            user,
            "import.row_corrected",
            now,
            line=row.line,
            before=before,
            place=place.code,
            period=period.code,
            value=value,
            status=status,
        )
        _compare_again(now)
    row.refresh_from_db()
    return row


def discard_row(job: ImportJob, row: ImportRow, *, user: Any) -> None:
    """Set one row aside; see `discard_rows`."""
    discard_rows(job, [row], user=user)


def discard_rows(job: ImportJob, rows: Iterable[ImportRow], *, user: Any) -> int:
    """Set rows aside: they are kept with the import and will not be published.

    Returns how many. What the file lacks cannot be discarded.
    """
    require(user, "change_importjob")
    with transaction.atomic():
        now = locked(job)
        require_state(now, *OPEN)
        chosen = now.rows.filter(pk__in=[row.pk for row in rows]).exclude(
            fate__in=[ImportRow.Fate.MISSING, ImportRow.Fate.DISCARDED]
        )
        lines = list(chosen.values_list("line", flat=True))
        if not lines:
            return 0
        chosen.update(fate=ImportRow.Fate.DISCARDED)
        audit(user, "import.rows_discarded", now, lines=lines[:200], rows=len(lines))
        _compare_again(now)
    return len(lines)


def restore_rows(job: ImportJob, rows: Iterable[ImportRow], *, user: Any) -> int:
    """Take discarded rows back in, as the file has them; return how many came back.

    A row that repeats another one with the same value stays aside as long as that one is used.
    """
    require(user, "change_importjob")
    with transaction.atomic():
        now = locked(job)
        require_state(now, *OPEN)
        chosen = now.rows.filter(pk__in=[row.pk for row in rows], fate=ImportRow.Fate.DISCARDED)
        keys = list(chosen.values_list("pk", flat=True))
        if not keys:
            return 0
        chosen.update(fate=ImportRow.Fate.NEW)
        _compare_again(now)
        back = now.rows.filter(pk__in=keys).exclude(fate=ImportRow.Fate.DISCARDED)
        lines = list(back.values_list("line", flat=True))
        if lines:
            audit(user, "import.rows_restored", now, lines=lines[:200], rows=len(lines))
    return len(lines)


def refuse_contradiction(series: Series, period: Period, value: float | None, status: str) -> None:
    """Raise IntakeError when value and status, or period and series, do not agree."""
    for _field, told in contradictions(value, status, period=period, freq=series.freq):
        raise IntakeError(told)


def _compare_again(job: ImportJob) -> None:
    job.counts = {**job.counts, **compare(job)}
    job.save(update_fields=["counts", "updated_at"])
