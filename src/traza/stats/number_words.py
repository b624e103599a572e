"""Writing numbers for people: 1,234.5 with a real minus, units, changes, millions.

Mexico and English write numbers alike; Spanish leaves a (no-break) space before the per cent sign.
"""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
#: A rise of this per cent and more is said in times: "+1,560 %" tells a reader little.
_MANY_TIMES = 1000
_NO_DATA = {"es": "sin dato", "en": "no data"}
_POWERS = {
    "es": {3: "mil", 6: "millones", 9: "mil millones", 12: "billones"},
    "en": {3: "thousand", 6: "million", 9: "billion", 12: "trillion"},
}


@dataclass(frozen=True, slots=True)
class UnitFormat:
    """How values of a unit are written.

    ``kind`` is one of count, percent, rate, currency, index, duration, ratio or other.
    ``symbol`` follows the number ("%", "µg/m³"), ``prefix`` precedes it ("$"). ``suffix_es`` and
    ``suffix_en`` are the words after a plural ("homicidios", "por cada 100 mil habitantes"; for
    money its kind, "pesos de 2026"), ``one_es`` and ``one_en`` those after exactly 1.
    ``decimals`` is SDMX DECIMALS (``None``: three significant digits); ``multiplier`` is SDMX
    UNIT_MULT, the power of ten the stored values are expressed in (6: millions).
    """

    kind: str = "count"
    symbol: str = ""
    prefix: str = ""
    suffix_es: str = ""
    suffix_en: str = ""
    one_es: str = ""
    one_en: str = ""
    decimals: int | None = None
    multiplier: int = 0

    def suffix(self, lang: str, *, one: bool = False) -> str:
        """The words after the number in a language, Spanish where English is missing."""
        if _language(lang) == "en":
            return (self.one_en if one else "") or self.suffix_en or self.suffix("es", one=one)
        return (self.one_es if one else "") or self.suffix_es


def format_number(
    value: float | None, decimals: int | None = None, lang: str = "es", *, sign: bool = False
) -> str:
    """A number with thousands commas and a real minus: ``1,234.5``, ``−3``; "sin dato" for None.

    Halves round away from zero, as people expect. Without ``decimals``: integers as they are,
    others with three significant digits. ``sign`` writes the plus of positive numbers too.
    """
    if value is None or not math.isfinite(value):
        return _NO_DATA[_language(lang)]
    exact = Decimal(repr(float(value)))
    if decimals is None:
        text = f"{_round(exact, _significant(exact)):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    else:
        text = f"{_round(exact, decimals):,f}"
    negative, text = text.startswith("-"), text.lstrip("-")
    if not text.strip("0.,"):
        return text
    return (MINUS if negative else "+" if sign else "") + text


def format_value(
    value: float | None, unit: UnitFormat, lang: str = "es", *, short: bool = False
) -> str:
    """A value with its unit: "48.9 %", "$1,859.2 millones", "129 homicidios".

    ``short`` leaves out the words of the unit (for labels and cells under a header that names it).
    Money from a million up is written in millions, whatever it is stored in.
    """
    lang = _language(lang)
    if value is None or not math.isfinite(value):
        return _NO_DATA[lang]
    number, power = _scaled(value, unit)
    decimals = unit.decimals
    if unit.kind == "currency" and power and (decimals is None or power != unit.multiplier):
        decimals = 1
    elif unit.kind == "currency" and power != unit.multiplier:
        decimals = 0
    figure = format_number(abs(number), decimals, lang)
    minus = MINUS if number < 0 and figure.strip("0.,") else ""
    text = f"{minus}{unit.prefix}{figure}"
    word = _power_word(power, figure, lang)
    if unit.symbol == "%" and lang == "en":
        text += "%"
    elif unit.symbol:
        text += NBSP + unit.symbol
    if word:
        text += NBSP + word
    words = unit.suffix(lang, one=figure == "1" and not power)
    if short or not words:
        return text
    if unit.kind == "currency" and unit.prefix:
        return f"{text} ({words})"
    if power and power != 3 and lang == "es" and not words.startswith(("por ", "de ")):
        words = f"de {words}"
    return f"{text} {words}"


