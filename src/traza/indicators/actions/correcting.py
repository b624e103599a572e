"""One published value corrected by hand, through the same checks and the same approval."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traza.foundation.audit import record as audit
from traza.foundation.periods import ensure_periods
from traza.indicators.actions.permission import State, require
from traza.indicators.actions.receiving import check_import
from traza.indicators.actions.rows import refuse_contradiction
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ImportJob, ImportRow, Series
from traza.places.models import Place
from traza.stats.periods import Period, format_period


def correct_value(
    series: Series,
    place: Place,
    period: Period,
    *,
    value: float | None,
    status: str = "A",
    comment: str = "",
    user: Any,
) -> ImportJob:
    """Open an import of one value, checked and ready to be submitted.

    ``comment`` says why it changes; it is published with the value. Raises IntakeError when the
    value contradicts its status or is the one already published.
    """
    require(user, "add_importjob")
    refuse_contradiction(series, period, value, status)
    with transaction.atomic():
        ensure_periods([period])
        title = _("Corrección: %(what)s, %(place)s, %(period)s") % {
            "what": series.indicator.name,
            "place": place.name,
            "period": format_period(period),
        }
        job = ImportJob.objects.create(
            title=title[:200],
            state=State.READ,
            series=series,
            note=comment,
            created_by=user,
        )
        row = ImportRow.objects.create(
            job=job,
            series=series,
            place_id=place.pk,
            period_id=period.key,
            value=value,
            status=status,
            comment=comment[:500],
        )
        audit(
            user,
            "value.corrected",
            job,
            series=series.code,
            place=place.code,
            period=period.code,
            value=value,
            status=status,
        )
        check_import(job)
        row.refresh_from_db()
        if row.fate == ImportRow.Fate.EQUAL:
            raise IntakeError(_("Eso es lo que ya está publicado: no hay nada que corregir."))
    return job
