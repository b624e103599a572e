"""How a drawing writes values: on its axis and at the end of a line."""

from collections.abc import Callable

from traza.indicators.models import Series
from traza.indicators.words import value_text
from traza.stats import format_number

_MILLION = 1e6


def tick(series: Series, lang: str, largest: float) -> Callable[[float], str] | None:
    """Return how values of the axis are written where plain numbers would mislead.

    Money has its sign, and from a million up an M.
    """
    symbol = series.unit.symbol
    if series.unit.position != "prefix" or not symbol or series.unit.multiplier:
        return None
    scale, mark = (_MILLION, "\u00a0M") if largest >= _MILLION else (1.0, "")

    def write(value: float) -> str:
        sign = "−" if value < 0 else ""
        if not value:
            return f"{symbol}0"
        return f"{sign}{symbol}{format_number(abs(value) / scale, None, lang)}{mark}"

    return write


def label(value: float, series: Series, lang: str) -> str:
    """Return a value as a drawing labels it: money from a million up as on its axis."""
    is_money = (
        series.unit.position == "prefix" and series.unit.symbol and not series.unit.multiplier
    )
    if not is_money or abs(value) < _MILLION:
        return value_text(value, series, lang, short=True)
    sign = "−" if value < 0 else ""
    return f"{sign}{series.unit.symbol}{format_number(abs(value) / _MILLION, 1, lang)}\u00a0M"
