"""Reading a period from what an analyst, a spreadsheet or another system writes."""

import re
import unicodedata
from datetime import date, datetime

from .period import FIRST_YEAR, LAST_YEAR, Period, PeriodError

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan",
            "febrero feb february",
            "marzo mar march",
            "abril abr april apr",
            "mayo may",
            "junio jun june",
            "julio jul july",
            "agosto ago august aug",
            "septiembre setiembre sep sept set september",
            "octubre oct october",
            "noviembre nov november",
            "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_ORDINALS = {
    "primer": 1, "primero": 1, "primera": 1, "first": 1, "i": 1,
    "segundo": 2, "segunda": 2, "second": 2, "ii": 2,
    "tercer": 3, "tercero": 3, "tercera": 3, "third": 3, "iii": 3,
    "cuarto": 4, "cuarta": 4, "fourth": 4, "iv": 4,
    "quinto": 5, "v": 5, "sexto": 6, "vi": 6,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_ORDINAL = rf"(?P<n>{_NUMBER})(?:er|ra|do|da|ro|to|ta|st|nd|rd|th|[oa])?\.?"
_WORDS = {
    "semestre": "S", "sem": "S", "half": "S",
    "cuatrimestre": "T", "cuatrim": "T",
    "trimestre": "Q", "trim": "Q", "quarter": "Q",
    "bimestre": "M2", "bim": "M2",
    "semana": "W", "week": "W",
}  # fmt: skip
_WORD = rf"(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})\.?"
# T is the quarter of Mexican usage (trimestre); SDMX's four months need the hint "T".
_LETTERS = {"q": "Q", "t": "Q", "s": "S", "h": "S", "c": "T", "b": "M2", "m": "M", "w": "W"}
_YEAR = r"(?P<y>\d{4})"
_SHORT_YEAR = r"(?P<y>\d{4}|\d{2})"
_CLOCK = r"(?:[t ][\d:.]+(?:z|[+-][\d:]+)?)?"
_DAY = r"(?P<d>\d{1,2})"
_NAME = rf"(?P<m>{_MONTH})\.?"
_OF = r"(?: de | del | of |[ ,/-]| ?)"


def parse_period(text: object, *, hint: str | None = None) -> Period:
    """Read a period from what people write; spreadsheet dates and numbers are welcome too.

    ``hint`` is the expected frequency (`Period.freq`). It decides what the text leaves open:
    a date that opens or closes a period of that frequency becomes that period
    (``2019-12-31`` with ``"A"`` is ``2019``); ``2020/03`` with ``"Q"`` is the third quarter
    (INEGI's way); ``2019-T2`` with ``"T"`` is SDMX's second four months, otherwise the second
    quarter, as in Mexico. Dates are read day first. ``2015-2020`` counts both years.

    Raises `PeriodError`: what was read and which forms are accepted.
    """
    if isinstance(text, date):
        day = text.date() if isinstance(text, datetime) else text
        return _of_day(day, hint, shown=day.isoformat())
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    shown = " ".join(str("" if text is None else text).split())
    if not shown:
        raise PeriodError("Falta el periodo. " + _FORMS)
    plain = _fold(shown)
    for pattern, build in _READERS:
        found = pattern.fullmatch(plain)
        if found:
            try:
                return build(found.groupdict(), hint, shown)
            except PeriodError as error:
                message = str(error)
                raise PeriodError(
                    message if message.startswith("«") else f"«{shown}»: {message}"
                ) from None
    raise PeriodError(f"«{shown}» no se entiende como periodo. {_FORMS}")


_FORMS = (
    "Se acepta, por ejemplo: 2024, 2024-07, julio de 2024, 2024-Q3 o 3T2024, "
    "1er semestre 2024, 2024-W05, 31/12/2024, 2015-2020."
)


