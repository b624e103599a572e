"""Workbooks (.xlsx, .xls, .ods), read by `extract` in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.readers.kinds import _broken, _locked

_PROGRAM = Path(__file__).with_name("extract.py")


def sheet_rows(path: Path, filename: str, sheet: str = "") -> Iterator[list[Any]]:
    """Yield the rows of a sheet as lists of cells; the first sheet with content by default.

    Raises IntakeError when the workbook is locked, broken, or too much for the memory allowed.
    """
    with _extracting(path, filename, sheet) as output:
        next(output, None)
        for line in output:
            yield [_cell(cell) for cell in json.loads(line)]


def sheet_names(path: Path, filename: str) -> tuple[list[str], str]:
    """Return the names of the sheets and the one that is read by default."""
    with _extracting(path, filename, "") as output:
        head = json.loads(next(output, "{}"))
    return list(head.get("sheets", [])), str(head.get("sheet", ""))


def sheet_height(path: Path, filename: str, sheet: str = "") -> int:
    """Return how many rows a sheet reaches down to."""
    with _extracting(path, filename, sheet) as output:
        head = json.loads(next(output, "{}"))
    return int(head.get("rows", 0))


@contextmanager
def _extracting(path: Path, filename: str, sheet: str) -> Iterator[IO[str]]:
    # -I: nothing from the current folder or the environment is imported.
    process = subprocess.Popen(  # noqa: S603 — our own program, no shell
        [sys.executable, "-I", str(_PROGRAM), str(path), sheet],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        yield process.stdout
        # Whoever stops early has read enough; only the end of the output says how it went.
        if process.stdout.read(1):
            return
        _refuse(process.wait(), filename, sheet)
    finally:
        process.stdout.close()
        process.kill()
        process.wait()


def _refuse(code: int, filename: str, sheet: str) -> None:
    if code == 0:
        return
    if code == 3:
        raise _locked(filename)
    if code == 4:
        raise _broken(filename)
    if code == 5:
        raise IntakeError(
            _("«%(file)s» no tiene una hoja llamada «%(sheet)s».")
            % {"file": filename, "sheet": sheet}
        )
    raise IntakeError(
        _(
            "«%s» necesita demasiada memoria o tiempo: suele tener millones de celdas con formato "
            "o un dato perdido muy lejos. Hay que copiar solo los datos a un "
            "libro nuevo y subir ese."
        )
        % filename
    )


def _cell(cell: Any) -> Any:
    if isinstance(cell, dict):
        text = cell["d"]
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    return cell
