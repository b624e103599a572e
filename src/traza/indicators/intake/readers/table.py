"""A file seen as a table: rows with their line numbers, whatever the file is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.readers.delimited import text_rows
from traza.indicators.intake.readers.kinds import Kind, recognise
from traza.indicators.intake.readers.workbook import sheet_height, sheet_names, sheet_rows

Cell = str | int | float | bool | date | None

#: A gap of empty rows after which a sheet is taken to have ended.
_GAP = 10_000
#: Columns that are looked at.
MAX_COLUMNS = 2_600


@dataclass(frozen=True)
class Table:
    """One sheet or text file that can be read from its beginning as often as wanted."""

    path: Path
    filename: str
    kind: Kind
    sheet: str = ""

    def rows(self) -> Iterator[tuple[int, list[Any]]]:
        """Yield (line number from 1, cells) of the rows that hold something, as a stream."""
        source = (
            text_rows(self.path, self.filename)
            if self.kind == Kind.CSV
            else sheet_rows(self.path, self.filename, self.sheet)
        )
        empty = 0
        for line, cells in enumerate(source, start=1):
            if not any(not is_blank(cell) for cell in cells):
                empty += 1
                if empty > _GAP:
                    return
                continue
            empty = 0
            if len(cells) > MAX_COLUMNS:
                raise IntakeError(
                    _(
                        "«%(file)s», renglón %(line)s: tiene %(n)s columnas y se leen hasta "
                        "%(limit)s."
                    )
                    % {
                        "file": self.filename,
                        "line": line,
                        "n": len(cells),
                        "limit": MAX_COLUMNS,
                    }
                )
            yield line, cells

    def length(self) -> int:
        """Return how many lines the file has, blank ones and all."""
        if self.kind != Kind.CSV:
            return sheet_height(self.path, self.filename, self.sheet)
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) + 1

    def head(self, limit: int) -> list[tuple[int, list[Any]]]:
        """Return the first rows that hold something."""
        return list(islice(self.rows(), limit))


def open_table(path: Path, filename: str, sheet: str = "") -> Table:
    """Recognise a file and return it as a table; raise IntakeError when it cannot be read."""
    kind = recognise(path, filename)
    if kind != Kind.CSV and not sheet:
        _names, sheet = sheet_names(path, filename)
    return Table(path, filename, kind, sheet)


def is_blank(cell: object) -> bool:
    """Return whether a cell holds nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def cell_text(cell: object) -> str:
    """Return a cell as a person reads it: whole numbers without decimals, dates as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
