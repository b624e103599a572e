"""What period a date of the facts stands for.

The facts give the last day of each period and, for each indicator, how often it was published.
Dates were typed by hand: some fall a day before the end of their month, some are the day of a
survey. A series gets one frequency; where the date is not the last day of the period, the comment
of the value keeps it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from traza.stats.periods import Period, format_period

_MONTHS_OF = {"S": (6, 12), "Q": (3, 6, 9, 12)}
#: Surveys that are quarterly, although only a quarter or two of some indicator were kept.
_QUARTERLY = {"ensu", "enoe-estrategicos", "enoe-microdatos"}


def frequency(days: Iterable[date], published: str, source: str) -> str:
    """Return the frequency (SDMX) of a series from its dates and how often it is published."""
    found = sorted(set(days))
    one_a_year = max(Counter(day.year for day in found).values()) == 1
    if published in ("diaria", "semanal"):
        return "D"
    if all((day.month, day.day) == (12, 31) for day in found):
        return "A"
    if source in _QUARTERLY:
        return "Q"
    if published == "único":
        return "M" if all(_closes_month(day) for day in found) else "D"
    if published == "mensual":
        return "M"
    if published == "trimestral":
        return "A" if one_a_year and not _ends(found, "Q") else "Q"
    if published == "semestral":
        return "S" if _ends(found, "S") else "D"
    if one_a_year:
        return "A"
    if published != "anual" and not _ends(found, "Q"):
        return "M" if all(_closes_month(day) for day in found) else "A"
    return "Q" if _ends(found, "Q") and not _yearly(found) else "A"


def period_of(day: date, freq: str) -> Period:
    """Return the period in which a date falls."""
    return Period.containing(freq, day)


def date_comment(day: date, period: Period) -> str:
    """Return the words that keep a date which does not close its period; empty otherwise."""
    if day == period.end:
        return ""
    return f"La fuente lo fecha el {format_period(Period.day(day), 'es')}."


def _closes_month(day: date) -> bool:
    return period_of(day, "M").end == day


def _ends(days: list[date], freq: str) -> bool:
    return all(day.month in _MONTHS_OF[freq] and day.day >= 28 for day in days)


def _yearly(days: list[date]) -> bool:
    """Most dates close a year, or recur once a year: the others are cuts within it."""
    closing = sum((day.month, day.day) == (12, 31) for day in days)
    mid = sum((day.month, day.day) == (6, 30) for day in days)
    return max(closing, mid) * 2 > len(days)
