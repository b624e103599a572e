"""Tables as files: CSV that Excel opens with its accents, and XLSX with a sheet of notes.

The same table gives the same bytes: nothing inside tells when it was written.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import xlsxwriter
from django.http import HttpResponse

Cell = str | float | int | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_COLUMN = 48


@dataclass(frozen=True)
class Table:
    """A table to be taken away: header, rows, and notes as (what, text)."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[tuple[str, str]] = field(default_factory=tuple)


def as_csv(table: Table) -> bytes:
    """Return header and rows: UTF-8 with its mark, commas, decimal points, empty for no data."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(table.header)
    writer.writerows([plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def csv_line(cells: Iterable[object]) -> str:
    """Return cells as one line of CSV, quoted where they must be, without its end of line."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def plain(cell: object) -> object:
    """Return a cell as CSV holds it: whole numbers without a point, nothing for no data."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, str) and cell[:1] in ("=", "+", "@", "\t", "\r"):
        return f"'{cell}"  # a spreadsheet would run it as a formula
    return "" if cell is None else cell


def as_xlsx(table: Table, *, notes_title: str) -> bytes:
    """Return a workbook: the table with its header frozen and filterable, then the notes."""
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": table.title, "created": datetime(2000, 1, 1)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(_sheet_name(table.title))
    sheet.write_row(0, 0, table.header, bold)
    for number, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)
    notes = book.add_worksheet(_sheet_name(notes_title))
    notes.set_column(0, 0, 24, wrap)
    notes.set_column(1, 1, 90, wrap)
    for number, (what, text) in enumerate(table.notes):
        notes.write_string(number, 0, what, bold)
        notes.write_string(number, 1, text, wrap)
    book.close()
    return into.getvalue()


def attachment(content: bytes, content_type: str, filename: str) -> HttpResponse:
    """Return a file to be kept under a name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def file_response(table: Table, form: str, filename: str, *, notes_title: str) -> HttpResponse:
    """Return a table as ``form`` "csv" or "xlsx", under ``filename`` without its extension."""
    if form == "csv":
        return attachment(as_csv(table), "text/csv; charset=utf-8", f"{filename}.csv")
    return attachment(as_xlsx(table, notes_title=notes_title), XLSX, f"{filename}.xlsx")


def _sheet_name(title: str) -> str:
    """Return a title as the name of a sheet: 31 characters, none of those Excel refuses."""
    return "".join(ch for ch in title if ch not in "[]:*?/\\")[:31].strip("'") or "Datos"


def _widths(table: Table) -> Iterable[float]:
    for column, name in enumerate(table.header):
        cells = [row[column] for row in table.rows[:200]]
        longest = max([len(name), *(len(c) if isinstance(c, str) else 12 for c in cells)])
        yield min(longest, _LONGEST_COLUMN) + 2
