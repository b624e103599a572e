"""A period of time, named the way SDMX names it (TIME_PERIOD), and its arithmetic.

Codes and frequencies (SDMX 3.0, section "Time formats"; CL_FREQ 2.1):

=========  ========================  ================================================
frequency  code                      what
=========  ========================  ================================================
A          ``2024``                  calendar year
S          ``2024-S1``               half year
T          ``2024-T1``               four months (cuatrimestre)
Q          ``2024-Q3``               quarter (trimestre)
M2         ``2024-03-01/P2M``        two months; SDMX has no short form, and its ``B``
                                     means *business day*, so the time range is used
M          ``2024-07``               month
M_2        ``2024-07-16/P16D``       half month (quincena), as a time range
W          ``2024-W05``              ISO week
D          ``2024-07-15``            day
A2, A5...  ``2010-01-01/P5Y``        several years; ``A`` with ``2019-08-01/P1Y`` for a
                                     year that does not begin in January (school year)
=========  ========================  ================================================
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1500, 2200

#: Last digit of a key. Ranges of whole years share 0.
RANKS = {"A": 1, "S": 2, "T": 3, "Q": 4, "M2": 5, "M": 6, "M_2": 7, "W": 8, "D": 9}
_BY_RANK = {rank: freq for freq, rank in RANKS.items()}
_MONTHS = {"A": 12, "S": 6, "T": 4, "Q": 3, "M2": 2, "M": 1}

#: Spanish names of the frequencies, for messages and menus.
FREQ_NAMES = {
    "A": "año",
    "S": "semestre",
    "T": "cuatrimestre",
    "Q": "trimestre",
    "M2": "bimestre",
    "M": "mes",
    "M_2": "quincena",
    "W": "semana",
    "D": "día",
}

_CODE = re.compile(
    r"(?P<y>\d{4})"
    r"(?:-(?:(?P<letter>[STQ])(?P<n>\d)|W(?P<week>\d\d)|(?P<m>\d\d)"
    r"(?:-(?P<d>\d\d)(?:/P(?P<len>\d{1,2})(?P<unit>[YMD]))?)?))?"
)


class PeriodError(ValueError):
    """A text, code or date that is no period; the message (Spanish) says what to write."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """One period. Compared, sorted and hashed by ``key`` alone.

    ``key`` is ``YYYYMMDD`` of the first day times ten plus the rank of the frequency, so it
    fits 32 bits and sorts by start. A range of years (rank 0) begins on the first of a month,
    so its ``DD`` holds the number of years instead, and every key can be read back.
    """

    code: str = field(compare=False)
    freq: str = field(compare=False)
    start: date = field(compare=False)
    end: date = field(compare=False)
    key: int

    def __str__(self) -> str:
        """The SDMX code."""
        return self.code

    @classmethod
    def of(cls, freq: str, year: int, number: int = 1) -> "Period":
        """The ``number``-th period (from 1) of a frequency in a year: ``of("Q", 2024, 3)``.

        Half months are counted within the year (1–24), weeks by ISO. Raises `PeriodError`
        when the year has no such period.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise PeriodError(
                f"El año {year} está fuera de lo admitido ({FIRST_YEAR}–{LAST_YEAR})."
            )
        if freq in _MONTHS:
            months = _MONTHS[freq]
            if not 1 <= number <= 12 // months:
                raise PeriodError(f"El año {year} no tiene {FREQ_NAMES[freq]} {number}.")
            first = (number - 1) * months + 1
            return _make(freq, date(year, first, 1), _month_end(year, first + months - 1))
        if freq == "M_2" and 1 <= number <= 24:
            month, second = (number + 1) // 2, number % 2 == 0
            start = date(year, month, 16 if second else 1)
            end = _month_end(year, month) if second else date(year, month, 15)
            return _make(freq, start, end)
        if freq == "W":
            try:
                monday = date.fromisocalendar(year, number, 1)
            except ValueError:
                raise PeriodError(f"El año {year} no tiene semana {number}.") from None
            return _make(freq, monday, monday + timedelta(days=6))
        raise PeriodError(f"No hay {FREQ_NAMES.get(freq, freq)} {number} en {year}.")

    @classmethod
    def day(cls, day: date) -> "Period":
        """The period of a single day."""
        return _make("D", date(day.year, day.month, day.day), date(day.year, day.month, day.day))

    @classmethod
    def years(cls, first: int, last: int, *, month: int = 1) -> "Period":
        """Whole years from ``first`` to ``last``, both included, beginning in ``month``.

        ``years(2010, 2014)`` is ``2010-01-01/P5Y``; one year from January is the plain year.
        """
        count = last - first + 1
        if not 1 <= count <= 31 or not FIRST_YEAR <= first <= last <= LAST_YEAR:
            raise PeriodError(
                f"El intervalo {first}–{last} no se puede usar: va de menos a más y abarca "
                "hasta 31 años."
            )
        if count == 1 and month == 1:
            return cls.of("A", first)
        end = date(first + count, month, 1) - timedelta(days=1)
        return _make(f"A{count}" if count > 1 else "A", date(first, month, 1), end)

    @classmethod
    def containing(cls, freq: str, day: date) -> "Period":
        """The period of a frequency in which a day falls (not for ranges of years)."""
        if freq in _MONTHS:
            return cls.of(freq, day.year, (day.month - 1) // _MONTHS[freq] + 1)
        if freq == "M_2":
            return cls.of(freq, day.year, day.month * 2 - (day.day < 16))
        if freq == "W":
            iso = day.isocalendar()
            return cls.of(freq, iso.year, iso.week)
        if freq == "D":
            return cls.day(day)
        raise PeriodError(f"La frecuencia «{freq}» no permite ubicar una fecha suelta.")

    @classmethod
    def from_key(cls, key: int) -> "Period":
        """The period a ``key`` stands for. Raises `PeriodError` for a number that is no key."""
        stamp, rank = divmod(int(key), 10)
        year, month, day = stamp // 10000, stamp // 100 % 100, stamp % 100
        try:
            if rank == 0:
                period = cls.years(year, year + day - 1, month=month)
            else:
                period = cls.containing(_BY_RANK[rank], date(year, month, day))
        except ValueError:
            raise PeriodError(f"La clave de periodo {key} no es válida.") from None
        if period.key != key:
            raise PeriodError(f"La clave de periodo {key} no es válida.")
        return period

    @classmethod
    def from_code(cls, code: str) -> "Period":
        """The period of an SDMX code, strictly as in the table above."""
        found = _CODE.fullmatch(code)
        if not found:
            raise PeriodError(f"«{code}» no es un periodo SDMX.")
        year = int(found["y"])
        if found["letter"]:
            return cls.of(found["letter"], year, int(found["n"]))
        if found["week"]:
            return cls.of("W", year, int(found["week"]))
        if not found["m"]:
            return cls.of("A", year)
        try:
            start = date(year, int(found["m"]), int(found["d"] or 1))
        except ValueError:
            raise PeriodError(f"«{code}» no es una fecha del calendario.") from None
        if not found["d"]:
            return cls.of("M", year, start.month)
        if not found["len"]:
            return cls.day(start)
        period = None
        if found["unit"] == "Y" and int(found["len"]) > 0:
            period = cls.years(year, year + int(found["len"]) - 1, month=start.month)
        elif found["unit"] == "M" and found["len"] == "2":
            period = cls.containing("M2", start)
        elif found["unit"] == "D":
            period = cls.containing("M_2", start)
        if period is None or period.code != code:
            raise PeriodError(f"«{code}» no es un intervalo que se pueda guardar.")
        return period

    @property
    def number(self) -> int:
        """Which one within its year, from 1 (quarter 3 → 3; the ISO week; the day of the year)."""
        if self.freq in _MONTHS and self.key % 10:
            return (self.start.month - 1) // _MONTHS[self.freq] + 1
        if self.freq == "M_2":
            return self.start.month * 2 - (self.start.day < 16)
        if self.freq == "W":
            return self.start.isocalendar().week
        return self.start.timetuple().tm_yday if self.freq == "D" else 1

    @property
    def year(self) -> int:
        """The year it is counted in (the ISO year for weeks, the first year of a range)."""
        return self.start.isocalendar().year if self.freq == "W" else self.start.year

    @property
    def middle(self) -> float:
        """The middle of the period as a decimal year: where a chart puts its point."""
        return (_decimal(self.start) + _decimal(self.end + timedelta(days=1))) / 2

    def previous(self, n: int = 1) -> "Period":
        """The period ``n`` steps before, of the same frequency; ``n`` may be negative."""
        if self.key % 10 == 0:
            years = int(self.freq[1:] or 1)
            first = self.start.year - n * years
            return Period.years(first, first + years - 1, month=self.start.month)
        if self.freq in ("W", "D"):
            step = timedelta(days=7 if self.freq == "W" else 1)
            return Period.containing(self.freq, self.start - step * n)
        per_year = 24 if self.freq == "M_2" else 12 // _MONTHS[self.freq]
        year, number = divmod(self.year * per_year + self.number - 1 - n, per_year)
        return Period.of(self.freq, year, number + 1)

    def next(self, n: int = 1) -> "Period":
        """The period ``n`` steps after, of the same frequency."""
        return self.previous(-n)

    def year_ago(self) -> "Period":
        """The same period one year earlier.

        29 February becomes the 28th and week 53 becomes week 52; a range of years moves by one.
        """
        if self.key % 10 == 0:
            first = self.start.year - 1
            years = int(self.freq[1:] or 1)
            return Period.years(first, first + years - 1, month=self.start.month)
        if self.freq == "D":
            last = calendar.monthrange(self.start.year - 1, self.start.month)[1]
            return Period.day(
                self.start.replace(self.start.year - 1, day=min(self.start.day, last))
            )
        if self.freq == "W":
            return Period.of("W", self.year - 1, min(self.number, 52))
        return Period.of(self.freq, self.year - 1, self.number)


def periods_between(first: Period, last: Period) -> int:
    """Steps from ``first`` to ``last`` (0 if equal, negative if earlier), of one frequency.

    Raises `PeriodError` if the frequencies differ.
    """
    if first.freq != last.freq:
        raise PeriodError(
            f"{first.code} y {last.code} tienen frecuencia distinta: no se pueden contar los "
            "periodos que hay entre ambos."
        )
    if first.key % 10 == 0 or last.key % 10 == 0:
        months = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month
        return months // (12 * int(first.freq[1:] or 1))
    if first.freq in ("W", "D"):
        return (last.start - first.start).days // (7 if first.freq == "W" else 1)
    per_year = 24 if first.freq == "M_2" else 12 // _MONTHS[first.freq]
    return (last.year - first.year) * per_year + last.number - first.number


def infer_freq(ends: Iterable[date]) -> str | None:
    """The coarsest frequency whose last days hold all the dates; ``None`` when it cannot be said.

    A single date says nothing unless it closes a year.
    """
    days = sorted(set(ends))
    if not days:
        return None
    if all((d.month, d.day) == (12, 31) for d in days):
        return "A"
    if len(days) == 1:
        return None
    for freq in ("S", "T", "Q", "M2", "M", "M_2"):
        if all(Period.containing(freq, d).end == d for d in days):
            return freq
    if all((d - days[0]).days % 7 == 0 for d in days):
        return "W" if days[0].weekday() == 6 else None
    return "D"


def _make(freq: str, start: date, end: date) -> Period:
    stamp = start.year * 10000 + start.month * 100 + start.day
    rank = RANKS.get(freq, 0)
    if rank == 0 or (freq == "A" and start.month != 1):
        years = int(freq[1:] or 1)
        return Period(f"{start}/P{years}Y", freq, start, end, (stamp - 1 + years) * 10)
    if freq == "A":
        code = f"{start.year}"
    elif freq in ("S", "T", "Q"):
        code = f"{start.year}-{freq}{(start.month - 1) // _MONTHS[freq] + 1}"
    elif freq == "M":
        code = f"{start.year}-{start.month:02d}"
    elif freq == "M2":
        code = f"{start}/P2M"
    elif freq == "M_2":
        code = f"{start}/P{(end - start).days + 1}D"
    elif freq == "W":
        iso = start.isocalendar()
        code = f"{iso.year}-W{iso.week:02d}"
    else:
        code = start.isoformat()
    return Period(code, freq, start, end, stamp * 10 + rank)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _decimal(day: date) -> float:
    first = date(day.year, 1, 1)
    return day.year + (day - first).days / (365 + calendar.isleap(day.year))