def _fold(text: str) -> str:
    """Lower case, no accents, one kind of dash and space."""
    text = unicodedata.normalize("NFKD", text.replace("º", "o").replace("ª", "a"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub("[‐‑‒–—−]", "-", text)
    return re.sub(r"\s*([-/])\s*", r"\1", text.strip(" .,;"))


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _of_day(day: date, hint: str | None, *, shown: str) -> Period:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise PeriodError(
            f"«{shown}»: el año {day.year} está fuera de lo admitido ({FIRST_YEAR}–{LAST_YEAR})."
        )
    if hint is None or hint == "D":
        return Period.day(day)
    if hint.startswith("A") and hint[1:].isdigit():
        if (day.month, day.day) == (12, 31):
            return Period.years(day.year - int(hint[1:]) + 1, day.year)
        raise PeriodError(f"«{shown}» no es el último día de un intervalo de {hint[1:]} años.")
    period = Period.containing(hint, day)
    if day not in (period.start, period.end):
        raise PeriodError(
            f"«{shown}» es un día dentro del periodo {period.code}, no su inicio ni su cierre. "
            f"Se escribe {period.code}, si es el que corresponde."
        )
    return period


def _date(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    month = parts["m"]
    try:
        day = date(
            _full_year(parts["y"]),
            _MONTHS[month] if month in _MONTHS else int(month),
            int(parts["d"]),
        )
    except ValueError:
        extra = ""
        if not month.isalpha() and int(month) > 12 and int(parts["d"]) <= 12:
            extra = " El día va primero: 31/12/2019."
        raise PeriodError(f"«{shown}» no es una fecha del calendario.{extra}") from None
    return _of_day(day, hint, shown=shown)


def _year(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    return Period.of("A", int(parts["y"]))


def _numbered_by_hint(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    """``2020/03``: a month, or the third quarter where quarters are expected."""
    freq = hint if hint in ("S", "T", "Q", "M2") and "m" in parts else "M"
    return Period.of(freq, int(parts["y"]), int(parts["m"]))


def _month(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    return Period.of("M", _full_year(parts["y"]), _MONTHS[parts["m"]])


def _months(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    """``enero-marzo 2019``: a quarter; two, four, six and twelve months likewise."""
    first, last = _MONTHS[parts["m"]], _MONTHS[parts["m2"]]
    freq = {2: "M2", 3: "Q", 4: "T", 6: "S", 12: "A"}.get(last - first + 1)
    if freq is None or (first - 1) % (last - first + 1):
        raise PeriodError(f"«{shown}» no coincide con un bimestre, trimestre, cuatrimestre ni año.")
    return Period.of(freq, _full_year(parts["y"]), (first - 1) // (last - first + 1) + 1)


def _lettered(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    freq = _LETTERS[parts["letter"]]
    if parts["letter"] == "t" and hint == "T":
        freq = "T"
    return Period.of(freq, _full_year(parts["y"]), int(parts["n"]))


def _worded(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    n = parts["n"]
    number = _ORDINALS[n] if n in _ORDINALS else int(n)
    return Period.of(_WORDS[parts["word"]], _full_year(parts["y"]), number)


def _roman(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    freq = hint if hint in ("S", "T", "Q", "M2") else "Q"
    return Period.of(freq, int(parts["y"]), _ORDINALS[parts["n"]])


def _half_month(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    n, month = parts["n"], parts["m"]
    number = _ORDINALS[n] if n in _ORDINALS else int(n)
    in_year = (_MONTHS[month] if month in _MONTHS else int(month)) * 2 - 2 + number
    if number not in (1, 2):
        raise PeriodError(f"«{shown}»: un mes tiene 1.ª y 2.ª quincena.")
    return Period.of("M_2", _full_year(parts["y"]), in_year)


def _years(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    return Period.years(int(parts["y"]), int(parts["y2"]))


def _code(parts: dict[str, str], hint: str | None, shown: str) -> Period:
    return Period.from_code(shown.upper())


_READERS = [
    (re.compile(pattern), build)
    for pattern, build in (
        (rf"{_YEAR}(?:\.0+)?", _year),
        (rf"(?:ano|year) {_YEAR}", _year),
        (r"\d{4}-\d\d-\d\d/p\d{1,2}[ymd]", _code),
        (rf"{_YEAR}/(?P<m>\d\d)/\d\d\|(?P<n>[12])", _half_month),
        (rf"{_YEAR}[-/.](?P<m>\d{{1,2}})[-/.]{_DAY}{_CLOCK}", _date),
        (rf"{_DAY}[-/.](?P<m>\d{{1,2}})[-/.]{_YEAR}{_CLOCK}", _date),
        (rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)", _date),
        (rf"{_YEAR}(?P<m>\d\d)", _numbered_by_hint),
        (rf"{_YEAR}[-/](?P<m>\d{{1,2}})", _numbered_by_hint),
        (rf"(?P<m>\d{{1,2}})[-/]{_YEAR}", _numbered_by_hint),
        (rf"{_NAME}{_OF}{_SHORT_YEAR}", _month),
        (rf"{_YEAR}[ -]?{_NAME}", _month),
        (rf"{_NAME}(?:-| a )(?P<m2>{_MONTH})\.?{_OF}{_SHORT_YEAR}", _months),
        (rf"{_YEAR}[ ,-]*{_NAME}(?:-| a )(?P<m2>{_MONTH})\.?", _months),
        (rf"{_DAY}o?(?: de |[ /-]){_NAME}(?: de | del |,? |[/-]){_SHORT_YEAR}", _date),
        (rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}", _date),
        (rf"{_YEAR}[ /-]?(?P<letter>[qtshcbmw])[ -]?(?P<n>\d{{1,2}})", _lettered),
        (rf"(?P<letter>[qtshcbw])(?P<n>\d{{1,2}})[ /-]?{_SHORT_YEAR}", _lettered),
        (rf"(?P<n>\d)(?P<letter>[qtshcb])[ /-]?{_SHORT_YEAR}", _lettered),
        (rf"{_YEAR}[ /-](?P<n>iv|i{{1,3}})", _roman),
        (rf"(?P<n>iv|i{{1,3}})[ /-]{_YEAR}", _roman),
        (rf"{_ORDINAL} ?{_WORD}{_OF}{_SHORT_YEAR}", _worded),
        (rf"{_WORD} ?(?P<n>{_NUMBER}){_OF}{_YEAR}", _worded),
        (rf"{_YEAR}[ ,/-]*{_ORDINAL} ?{_WORD}", _worded),
        (rf"{_YEAR}[ ,/-]*{_WORD} ?(?P<n>{_NUMBER})", _worded),
        (rf"{_ORDINAL} ?(?:quincena|q)\.?(?: de)? {_NAME}{_OF}{_SHORT_YEAR}", _half_month),
        (rf"{_YEAR}(?:[-/]| al? )(?P<y2>\d{{4}})", _years),
    )
]  # fmt: skip
