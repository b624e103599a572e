"""The frequency of a file for which no series exists yet, read from its periods."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from traza.indicators.intake.mapping import Mapping
from traza.indicators.intake.propose import Sample, propose, take_sample
from traza.indicators.intake.readers.table import Table, cell_text, is_blank
from traza.places.queries import PlaceResolver
from traza.stats.periods import Period, PeriodError, infer_freq, parse_period


def frequency_of(table: Table, resolver: PlaceResolver, *, period: str = "") -> str:
    """Return the frequency that most periods of a file have; blank when it cannot be told.

    ``period`` is the one period of a file that does not say it. Dates that all open or close a
    year, quarter or month are of that frequency.
    """
    mapping = propose(table, None, resolver)
    periods = [found for cell in _cells(table, mapping, period) if (found := _parsed(cell))]
    if not periods:
        return ""
    freq, _n = Counter(found.freq for found in periods).most_common(1)[0]
    if freq == "D":
        days = {found.start for found in periods if found.freq == "D"}
        return _of_days(days)
    return freq


def _cells(table: Table, mapping: Mapping, period: str) -> list[Any]:
    sample = take_sample(table)
    if mapping.layout == "areas_by_periods":
        return [sample.raw_header[column.index] for column in mapping.of("value")]
    year, month = mapping.first("year"), mapping.first("month")
    if year is not None and month is not None:
        return _joined(sample, year.index, month.index)
    column = year or mapping.first("period")
    if column is not None:
        return sample.column(column.index)
    return [period or mapping.constants.get("period", "")]


def _joined(sample: Sample, year: int, month: int) -> list[str]:
    rows = [row for row in sample.rows if max(year, month) < len(row)]
    pairs = [(cell_text(row[year]), cell_text(row[month])) for row in rows]
    return [
        f"{first}-{int(second):02d}" if second.isdecimal() else f"{second} {first}"
        for first, second in pairs
        if first and second
    ]


def _parsed(cell: Any) -> Period | None:
    if is_blank(cell):
        return None
    try:
        return parse_period(cell if isinstance(cell, date) else cell_text(cell))
    except PeriodError:
        return None


def _of_days(days: set[date]) -> str:
    """Return the frequency of dates that open or close their periods."""
    if all((day.month, day.day) == (1, 1) for day in days):
        return "A"
    closing = infer_freq(days)
    if closing not in (None, "D"):
        return str(closing)
    opening = infer_freq(day - timedelta(days=1) for day in days)
    return str(opening) if opening not in (None, "D", "W") else "D"
