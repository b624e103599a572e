"""Delimited text: any delimiter; UTF-8, UTF-16, Windows-1252 or Latin-1, found by looking."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 60
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_CHUNK = 1 << 20
_LONGEST_LINE = 4 << 20


def text_rows(path: Path, filename: str) -> Iterator[list[str]]:
    """Yield the rows of a text file, one list a physical record, cells as written.

    Raises IntakeError when it is not text or its quotes do not close.
    """
    encoding = detect_encoding(path, filename)
    last = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = detect_delimiter("".join(islice(_lines(file, filename), _SAMPLE_LINES)))
        with path.open(encoding=encoding, newline="") as file:
            record: list[str] = []
            reader = csv.reader(_kept(_lines(file, filename), record), delimiter=delimiter)
            for row in reader:
                gap = reader.line_num - last - 1
                if gap and "".join(record).count('"') % 2:
                    raise csv.Error(_("una comilla se abre y no se cierra"))
                record.clear()
                # A record over several lines leaves its extra lines blank, so numbers agree.
                for _line in range(gap):
                    yield []
                last = reader.line_num
                yield row
    except csv.Error as error:
        raise IntakeError(
            _(
                "«%(file)s», renglón %(line)s: no se puede separar en columnas (%(error)s). "
                "Hay que revisar las comillas de ese renglón."
            )
            % {"file": filename, "line": last + 1, "error": error}
        ) from error
    except UnicodeError as error:
        raise _no_text(filename) from error


def _kept(lines: Iterator[str], record: list[str]) -> Iterator[str]:
    """Yield lines and leave them in ``record`` until whoever reads them has made a row of them."""
    for line in lines:
        record.append(line)
        yield line


def _lines(file: TextIO, filename: str) -> Iterator[str]:
    """Yield the lines of a text, none of them longer than a table has."""
    while line := file.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise _no_text(filename)
        yield line


def _no_text(filename: str) -> IntakeError:
    return IntakeError(
        _(
            "«%s» no es texto ni una hoja de cálculo que se pueda leer. Se leen .xlsx, .xls, .ods "
            "y .csv."
        )
        % filename
    )


def detect_encoding(path: Path, filename: str = "") -> str:
    """Return the encoding of a text file; raise IntakeError when it holds binary data."""
    with path.open("rb") as file:
        start = file.read(4096)
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
            if zeros and zeros.count(0) > len(zeros) * 0.8:
                return name
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf8, windows = True, True
        while chunk := file.read(_CHUNK):
            if _CONTROL & set(chunk):
                raise _no_text(filename or path.name)
            if utf8:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    utf8 = False
            # These five bytes have no character in Windows-1252.
            windows = windows and not {0x81, 0x8D, 0x8F, 0x90, 0x9D} & set(chunk)
        if utf8:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                utf8 = False
    if utf8:
        return "utf-8"
    return "cp1252" if windows else "latin-1"


def detect_delimiter(sample: str) -> str:
    """Return the delimiter that cuts most lines into the same number of cells."""
    best, best_score = ",", 0
    for delimiter in DELIMITERS:
        try:
            widths = Counter(
                len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row
            )
        except csv.Error:
            continue
        score = max(((width - 1) * n for width, n in widths.items()), default=0)
        # Commas also separate decimals and thousands: another mark must only be as good.
        if score > best_score or (score == best_score and score and best == ","):
            best, best_score = delimiter, score
    return best
