"""The stored file of an import, opened as a table, and its first rows for a person to look at."""

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.readers.kinds import Kind
from traza.indicators.intake.readers.table import Table, cell_text, open_table
from traza.indicators.intake.readers.workbook import sheet_names
from traza.indicators.intake.snapshots import path_of
from traza.indicators.models import ImportJob


def table_of(job: ImportJob) -> Table:
    """Open the file of an import; raise IntakeError when it has none or cannot be read."""
    if job.snapshot is None:
        raise IntakeError(_("Esta importación no tiene archivo: se hizo a mano."))
    return open_table(path_of(job.snapshot), job.snapshot.original_name, job.sheet)


def sample_rows(job: ImportJob, limit: int = 20) -> list[tuple[int, list[str]]]:
    """Return (line in the file, cells as written) of the first rows that hold something."""
    head = table_of(job).head(limit)
    return [(line, [cell_text(cell) for cell in cells]) for line, cells in head]


def sheets_of(job: ImportJob) -> list[str]:
    """Return the names of the sheets of the file; none when it is text or was made by hand."""
    if job.snapshot is None or job.snapshot.media_type == Kind.CSV.media_type:
        return []
    return sheet_names(path_of(job.snapshot), job.snapshot.original_name)[0]
