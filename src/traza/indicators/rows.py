"""A latest value in words: what lists, matrices and profiles write of it.

``lang`` is "es" or "en". Values are short (the unit stands beside them); ages are counted to the
day given.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from traza.charts import sparkline
from traza.indicators.grammar import ago, in_period, period_words
from traza.indicators.models import Series, Unit
from traza.indicators.queries.latest import Figure, judged_direction
from traza.indicators.words import (
    is_foreign,
    say,
    status_name,
    unit_format,
    unit_name,
    value_text,
)
from traza.stats import age_of, format_change, humanize_big
from traza.stats.number_words import MINUS

#: A figure older than this many years says so wherever it stands.
OLD_YEARS = 5
_LARGE_MONEY = 1e6
_NO_CHANGE = ("sin cambio", "no change")
_ARROWS = {"up": "↑", "down": "↓", "flat": "="}


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator with one figure, ready for a template.

    ``foreign`` marks a name that had to stay in Spanish; ``judgement`` is "good", "bad" or ""
    for where the tendency goes, and "" unless a person declared which way is better.
    """

    name: str
    foreign: bool
    path: str
    value: str
    unit: str
    period: str
    age: str
    old: bool
    status: str
    arrow: str
    tendency: str
    judgement: str
    change: str
    spark: str

    @property
    def note(self) -> str:
        """Return unit, period and state in one line."""
        return " · ".join(part for part in (self.unit, self.period, self.status) if part)


def row_of(figure: Figure, lang: str, *, today: date | None = None, spark: bool = True) -> Row:
    """Return a figure in words; without ``spark`` its small line is left out."""
    series = figure.series
    tendency = figure.tendency()
    day = today or timezone.localdate()
    age = age_of(figure.period.end, day)
    return Row(
        name=say(series.indicator, "name", lang),
        foreign=is_foreign(series.indicator, "name", lang),
        path=series.indicator.path,
        value=short_value(figure.value, series, lang),
        unit=unit_note(series, lang),
        period=period_words(figure.period.key, lang),
        age=ago(figure.period.key, day, lang),
        old=age.years >= OLD_YEARS,
        status=status_name(figure.status),
        arrow=_ARROWS[tendency.tendency] if tendency else "",
        tendency=tendency.word(lang) if tendency else "",
        judgement=_judgement(figure, tendency.tendency) if tendency else "",
        change=change_words(figure, lang),
        spark=sparkline(figure.recent) if spark and len(figure.recent) > 2 else "",
    )


def short_value(value: float, series: Series, lang: str) -> str:
    """Return a value as a list shows it: money from a million up in three figures."""
    unit = series.unit
    amount = value * 10.0**unit.multiplier
    if unit.kind == Unit.Kind.CURRENCY and abs(amount) >= _LARGE_MONEY:
        minus = MINUS if amount < 0 else ""
        sign = unit.symbol if unit.position == "prefix" else ""
        return f"{minus}{sign}{humanize_big(abs(amount), lang)}"
    return value_text(value, series, lang, short=True)


def unit_note(series: Series, lang: str) -> str:
    """Return the unit in words, empty where the symbol beside the number already says it."""
    unit = series.unit
    if unit.kind == Unit.Kind.PERCENT and unit.symbol == "%" and not unit.per:
        return ""
    name = unit_name(series, lang)
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def change_words(figure: Figure, lang: str) -> str:
    """Return the change since the value before, with its period.

    Empty across a break, and for months and quarters, whose seasons move them more than time.
    """
    yearly = figure.series.freq.startswith("A")
    if figure.previous_period is None or figure.status == "B" or not yearly:
        return ""
    change = format_change(figure.previous_value, figure.value, unit_format(figure.series), lang)
    if not change:
        return ""
    when = in_period(figure.previous_period.key, lang)
    if change in _NO_CHANGE:
        return f"same as {when}" if lang == "en" else f"igual que {when}"
    return f"{change} than {when}" if lang == "en" else f"{change} que {when}"


def _judgement(figure: Figure, tendency: str) -> str:
    direction = judged_direction(figure.indicator)
    if direction == "none" or tendency == "flat":
        return ""
    return "good" if tendency == direction else "bad"
