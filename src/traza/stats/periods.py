"""Periods: what they are, how they are read and how they are written."""

from .period import Period, PeriodError, infer_freq, periods_between
from .period_text import parse_period
from .period_words import format_period, format_span

__all__ = [
    "Period",
    "PeriodError",
    "format_period",
    "format_span",
    "infer_freq",
    "parse_period",
    "periods_between",
]
