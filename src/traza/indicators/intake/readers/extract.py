"""Run as a program: write the rows of a workbook as JSON lines. Imports nothing of Traza.

It runs in a process of its own with bounded memory and time, so that no file, however made, can
take the server with it. Usage: ``extract.py PATH [SHEET]``; first line: names of the sheets, the
one read and its height; then one list of cells a row, dates as ``{"d": "2019-07-31"}``. Exit
codes: 3 locked, 4 unreadable, 5 no such sheet; out of memory is whatever the system makes of it.
"""

import datetime
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

MEMORY = 1536 * 1024 * 1024
SECONDS = 180
_CHUNK = 1 << 20
_ERROR_CELL = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_ERROR_TEXT = re.compile(rb"<v>(#[^<]*)</v>")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

# Row, then column, from 0 → the error that a formula left there.
Errors = dict[int, dict[int, str]]


def main(path: str, sheet: str) -> int:
    """Write the rows of one sheet (the first with content when not named) and return the code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet and sheet not in names:
            return 5
        chosen = book.get_sheet_by_name(sheet) if sheet else None
        if chosen is None:
            for name in names:
                chosen = book.get_sheet_by_name(name)
                if chosen.total_height and chosen.total_width:
                    break
        write = sys.stdout.write
        head = {
            "sheets": names,
            "sheet": chosen.name if chosen else "",
            "rows": chosen.end[0] + 1 if chosen and chosen.end else 0,
        }
        write(json.dumps(head) + "\n")
        if chosen is not None:
            errors = formula_errors(path, chosen.name)
            # Empty columns on the left count: people look for the column in Excel.
            left = [""] * (chosen.start[1] if chosen.start else 0)
            for number, row in enumerate(chosen.iter_rows()):
                cells = left + list(row)
                for column, text in errors.get(number, {}).items():
                    cells += [""] * (column + 1 - len(cells))
                    cells[column] = text
                write(json.dumps(cells, default=_plain) + "\n")
        sys.stdout.flush()
    except PasswordError:
        return 3
    except (
        CalamineError,
        OSError,
        ValueError,
        KeyError,
        ElementTree.ParseError,
        zipfile.BadZipFile,
    ) as error:
        sys.stderr.write(str(error))
        return 4
    return 0


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.datetime):
        return {"d": cell.date().isoformat() if cell.time() == datetime.time() else str(cell)}
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    return str(cell)


def formula_errors(path: str, sheet: str) -> Errors:
    """Return the errors (#REF!, #N/A…) that formulas left; calamine reads them as empty cells.

    Of .xlsx and .ods; the old .xls keeps them in a form that is not looked at.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" in names:
            return _errors_of_xlsx(archive, sheet)
        return _errors_of_ods(archive, sheet) if "content.xml" in names else {}


def _errors_of_xlsx(archive: zipfile.ZipFile, sheet: str) -> Errors:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    member = ""
    for entry in book.iter():
        if entry.tag.endswith("}sheet") and entry.get("name") == sheet:
            member = targets.get(entry.get(_REL), "")
    member = member.lstrip("/") if member.startswith("/") else f"xl/{member}"
    errors: Errors = {}
    if member not in archive.namelist():
        return errors
    for attributes, content in _matches(archive, member):
        where, text = _REFERENCE.search(attributes), _ERROR_TEXT.search(content)
        if where and text:
            column = 0
            for letter in where[1]:
                column = column * 26 + letter - 64
            errors.setdefault(int(where[2]) - 1, {})[column - 1] = text[1].decode(
                "ascii", "replace"
            )
    return errors


def _matches(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield attributes and content of the error cells, reading a piece at a time."""
    with archive.open(member) as file:
        rest = b""
        while chunk := file.read(_CHUNK):
            piece = rest + chunk
            # A cell may be cut by the end of the piece: keep what follows the last whole one.
            end = piece.rfind(b"</c>") + 4
            if end < 4:
                rest = piece[-_CHUNK:]
                continue
            for match in _ERROR_CELL.finditer(piece[:end]):
                yield match[1], match[2]
            rest = piece[end:]


def _errors_of_ods(archive: zipfile.ZipFile, sheet: str) -> Errors:
    errors: Errors = {}
    row = column = 0
    inside = False
    with archive.open("content.xml") as file:
        for event, node in ElementTree.iterparse(file, ("start", "end")):  # noqa: S314
            if node.tag == f"{_TABLE}table" and event == "start":
                inside, row = node.get(f"{_TABLE}name") == sheet, 0
            elif node.tag == f"{_TABLE}table-row" and event == "start":
                column = 0
            elif node.tag == f"{_TABLE}table-row":
                row += int(node.get(f"{_TABLE}number-rows-repeated", "1"))
                node.clear()
            elif node.tag == f"{_TABLE}table-cell" and event == "end":
                if inside and node.get(_CALCEXT) == "error":
                    errors.setdefault(row, {})[column] = "".join(node.itertext()) or "#ERROR"
                column += int(node.get(f"{_TABLE}number-columns-repeated", "1"))
    return errors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))
