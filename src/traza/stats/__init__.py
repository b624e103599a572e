"""Statistics without a framework: periods, numbers, ranks, changes, classes, progress.

Plain Python on the standard library; nothing here imports Django or another room.
"""

from .ages import Age, age_of
from .changes import Trend, change, pct_change, trend
from .classes import (
    ClassInterval,
    classify,
    diverging_classes,
    equal_classes,
    natural_classes,
    quantile_classes,
)
from .numbers import (
    NumberError,
    UnitFormat,
    detect_decimal,
    format_change,
    format_number,
    format_value,
    humanize_big,
    parse_number,
    status_of_text,
)
from .outliers import Jump, mad_jumps
from .periods import (
    Period,
    PeriodError,
    format_period,
    format_span,
    infer_freq,
    parse_period,
    periods_between,
)
from .progress import Progress, cagr, measure_linear, measure_progress, overall_progress
from .ranks import Rank, ordinal, rank

__all__ = [
    "Age",
    "ClassInterval",
    "Jump",
    "NumberError",
    "Period",
    "PeriodError",
    "Progress",
    "Rank",
    "Trend",
    "UnitFormat",
    "age_of",
    "cagr",
    "change",
    "classify",
    "detect_decimal",
    "diverging_classes",
    "equal_classes",
    "format_change",
    "format_number",
    "format_period",
    "format_span",
    "format_value",
    "humanize_big",
    "infer_freq",
    "mad_jumps",
    "measure_linear",
    "measure_progress",
    "natural_classes",
    "ordinal",
    "overall_progress",
    "parse_number",
    "parse_period",
    "pct_change",
    "periods_between",
    "quantile_classes",
    "rank",
    "status_of_text",
    "trend",
]
