"""Small words around places and periods, in Spanish and English: "de La Laguna", "en el 2.º…".

``lang`` is "es" or "en". A proper name that begins with an article keeps it apart ("de El Oro").
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from traza.places.models import Place
from traza.stats import age_of
from traza.stats.period_words import MONTHS
from traza.stats.periods import Period, format_period

_WORLD = "WLD"
#: Beginnings of names that take a Spanish article in a sentence.
_WITH_ARTICLE = ("estado de ",)


@lru_cache(maxsize=4096)
def period_of(key: int) -> Period:
    """Return the period of a stored key."""
    return Period.from_key(key)


@lru_cache(maxsize=16384)
def period_words(key: int, lang: str, *, short: bool = False) -> str:
    """Return a period in words."""
    return format_period(period_of(key), lang, short=short)


def name_of(place: Place, lang: str) -> str:
    """Return the name of a place in a language."""
    return (place.name_en if lang == "en" else "") or place.name


def subject(place: Place, lang: str) -> str:
    """Return a place as the subject of a sentence: "Torreón", "El mundo"."""
    if place.code == _WORLD:
        return "The world" if lang == "en" else "El mundo"
    name = name_of(place, lang)
    return f"El {name}" if lang == "es" and name.lower().startswith(_WITH_ARTICLE) else name


def of_place(place: Place, lang: str) -> str:
    """Return "de Torreón", "de La Laguna", "del Estado de México", "del mundo"; "of …"."""
    if place.code == _WORLD:
        return "of the world" if lang == "en" else "del mundo"
    name = name_of(place, lang)
    if lang == "en":
        return f"of {name}"
    return f"del {name}" if name.lower().startswith(_WITH_ARTICLE) else f"de {name}"


def _needs_article(period: Period) -> bool:
    return period.freq in ("S", "T", "Q", "D")


def in_period(key: int, lang: str) -> str:
    """Return "en 2019", "en el 2.º trimestre de 2024", "el 24 de noviembre de 2026"."""
    period, words = period_of(key), period_words(key, lang)
    if lang == "en":
        if period.freq == "D":
            return f"on {words}"
        if period.freq == "M_2":
            return f"from {words}"
        return f"in the {words}" if _needs_article(period) else f"in {words}"
    if period.freq == "D":
        return f"el {words}"
    if period.freq == "M_2":
        return f"del {period.start.day} al {_day(period.end)}"
    if period.freq == "W":
        return f"en la {words}"
    return f"en el {words}" if _needs_article(period) else f"en {words}"


def of_period(key: int, lang: str) -> str:
    """Return "de 2019", "del 2.º trimestre de 2024", "de la semana 5 de 2020"; "for …"."""
    period, words = period_of(key), period_words(key, lang)
    if lang == "en":
        return f"for the {words}" if period.freq in ("S", "T", "Q") else f"for {words}"
    if period.freq == "M_2":
        return f"del {period.start.day} al {_day(period.end)}"
    if period.freq == "W":
        return f"de la {words}"
    return f"del {words}" if _needs_article(period) else f"de {words}"


def _day(day: date) -> str:
    return f"{day.day} de {MONTHS['es'][day.month - 1]} de {day.year}"


def ago(key: int, today: date, lang: str) -> str:
    """Return how long ago a period was: "hace 7 años", "hace 5 meses".

    Whole years are counted by the calendar, as people do: in 2026 a figure of 2019 is of seven
    years ago, in January and in December.
    """
    period = period_of(key)
    years = today.year - period.end.year
    if period.freq[:1] == "A" and years > 0:
        if lang == "en":
            return f"{years} {'year' if years == 1 else 'years'} ago"
        return f"hace {years} {'año' if years == 1 else 'años'}"
    return age_of(period.end, today).words(lang)


def join_words(parts: Sequence[str], lang: str, *, no: bool = False) -> str:
    """Return "a", "a y b", "a, b y c" ("e" before an i sound); in English with "and".

    ``no`` joins what is denied: "a, b ni c", "a, b or c".
    """
    items = [part for part in parts if part]
    if len(items) < 2:
        return "".join(items)
    last = items[-1]
    if no:
        return f"{', '.join(items[:-1])} {'or' if lang == 'en' else 'ni'} {last}"
    if lang == "en":
        return f"{', '.join(items[:-1])} and {last}"
    low = last.lower()
    starts_with_i = low.startswith(("i", "hi", "í", "hí")) and not low.startswith(
        ("hie", "ia", "ie", "io")
    )
    return f"{', '.join(items[:-1])} {'e' if starts_with_i else 'y'} {last}"


def day_words(day: date, lang: str) -> str:
    """Return a date in words: "24 de noviembre de 2026"."""
    if lang == "en":
        return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}"
    return _day(day)
