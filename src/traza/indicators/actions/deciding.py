"""Decisions on an import: submit, approve, return, discard, and see what it would change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traza.foundation.audit import record as audit
from traza.foundation.models import Institute
from traza.indicators import releases
from traza.indicators.actions.permission import (
    State,
    locked,
    may_approve,
    require,
    require_state,
    wrote,
)
from traza.indicators.actions.publicity import open_cards
from traza.indicators.actions.rows import OPEN
from traza.indicators.intake.compare import compare
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import Mapping, remember
from traza.indicators.loading import FactRow, bulk_load
from traza.indicators.models import ImportJob, ImportRow
from traza.publishing.models import Release
from traza.publishing.revision import public_change

Fate = ImportRow.Fate
_CHANGES = (Fate.NEW, Fate.REVISED)


def submit_import(job: ImportJob, user: Any) -> ImportJob:
    """Send an import to whoever approves, compared anew with what is published at this moment.

    Raises IntakeError when rows are still refused or nothing would change.
    """
    require(user, "submit_import")
    with transaction.atomic():
        now = locked(job)
        require_state(now, *OPEN)
        now.counts = {**now.counts, **compare(now)}
        _refuse_unready(now.counts)
        now.state = State.SUBMITTED
        now.save(update_fields=["counts", "state", "updated_at"])
        audit(user, "import.submitted", now, **_told(now.counts))
    job.refresh_from_db()
    return job


def approve_import(job: ImportJob, user: Any) -> Release:
    """Publish an import as a release: values, history, versions, ledger and revision, or nothing.

    Who wrote does not approve unless the institute works with a single person, which the audit
    tells. Raises IntakeError; when what is published changed since the import was submitted, it
    goes back to be looked at again.
    """
    require(user, "approve_import")
    stale = False
    with public_change():
        now = locked(job)
        require_state(now, State.SUBMITTED)
        if not may_approve(now, user):
            raise IntakeError(
                _("Quien captura no aprueba lo suyo: corresponde a otra persona de Revisión.")
            )
        before = now.counts
        now.counts = {**before, **compare(now)}
        stale = _told(now.counts) != _told(before)
        if stale:
            now.state = State.CHECKED
            now.save(update_fields=["counts", "state", "updated_at"])
        else:
            _refuse_unready(now.counts)
            release = _publish(now, user)
            now.state, now.release, now.reviewed_by = State.PUBLISHED, release, user
            now.review_note = ""
            now.save(
                update_fields=[
                    "state",
                    "release",
                    "reviewed_by",
                    "review_note",
                    "counts",
                    "updated_at",
                ]
            )
            if now.snapshot_id is not None:
                remember(Mapping.from_json(now.mapping))
            audit(
                user,
                "import.approved",
                now,
                release=release.pk,
                own_work=wrote(now, user),
                single_person=Institute.load().single_person,
                **release.changes,
            )
    job.refresh_from_db()
    if stale:
        raise IntakeError(
            _(
                "Otra entrega cambió los datos publicados desde que se envió esta importación. "
                "Volvió a «Revisado»: hay que ver de nuevo las diferencias y enviarla otra vez."
            )
        )
    return release


def return_import(job: ImportJob, user: Any, note: str) -> ImportJob:
    """Send an import back to who captured it, with what has to be corrected."""
    require(user, "approve_import")
    if not note.strip():
        raise IntakeError(_("Falta la nota: hay que decir qué corregir."))
    with transaction.atomic():
        now = locked(job)
        require_state(now, State.SUBMITTED)
        now.state, now.review_note, now.reviewed_by = State.RETURNED, note.strip(), user
        now.save(update_fields=["state", "review_note", "reviewed_by", "updated_at"])
        audit(user, "import.returned", now, note=note.strip())
    job.refresh_from_db()
    return job


def discard_import(job: ImportJob, user: Any) -> ImportJob:
    """Set an import aside for good; its file and its rows are kept."""
    require(user, "change_importjob")
    with transaction.atomic():
        now = locked(job)
        if now.state in (State.PUBLISHED, State.DISCARDED):
            require_state(now)
        now.state = State.DISCARDED
        now.save(update_fields=["state", "updated_at"])
        audit(user, "import.discarded", now)
    job.refresh_from_db()
    return job


@contextmanager
def preview_import(job: ImportJob) -> Iterator[None]:
    """Let what is read inside see the values of the import as published; afterwards nothing is.

    Everything happens in a transaction that is always rolled back.
    """
    with transaction.atomic():
        with public_change():
            _publish(ImportJob.objects.get(pk=job.pk), None)
        yield
        transaction.set_rollback(True)


def _publish(job: ImportJob, user: Any) -> Release:
    """Write the values of an import as a release, and everything that follows from them."""
    now = timezone.now()
    release = Release.objects.create(
        room="indicators",
        title=job.title,
        note=job.note,
        prepared_by=job.created_by,
        approved_by=user,
        published_at=now,
    )
    changes = job.rows.filter(fate__in=_CHANGES)
    ids = changes.order_by().values_list("series_id", flat=True).distinct()
    series = [pk for pk in ids if pk is not None]
    bulk_load(_facts(job), release=release, at=now)
    open_cards(series)
    releases.record(release, series, actor=user)
    return release


def _facts(job: ImportJob) -> Iterator[FactRow]:
    rows = (
        ImportRow.objects.filter(job=job, fate__in=_CHANGES)
        .order_by("id")
        .values_list(
            "series_id", "period_id", "place_id", "value", "status", "lower", "upper", "comment"
        )
    )
    for series, period, place, value, status, lower, upper, comment in rows.iterator(
        chunk_size=10_000
    ):
        if series is None or period is None or place is None:
            continue  # without its key a row is nothing yet
        yield FactRow(
            series,
            period,
            place,
            value,
            status,
            lower=lower,
            upper=upper,
            comment=comment,
        )


def _refuse_unready(counts: dict[str, int]) -> None:
    refused = counts.get("refused", 0)
    if refused:
        raise IntakeError(
            ngettext(
                "Queda %(n)s renglón rechazado: hay que corregirlo o descartarlo.",
                "Quedan %(n)s renglones rechazados: hay que corregirlos o descartarlos.",
                refused,
            )
            % {"n": f"{refused:,}"}
        )
    if not counts.get("new") and not counts.get("revised"):
        raise IntakeError(_("No hay nada que publicar: dice lo mismo que ya está publicado."))


def _told(counts: dict[str, int]) -> dict[str, int]:
    """Return the counts that say what an import would change."""
    return {fate: counts.get(fate, 0) for fate in ("new", "revised", "equal", "refused")}
