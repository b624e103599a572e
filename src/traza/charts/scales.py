"""Readable axis values, for amounts and for time."""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_MONTHS = {
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
#: Amounts below this are beyond what steps of a tenth can be told apart in.
_NOTHING = 1e-290
_YEAR_STEPS = (2, 5, 10, 20, 25, 50, 100)


def nice_ticks(low: float, high: float, count: int) -> list[float]:
    """About ``count`` round values (1, 2, 2.5 or 5 times a power of ten) that enclose a range."""
    if not high - low > _NOTHING:
        pad = abs(low) * 0.1 if abs(low) > _NOTHING else 1.0
        low, high = low - pad, high + pad
    rough = (high - low) / max(1, count - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    best: tuple[float, list[float]] | None = None
    for factor in (0.5, 1, 2, 2.5, 5, 10, 20):
        step = factor * power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        number = last - first + 1
        if not 2 <= number <= 2 * count:
            continue
        # Room wasted beyond the data weighs as much as a few ticks too many or too few.
        waste = (last - first) * step / (high - low) - 1
        cost = waste + 0.09 * abs(number - count) + (0.05 if factor == 2.5 else 0)
        if best is None or cost < best[0]:
            best = cost, [_clean(i * step) for i in range(first, last + 1)]
    return best[1] if best else [_clean(low), _clean(high)]


def _clean(value: float) -> float:
    return float(f"{value:.14g}") + 0.0  # drops the tail of binary sums and the sign of zero


def value_range(low: float, high: float, *, zero: bool | None) -> tuple[float, float, bool]:
    """The range an axis must show, and whether it begins at (or crosses) zero.

    With ``zero`` None the axis starts at zero unless the data would then use less than a third of
    it, so that a change can still be seen.
    """
    if zero or (zero is None and (low <= 0 <= high or _uses_enough(low, high))):
        low, high = min(low, 0.0), max(high, 0.0)
    return low, high, low <= 0 <= high


def _uses_enough(low: float, high: float) -> bool:
    extent = max(abs(low), abs(high))
    return high - low >= extent / 3


def plain_ticks(ticks: Sequence[float], lang: str) -> tuple[list[str], str]:
    """Tick labels with as many decimals as the step needs, and the word said once over the axis.

    From a million up the labels count millions and the word is "millones".
    """
    largest = max((abs(t) for t in ticks), default=0.0)
    english = lang.startswith("en")
    scale, word = 1.0, ""
    if largest >= 1e6:
        scale, word = 1e6, "million" if english else "millones"
        if largest >= 1e9 and english:
            scale, word = 1e9, "billion"
    shown = [t / scale for t in ticks]
    decimals = 0
    while decimals < 10 and any(abs(round(v, decimals) - v) > abs(v) * 1e-9 + 1e-12 for v in shown):
        decimals += 1
    return [f"{v:,.{decimals}f}".replace("-", "\u2212") for v in shown], word


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A place on the time axis: where, what it says, and the year under it when it starts one."""

    x: float
    text: str
    under: str = ""
    mark: bool = True


def time_ticks(
    points: Sequence[tuple[float, str]],
    *,
    to_px: Callable[[float], float],
    width: Callable[[str], float],
    lang: str,
) -> list[TimeTick]:
    """Labels for a time axis, as many as fit side by side.

    ``points`` are the distinct (decimal year, short label) of the data in order; ``to_px`` places
    a decimal year and ``width`` measures a label. Annual data are labelled at their points, first
    and last always; finer data by months (or quarters) with the year beneath while they fit, and
    by years otherwise.
    """
    if not points:
        return []
    first, last = points[0][0], points[-1][0]
    fractions = [x - math.floor(x) for x, _ in points]
    if max(fractions) - min(fractions) < 0.01 or len(points) == 1:
        return _yearly(points, to_px, width)
    if last - first <= 3.2:
        fine = _within_years(points, to_px, width, lang)
        if len(fine) >= 2:
            return fine
    return _years_of(first, last, to_px, width)


def _fits(ticks: Sequence[tuple[float, str]], width: Callable[[str], float], gap: float) -> bool:
    return all(
        b[0] - a[0] >= (width(a[1]) + width(b[1])) / 2 + gap for a, b in itertools.pairwise(ticks)
    )


def _yearly(
    points: Sequence[tuple[float, str]],
    to_px: Callable[[float], float],
    width: Callable[[str], float],
) -> list[TimeTick]:
    placed = [(to_px(x), text) for x, text in points]
    if _fits(placed, width, 10):
        return [TimeTick(x, text) for x, text in points]
    first, last = 0, len(points) - 1
    for step in _YEAR_STEPS:
        chosen = [first]
        for i in range(first + 1, last):
            year = math.floor(points[i][0])
            # Steps of two count back from the last year, rounder ones from the calendar.
            on_step = (
                (math.floor(points[last][0]) - year) % 2 == 0 if step == 2 else year % step == 0
            )
            if on_step and all(
                abs(placed[i][0] - placed[j][0])
                >= (width(placed[i][1]) + width(placed[j][1])) / 2 + 10
                for j in (first, last)
            ):
                chosen.append(i)
        chosen.append(last)
        if _fits([placed[i] for i in chosen], width, 10):
            # Unnamed points keep their mark, so that uneven labels do not mislead.
            marked = range(len(points)) if len(points) <= 40 else chosen
            return [TimeTick(points[i][0], points[i][1] if i in chosen else "") for i in marked]
    return (
        [TimeTick(*points[first]), TimeTick(*points[last])]
        if _fits([placed[first], placed[last]], width, 4)
        else [TimeTick(*points[last])]
    )


def _within_years(
    points: Sequence[tuple[float, str]],
    to_px: Callable[[float], float],
    width: Callable[[str], float],
    lang: str,
) -> list[TimeTick]:
    gaps = sorted(b[0] - a[0] for a, b in itertools.pairwise(points))
    spacing = gaps[len(gaps) // 2]
    english = lang.startswith("en")
    names = _MONTHS["en" if english else "es"]
    if spacing > 0.4:
        candidates = [(x, f"{'H' if english else 'S'}{int(x % 1 * 2) + 1}") for x, _ in points]
    elif spacing > 0.2:
        candidates = [(x, f"{'Q' if english else 'T'}{int(x % 1 * 4) + 1}") for x, _ in points]
    elif spacing > 0.06:
        candidates = [(x, names[int(x % 1 * 12)]) for x, _ in points]
    else:
        start = math.ceil(points[0][0] * 12 - 1e-6)
        stop = math.floor(points[-1][0] * 12 + 1e-6)
        candidates = [(m / 12, names[m % 12]) for m in range(start, stop + 1)]
    for step in (1, 2, 3, 6):
        if spacing > 0.2 and step > 1:
            return []
        chosen = (
            [
                c
                for c in candidates
                if step == 1 or int(round(c[0] * 12 - 0.5, 3) // 1) % 12 % step == 0
            ]
            if spacing > 0.06
            else [c for c in candidates if round(c[0] * 12) % step == 0]
        )
        if chosen and _fits([(to_px(x), text) for x, text in chosen], width, 8):
            return _with_years(chosen, to_px, width)
    return []


def _with_years(
    chosen: Sequence[tuple[float, str]],
    to_px: Callable[[float], float],
    width: Callable[[str], float],
) -> list[TimeTick]:
    ticks: list[TimeTick] = []
    seen = None
    for i, (x, text) in enumerate(chosen):
        year = math.floor(x + 1e-6)
        under = ""
        if year != seen:
            # A year that only begins at the very end gives way to nothing; one that is followed
            # too closely by the next gives way to it.
            following = next(
                (to_px(c[0]) for c in chosen[i + 1 :] if math.floor(c[0] + 1e-6) > year), None
            )
            if following is None or following - to_px(x) >= width("2000") + 8:
                under = str(year)
            seen = year
        ticks.append(TimeTick(x, text, under))
    return ticks


def _years_of(
    first: float, last: float, to_px: Callable[[float], float], width: Callable[[str], float]
) -> list[TimeTick]:
    years = list(range(math.floor(first), math.floor(last) + 1))
    spans = [(max(first, y), min(last, y + 1), y) for y in years]
    middles = [
        ((to_px(a) + to_px(b)) / 2, str(y), (a + b) / 2, y)
        for a, b, y in spans
        if to_px(b) - to_px(a) >= width(str(y)) + 4
    ]
    if len(middles) >= len(years) - 2 and _fits([m[:2] for m in middles], width, 8):
        marks = [TimeTick(float(y), "") for y in years if first <= y <= last]
        return marks + [TimeTick(x, text, mark=False) for _, text, x, _ in middles]
    for step in (1, *_YEAR_STEPS):
        chosen = [float(y) for y in years if y % step == 0 and first <= y <= last]
        if chosen and _fits([(to_px(y), str(int(y))) for y in chosen], width, 10):
            return [TimeTick(y, str(int(y))) for y in chosen]
    return []
