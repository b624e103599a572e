"""How a value moved: differences, percentages, and the tendency of the last values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

Tendency = Literal["up", "down", "flat"]
_WORDS: dict[str, dict[Tendency, str]] = {
    "es": {"up": "sube", "down": "baja", "flat": "estable"},
    "en": {"up": "rising", "down": "falling", "flat": "stable"},
}
#: Below half a per cent of the level each period, a movement is called stable.
FLAT = 0.005


def change(old: float | None, new: float | None) -> float | None:
    """``new − old``; None when either is missing."""
    if old is None or new is None or not (math.isfinite(old) and math.isfinite(new)):
        return None
    return new - old


def pct_change(old: float | None, new: float | None) -> float | None:
    """The change as a percentage of ``old``.

    None when either is missing, from zero or a negative value, and to a negative one: a
    percentage of those says nothing.
    """
    difference = change(old, new)
    if difference is None or old is None or new is None or old <= 0 or new < 0:
        return None
    percent = difference / old * 100
    return percent if math.isfinite(percent) else None


@dataclass(frozen=True, slots=True)
class Trend:
    """A tendency: ``slope`` in units of the value a unit of time, over ``count`` values."""

    tendency: Tendency
    slope: float
    count: int

    def word(self, lang: str = "es") -> str:
        """ "sube", "baja", "estable"; "rising", "falling", "stable"."""
        return _WORDS["en" if lang.startswith("en") else "es"][self.tendency]


def trend(
    points: Sequence[tuple[float, float | None]], *, last: int = 5, flat: float = FLAT
) -> Trend | None:
    """The tendency of the ``last`` known values by the Theil–Sen slope (median of all pairs).

    One odd value does not turn it. It is "flat" when the slope is less than ``flat`` of the median
    level each unit of time, or when fewer than two thirds of the pairs go its way. ``points`` are
    (time, value) with distinct times, in any order. None below three values.
    """
    known = sorted((x, v) for x, v in points if v is not None and math.isfinite(v))[-last:]
    if len(known) < 3:
        return None
    slopes = [
        (b[1] - a[1]) / (b[0] - a[0])
        for i, a in enumerate(known)
        for b in known[i + 1 :]
        if b[0] > a[0]
    ]
    if not slopes:
        return None
    slope = median(slopes)
    level = median(abs(v) for _, v in known)
    agreeing = sum(s * slope > 0 for s in slopes)
    if slope == 0 or abs(slope) < flat * level or agreeing * 3 < len(slopes) * 2:
        return Trend("flat", slope, len(known))
    return Trend("up" if slope > 0 else "down", slope, len(known))