def format_change(old: float | None, new: float | None, unit: UnitFormat, lang: str = "es") -> str:
    """A change in words: "13 menos (−9.2 %)", "3.1 puntos porcentuales más", "sin cambio".

    Percentages change in points; the relative change is left out where it means nothing (from
    zero, across zero, for percentages, or too small to be seen). Empty when either is missing.
    """
    if old is None or new is None:
        return ""
    lang = _language(lang)
    change = new - old
    shown = UnitFormat(
        kind=unit.kind,
        symbol="" if unit.kind == "percent" else unit.symbol,
        prefix=unit.prefix,
        decimals=unit.decimals,
        multiplier=unit.multiplier,
    )
    figure = format_value(abs(change), shown, lang, short=True)
    if not figure.strip("0.,$ " + NBSP + unit.prefix):
        return "sin cambio" if lang == "es" else "no change"
    if unit.kind == "percent":
        one = figure == "1"
        if lang == "es":
            noun = "punto porcentual" if one else "puntos porcentuales"
        else:
            noun = "percentage point" if one else "percentage points"
        return f"{figure} {noun} {_more(change, unit.kind, lang)}"
    text = f"{figure} {_more(change, unit.kind, lang)}"
    if old > 0 and new >= 0:
        relative = change / old * 100
        if relative >= _MANY_TIMES:
            times = format_number(new / old, 0, lang)
            return f"{text} ({times} {'times' if lang == 'en' else 'veces'})"
        percent = format_number(relative, 1 if abs(relative) < 100 else 0, lang, sign=True)
        if percent.strip("0."):
            text += f" ({percent}{NBSP if lang == 'es' else ''}%)"
    return text


def humanize_big(value: float | None, lang: str = "es") -> str:
    """A large number in few words, three significant digits: "1.86 millones", "720,848"."""
    lang = _language(lang)
    if value is None or not math.isfinite(value) or abs(value) < 1_000_000:
        return format_number(value, None, lang)
    # Spanish counts thousands of millions; its "billón" is an English trillion.
    powers = (12, 6) if lang == "es" else (12, 9, 6)
    power = next((p for p in powers if abs(value) >= 10**p), 6)
    scaled = value / 10**power
    decimals = max(0, 2 - int(math.log10(abs(scaled)))) if abs(scaled) < 1000 else 0
    figure = format_number(scaled, decimals, lang)
    if "." in figure:
        figure = figure.rstrip("0").rstrip(".")
    return f"{figure}{NBSP}{_power_word(power, figure, lang)}"


def _language(lang: str) -> str:
    return "en" if lang.startswith("en") else "es"


def _round(exact: Decimal, decimals: int) -> Decimal:
    if exact.adjusted() > 20:  # beyond any figure; quantize would overflow its precision
        return exact
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _significant(exact: Decimal) -> int:
    """Decimals that leave three significant digits, none for integers and from 1,000 up."""
    if not exact or exact == exact.to_integral_value():
        return 0
    return min(max(0, 2 - exact.adjusted()), 12)


def _scaled(value: float, unit: UnitFormat) -> tuple[float, int]:
    """The number to print and the power of ten to name after it."""
    if unit.kind != "currency":
        return value, unit.multiplier
    pesos = value * 10.0**unit.multiplier
    if abs(pesos) >= 1e6 and (unit.multiplier or unit.decimals is None):
        return pesos / 1e6, 6
    return pesos, 0


def _power_word(power: int, figure: str, lang: str) -> str:
    if lang == "es" and figure == "1" and power in (6, 12):
        return {6: "millón", 12: "billón"}[power]
    return _POWERS[lang].get(power, "")


def _more(change: float, kind: str, lang: str) -> str:
    if lang == "es":
        return "más" if change > 0 else "menos"
    if kind == "count":
        return "more" if change > 0 else "fewer"
    if kind == "currency":
        return "more" if change > 0 else "less"
    return "higher" if change > 0 else "lower"
