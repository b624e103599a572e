"""Words of the indicator room in the reader's language: names, units, levels, statuses.

``lang`` is "es" or "en"; Spanish stands where a thing has no English.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.indicators.models import Indicator, Series, Unit
from traza.places.models import Place
from traza.stats import UnitFormat, format_value

#: Kinds whose numbers need a noun to be understood ("129 homicidios").
_NEED_NOUN = {"count", "duration", "area", "volume"}
#: The sign of money that several countries use: the name of theirs has to follow.
_ANY_MONEY = "$"

#: Level of territory: one and many, in Spanish and in English.
LEVELS: dict[str, tuple[str, str, str, str]] = {
    "world": ("mundo", "mundo", "world", "world"),
    "group": ("grupo de países", "grupos de países", "group of countries", "groups of countries"),
    "country": ("país", "países", "country", "countries"),
    "state": ("estado", "estados", "state", "states"),
    "metro": (
        "zona metropolitana",
        "zonas metropolitanas",
        "metropolitan area",
        "metropolitan areas",
    ),
    "municipality": ("municipio", "municipios", "municipality", "municipalities"),
    "locality": ("localidad", "localidades", "locality", "localities"),
    "colonia": ("colonia", "colonias", "neighbourhood", "neighbourhoods"),
    "ageb": ("AGEB", "AGEB", "census tract", "census tracts"),
    "block": ("manzana", "manzanas", "block", "blocks"),
}


def current_lang() -> str:
    """Return the language of the page being drawn: "es" or "en"."""
    return "en" if (get_language() or "").startswith("en") else "es"


def prefix(lang: str) -> str:
    """Return what stands before every path in a language."""
    return "/en" if lang == "en" else ""


def say(thing: Any, field: str, lang: str) -> str:
    """Return a field of a thing in a language, the Spanish one where English is missing."""
    spanish = str(getattr(thing, field, "") or "")
    return (str(getattr(thing, f"{field}_en", "") or "") or spanish) if lang == "en" else spanish


def is_foreign(thing: Any, field: str, lang: str) -> bool:
    """Tell whether an English page has to show the Spanish words of a field."""
    return (
        lang == "en" and bool(getattr(thing, field, "")) and not getattr(thing, f"{field}_en", "")
    )


def level_name(level: str, lang: str, *, many: bool = False) -> str:
    """Return the word for a level: "municipio", "municipios"; "municipality"…"""
    forms = LEVELS.get(level, (level, level, level, level))
    return forms[(2 if lang == "en" else 0) + many]


def told_apart(places: Sequence[Place], lang: str) -> list[str]:
    """Return the names of places, with the level of those whose name another one has too.

    "Aguascalientes (estado)" beside the municipality of Aguascalientes.
    """
    names = [say(place, "name", lang) for place in places]
    return [
        f"{name} ({level_name(place.level, lang)})" if names.count(name) > 1 else name
        for name, place in zip(names, places, strict=True)
    ]


def unit_format(series: Series) -> UnitFormat:
    """Return how values of a series are written."""
    unit = series.unit
    decimals = series.decimals if series.decimals is not None else unit.decimals
    is_prefix = unit.position == "prefix"
    return UnitFormat(
        kind=unit.kind,
        symbol="" if is_prefix else unit.symbol,
        prefix=unit.symbol if is_prefix else "",
        suffix_es=_suffix(unit, "es", many=True),
        suffix_en=_suffix(unit, "en", many=True),
        one_es=_suffix(unit, "es", many=False),
        one_en=_suffix(unit, "en", many=False),
        decimals=decimals,
        multiplier=unit.multiplier,
    )


def _suffix(unit: Unit, lang: str, *, many: bool) -> str:
    english = lang == "en"
    if many:
        noun = (unit.noun_plural_en if english else "") or unit.noun_plural
    else:
        noun = (unit.noun_en if english else "") or unit.noun
    if (
        not noun
        and (unit.kind in _NEED_NOUN or unit.kind == "currency")
        and not (unit.symbol and unit.kind != "currency")
    ):
        noun = _lower_first(say(unit, "name", lang))
    if unit.symbol and unit.symbol != _ANY_MONEY:
        # "US$" and "kg" already say what the word would say again; "$" is of many countries.
        noun = ""
    per = say(unit, "per", lang)
    if not per:
        return noun
    if noun.endswith(per):
        return noun
    return f"{noun} {'per' if english else 'por cada'} {per}".strip()


def unit_name(series: Series, lang: str) -> str:
    """Return the unit in words, as the subtitle of a chart says it."""
    unit = series.unit
    name = say(unit, "name", lang)
    per = say(unit, "per", lang)
    # A name that already says per what ("habitantes por kilómetro cuadrado") is complete.
    says_per = per in name or f" {'per' if lang == 'en' else 'por'} " in name
    if per and not says_per:
        name = f"{name} {'per' if lang == 'en' else 'por cada'} {per}"
    return name


def value_text(value: float | None, series: Series, lang: str, *, short: bool = False) -> str:
    """Return a value with its unit; ``short`` leaves out the words of the unit."""
    return format_value(value, unit_format(series), lang, short=short)


def series_title(series: Series, lang: str) -> str:
    """Return what tells a series from its sisters: its title, or else its unit and source."""
    return say(series, "title", lang) or f"{unit_name(series, lang)} · {series.source.producer}"


def freq_name(freq: str) -> str:
    """Return how often a series has values, in words."""
    known = {
        "A": _("anual"),
        "S": _("semestral"),
        "T": _("cuatrimestral"),
        "Q": _("trimestral"),
        "M2": _("bimestral"),
        "M": _("mensual"),
        "M_2": _("quincenal"),
        "W": _("semanal"),
        "D": _("diaria"),
    }
    return known.get(freq, _("de varios años") if freq.startswith("A") else freq)


def update_name(indicator: Indicator, series: Series) -> str:
    """Return how often an indicator is updated: what its card says of years, or the frequency."""
    of_years = {
        "bienal": _("cada dos años"),
        "quinquenal": _("cada cinco años"),
        "irregular": _("irregular"),
        "única vez": _("una sola vez"),
    }
    told = of_years.get(indicator.frequency.strip().lower(), "")
    return told if told and series.freq.startswith("A") else freq_name(series.freq)


def status_name(code: str) -> str:
    """Return an OBS_STATUS as a reader understands it; empty for a normal value."""
    return _status_names(current_lang()).get(code, "") if code != "A" else ""


@lru_cache(maxsize=2)
def _status_names(lang: str) -> dict[str, str]:
    """Return the words of every status in the language of the page, which is ``lang``."""
    return {
        "B": _("cambio de método"),
        "O": _("sin dato"),
        "M": _("no aplica"),
        "L": _("no se levantó"),
        "H": _("sin dato por día inhábil"),
        "Q": _("reservado"),
        "J": _("excepción"),
        "S": _("suceso extraordinario"),
        "D": _("definición distinta"),
        "K": _("incluido en otro dato"),
        "W": _("incluye otro dato"),
        "I": _("imputado"),
        "F": _("pronóstico"),
        "E": _("estimado"),
        "P": _("provisional"),
        "N": _("no significativo"),
        "U": _("poco confiable"),
        "V": _("sin validar"),
        "G": _("experimental"),
    }


def direction_name(direction: str) -> str:
    """Return which way is better."""
    return {
        "up": _("Más es mejor"),
        "down": _("Menos es mejor"),
    }.get(direction, _("Ni más ni menos es mejor"))


def _lower_first(text: str) -> str:
    return text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
