"""Taking a file in: keep it, read it into rows, compare it with what is published."""

from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from traza.foundation.audit import record as audit
from traza.foundation.models import Institute
from traza.indicators.actions.catalogue import NewIndicator, create_indicator
from traza.indicators.actions.permission import State, locked, require, require_state
from traza.indicators.intake.compare import compare
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.frequency import frequency_of
from traza.indicators.intake.mapping import Mapping, remember
from traza.indicators.intake.propose import propose
from traza.indicators.intake.readers import open_table
from traza.indicators.intake.sample import table_of
from traza.indicators.intake.snapshots import keep, path_of
from traza.indicators.intake.staging import Progress, stage
from traza.indicators.models import ImportJob, Series
from traza.places.queries import PlaceResolver

#: States in which a file may be read, again or for the first time.
READABLE = (State.RECEIVED, State.READ, State.CHECKED, State.RETURNED, State.FAILED)
#: States in which rows may be compared again.
COMPARABLE = (State.READ, State.CHECKED, State.RETURNED)


def create_import(
    file: BinaryIO | Any,
    *,
    filename: str,
    user: Any,
    series: Series | None = None,
    new: NewIndicator | None = None,
    title: str = "",
    sheet: str = "",
) -> ImportJob:
    """Keep a file as it came and open an import for it, for a series that exists or a new one.

    The frequency of a new one is read from the file when it is not said. Raises IntakeError when
    the file is not a spreadsheet that can be read; nothing is then left behind.
    """
    require(user, "add_importjob")
    snapshot = keep(file, filename)
    name = Path(filename.replace("\\", "/")).name
    if new is not None and not new.freq:
        table = open_table(path_of(snapshot), name, sheet)
        new = replace(new, freq=frequency_of(table, own_resolver(), period=new.period))
        if not new.freq:
            raise IntakeError(
                _("No se pudo saber cada cuánto son los datos de «%s»: hay que decirlo.") % name
            )
    with transaction.atomic():
        if new is not None:
            series = create_indicator(new, user=user)
        job = ImportJob.objects.create(
            title=(title.strip() or name)[:200],
            snapshot=snapshot,
            sheet=sheet[:120],
            series=series,
            created_by=user,
        )
        audit(
            user,
            "import.created",
            job,
            file=name,
            sha256=snapshot.sha256,
            series=series.code if series is not None else "",
        )
    return job


def read_import(
    job: ImportJob,
    mapping: Mapping | None = None,
    *,
    user: Any = None,
    progress: Progress | None = None,
) -> ImportJob:
    """Read the file of an import into rows, as told by a mapping or as proposed from the file.

    Left in `READ`; when something has still to be named (`unnamed`) no row is read. A file that
    cannot be read leaves the import `FAILED`, with the reason, and without rows.
    Raises IntakeError with that reason.
    """
    require_state(job, *READABLE)
    try:
        table = table_of(job)
        resolver = own_resolver()
        if mapping is None or _moved_header(job, mapping):
            header = mapping.header_row if mapping is not None else None
            mapping = propose(table, job.series, resolver, header_row=header)
            by_person = False
        else:
            by_person = True
        missing = mapping.missing(series_known=job.series_id is not None)
        with transaction.atomic():
            now = locked(job)
            require_state(now, *READABLE)
            found = {"values": 0, "blank": 0, "notes": 0}
            if missing:
                now.rows.all().delete()
            else:
                found = stage(now, table, mapping, resolver, progress=progress)
                if not found["values"]:
                    raise IntakeError(
                        _("«%s» no tiene ningún valor debajo de los encabezados.") % table.filename
                    )
            now.mapping = mapping.to_json()
            now.counts = found
            now.problem = ""
            now.state = State.READ
            now.save(update_fields=["mapping", "counts", "problem", "state", "updated_at"])
            if by_person:
                audit(user, "import.mapped", now, layout=mapping.layout)
                if not missing:
                    remember(mapping)
    except IntakeError as error:
        _fail(job, str(error))
        raise
    job.refresh_from_db()
    return job


def await_reading(job: ImportJob) -> None:
    """Leave an import waiting for the worker to read its file."""
    with transaction.atomic():
        now = locked(job)
        require_state(now, *READABLE)
        now.state, now.problem = State.RECEIVED, ""
        now.save(update_fields=["state", "problem", "updated_at"])
    job.refresh_from_db()


def choose_sheet(job: ImportJob, sheet: str, *, user: Any) -> ImportJob:
    """Say which sheet of a workbook is meant; what was understood of another is forgotten."""
    require(user, "change_importjob")
    with transaction.atomic():
        now = locked(job)
        require_state(now, *READABLE)
        now.sheet, now.mapping = sheet[:120], {}
        now.save(update_fields=["sheet", "mapping", "updated_at"])
        audit(user, "import.mapped", now, sheet=sheet)
    job.refresh_from_db()
    return job


def unnamed(job: ImportJob) -> list[str]:
    """Say, for people, what of the file has still to be named before it can be read."""
    if job.snapshot_id is None:
        return []
    if not job.mapping:
        return [_("cómo se lee el archivo")]
    mapping = Mapping.from_json(job.mapping)
    return mapping.missing(series_known=job.series_id is not None)


def check_import(job: ImportJob) -> ImportJob:
    """Compare the rows of an import with what is published and run the checks of the whole.

    Left in `CHECKED` (or `RETURNED`, if it was). Raises IntakeError when something of the file
    has still to be named.
    """
    wanted = unnamed(job)
    if wanted:
        raise IntakeError(_("Falta decir %s.") % _(" y ").join(wanted))
    with transaction.atomic():
        now = locked(job)
        require_state(now, *COMPARABLE)
        now.counts = {**now.counts, **compare(now)}
        if now.state == State.READ:
            now.state = State.CHECKED
        now.save(update_fields=["counts", "state", "updated_at"])
    job.refresh_from_db()
    return job


def own_resolver() -> PlaceResolver:
    """Return all places in memory; where a name could be several, the institute's own are meant."""
    institute = Institute.load()
    return PlaceResolver(prefer=[c for c in (institute.metro_code, institute.home_place_code) if c])


def _moved_header(job: ImportJob, mapping: Mapping) -> bool:
    """Return whether a person said that the header is in another row: all columns change."""
    return bool(job.mapping) and mapping.header_row != int(job.mapping.get("header_row") or 0)


def _fail(job: ImportJob, problem: str) -> None:
    """Leave an import failed and empty, unless it has gone on in the meantime."""
    with transaction.atomic():
        changed = ImportJob.objects.filter(pk=job.pk, state__in=READABLE).update(
            state=State.FAILED, problem=problem
        )
        if changed:
            job.rows.all().delete()
            audit(None, "import.failed", job, problem=problem)
    job.refresh_from_db()
