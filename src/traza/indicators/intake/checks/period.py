"""Which period a row speaks of, and the dates that Excel mangled."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import CellProblem
from traza.indicators.intake.readers.table import cell_text, is_blank
from traza.stats.period import FREQ_NAMES
from traza.stats.periods import Period, PeriodError, parse_period

# Excel counts days from 1899-12-30; these are the years 1930 to 2100.
_FIRST_SERIAL, _LAST_SERIAL = 10_959, 73_415
_EXCEL_ZERO = date(1899, 12, 30)


class PeriodReader:
    """Reads the period of thousands of rows in the frequency of a series."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], Period | CellProblem] = {}

    def read(self, cell: Any, freq: str, *, month: Any = None) -> Period:
        """Return the period of a cell, or of a year and a month; raise CellProblem."""
        key = (repr(cell), "" if month is None else repr(month), freq)
        known = self._seen.get(key)
        if known is None:
            try:
                known = _parse(cell, freq, month)
            except CellProblem as problem:
                known = problem
            self._seen[key] = known
        if isinstance(known, CellProblem):
            raise known
        return known


def _parse(cell: Any, freq: str, month: Any) -> Period:
    if is_blank(cell):
        raise CellProblem(
            "no_period", _("falta el periodo. Se escribe, por ejemplo, 2019 o 2019-07.")
        )
    text = cell_text(cell)
    if not is_blank(month):
        text = _joined(text, cell_text(month), freq)
    elif _is_serial(cell, text):
        day = _EXCEL_ZERO + timedelta(days=int(float(text)))
        raise CellProblem(
            "excel_date",
            _(
                "«%(text)s» es el número con que Excel guarda una fecha (%(day)s). Hay que dar "
                "formato de texto a la columna o escribir el periodo."
            )
            % {"text": text, "day": day.isoformat()},
            [day.isoformat()[:7] if freq == "M" else day.isoformat()[:4]],
        )
    given: Any = text
    if isinstance(cell, date) and is_blank(month):
        given = cell.date() if isinstance(cell, datetime) else cell
    try:
        period = parse_period(given, hint=freq)
    except PeriodError as error:
        message = str(error)
        if isinstance(cell, date):
            message += " " + _(
                "Excel suele convertir en fecha lo que no lo es, como «1-2» o «ene-19»."
            )
        raise CellProblem("unreadable_period", message) from error
    if period.freq != freq:
        raise CellProblem(
            "mixed_frequency",
            _(
                "«%(text)s» es %(found)s y la serie se publica por %(freq)s. Hay que cambiar "
                "el periodo o llevar este dato a otra serie."
            )
            % {
                "text": text,
                "found": FREQ_NAMES.get(period.freq, period.freq),
                "freq": FREQ_NAMES.get(freq, freq),
            },
        )
    return period


def _joined(year: str, month: str, freq: str) -> str:
    """Return a year and a month (number or name) as one text."""
    if month.isdecimal():
        return f"{year}-{int(month):02d}" if freq == "M" else f"{year}/{int(month):02d}"
    return f"{month} {year}"


def _is_serial(cell: Any, text: str) -> bool:
    if isinstance(cell, date):
        return False
    try:
        number = float(text)
    except ValueError:
        return False
    return number.is_integer() and _FIRST_SERIAL <= number <= _LAST_SERIAL
