"""Writing a period for people, in Spanish of Mexico or in English."""

from .period import Period

MONTHS = {
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto",
        "septiembre", "octubre", "noviembre", "diciembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ),
}  # fmt: skip
SHORT_MONTHS = {lang: tuple(name[:3] for name in names) for lang, names in MONTHS.items()}

_ES_ORDINAL = {1: "1.er", 2: "2.º", 3: "3.er", 4: "4.º", 5: "5.º", 6: "6.º"}
_EN_ORDINAL = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th"}
_ES_NAME = {"S": "semestre", "T": "cuatrimestre", "Q": "trimestre"}
_EN_NAME = {"S": "half", "T": "four months", "Q": "quarter"}
_ES_LETTER = {"S": "S", "T": "C", "Q": "T"}
_EN_LETTER = {"S": "H", "Q": "Q"}


def format_period(period: Period, lang: str = "es", *, short: bool = False) -> str:
    """A period in words: "marzo de 2020", "2.º trimestre de 2024", "24 de noviembre de 2026".

    ``short`` suits tables and axes: "mar 2020", "T2 2024", "24 nov 2026".
    """
    lang = "en" if lang.startswith("en") else "es"
    start, end, freq, year = period.start, period.end, period.freq, period.year
    of = " " if short or lang == "en" else " de "
    months = (SHORT_MONTHS if short else MONTHS)[lang]
    month = months[start.month - 1]
    if period.key % 10 == 0:
        if start.month == 1:
            return f"{start.year}–{end.year}"
        return f"{month}{of}{start.year} – {months[end.month - 1]}{of}{end.year}"
    if freq == "A":
        return str(year)
    if freq == "M":
        return f"{month}{of}{year}"
    if freq == "M2" or (freq == "T" and short and lang == "en"):
        return f"{month}–{months[end.month - 1]}{of}{year}"
    if freq in _ES_NAME:
        if short:
            return f"{(_EN_LETTER if lang == 'en' else _ES_LETTER)[freq]}{period.number} {year}"
        if lang == "en":
            return f"{_EN_ORDINAL[period.number]} {_EN_NAME[freq]} of {year}"
        return f"{_ES_ORDINAL[period.number]} {_ES_NAME[freq]} de {year}"
    if freq == "M_2":
        days = f"{start.day}–{end.day}"
        return f"{days}{of}{month}{of}{year}"
    if freq == "W":
        if lang == "en":
            return f"wk {period.number}, {year}" if short else f"week {period.number} of {year}"
        return f"sem. {period.number}, {year}" if short else f"semana {period.number} de {year}"
    day = "1.º" if start.day == 1 and lang == "es" and not short else str(start.day)
    return f"{day}{of}{month}{of}{year}"


def format_span(first: Period, last: Period, lang: str = "es") -> str:
    """From one period to another: "2014–2019", "enero–julio de 2024", "mar 2014–jul 2019"."""
    lang = "en" if lang.startswith("en") else "es"
    if first.key == last.key:
        return format_period(first, lang)
    of = " de " if lang == "es" else " "
    names = MONTHS[lang]
    if first.freq == last.freq == "A" or (first.key % 10 == 0 and last.key % 10 == 0):
        same_month = first.start.month == last.start.month == 1
        if same_month:
            return f"{first.start.year}–{last.end.year}"
    if first.freq == last.freq == "M" and first.year == last.year:
        return f"{names[first.start.month - 1]}–{names[last.start.month - 1]}{of}{first.year}"
    if first.freq == last.freq and first.freq in ("S", "T", "Q") and first.year == last.year:
        if first.freq in _EN_LETTER or lang == "es":
            head = format_period(first, lang, short=True).split()[0]
            return f"{head}–{format_period(last, lang, short=True)}"
        return format_period(Period.of("A", first.year), lang)
    dash = " – " if first.freq in ("D", "W", "M_2", "M2") else "–"
    return f"{format_period(first, lang, short=True)}{dash}{format_period(last, lang, short=True)}"
