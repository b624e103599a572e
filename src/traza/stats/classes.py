"""Classes of a map: few, with limits a person can read, none of them empty."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Literal

from .number_words import format_number

Method = Literal["quantile", "natural", "equal"]
Text = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class ClassInterval:
    """From ``lower`` up to, not including, ``upper`` (the last includes it); ``count`` values."""

    lower: float
    upper: float
    label: str
    count: int


def quantile_classes(
    values: Iterable[float | None], count: int = 5, *, lang: str = "es", text: Text | None = None
) -> list[ClassInterval]:
    """Classes with about as many values each; equal values are never parted."""
    ordered = _known(values)
    cuts = [ordered[len(ordered) * i // count] for i in range(1, count) if ordered]
    return _between(ordered, cuts, lang, text)


def natural_classes(
    values: Iterable[float | None], count: int = 5, *, lang: str = "es", text: Text | None = None
) -> list[ClassInterval]:
    """Natural breaks: the classes whose values vary least around their means.

    The exact optimum (W. D. Fisher, "On grouping for maximum homogeneity", 1958; known to map
    makers by Jenks), found by divide and conquer in k·n·log n.
    """
    ordered = _known(values)
    return _between(ordered, _fisher(ordered, count), lang, text)


def equal_classes(
    values: Iterable[float | None], count: int = 5, *, lang: str = "es", text: Text | None = None
) -> list[ClassInterval]:
    """Classes of one round width (1, 2, 2.5 or 5 times a power of ten), about ``count``.

    Where one would be empty, the class below reaches up to the next.
    """
    ordered = _known(values)
    if not ordered or ordered[0] == ordered[-1]:
        return _between(ordered, [], lang, text)
    step = _round_step((ordered[-1] - ordered[0]) / count)
    first, last = math.floor(ordered[0] / step), math.floor(ordered[-1] / step)
    limits = [_tidy(i * step) for i in range(first + 1, last + 1)]
    return _with_limits(ordered, limits, lang, text)


def diverging_classes(
    values: Iterable[float | None],
    count: int = 6,
    *,
    middle: float = 0.0,
    lang: str = "es",
    text: Text | None = None,
) -> list[ClassInterval]:
    """Classes on both sides of a meaningful ``middle``, with limits mirrored around it.

    All ``count`` (even) classes are kept, also empty ones, so that a colour means the same
    distance on both sides.
    """
    ordered = _known(values)
    half = max(1, count // 2)
    reach = max((abs(v - middle) for v in ordered), default=0.0)
    if not reach:
        return _between(ordered, [], lang, text)
    step = _round_step(reach / half)
    limits = [_tidy(middle + i * step) for i in range(1 - half, half)]
    return _with_limits(ordered, limits, lang, text, keep_empty=True)


def classify(
    values: Iterable[float | None],
    count: int = 5,
    *,
    method: Method = "natural",
    lang: str = "es",
    text: Text | None = None,
) -> list[ClassInterval]:
    """Classes by the named method; at most as many as there are distinct values."""
    make = {"quantile": quantile_classes, "natural": natural_classes, "equal": equal_classes}
    return make[method](values, count, lang=lang, text=text)


def _known(values: Iterable[float | None]) -> list[float]:
    return sorted(v for v in values if v is not None and math.isfinite(v))


def _between(
    ordered: Sequence[float], starts: Iterable[float], lang: str, text: Text | None
) -> list[ClassInterval]:
    """Classes beginning at about the given values, with the roundest limits nearby.

    A limit may pass an eighth of the smaller class beside it, to be a number one can say.
    """
    places = sorted({bisect_left(ordered, start) for start in starts} - {0})
    limits: set[float] = set()
    for before, place, after in zip(
        [0, *places], places, [*places[1:], len(ordered)], strict=False
    ):
        play = min(place - before, after - place) // 8
        limits.add(roundest(ordered[place - 1 - play], ordered[place + play]))
    return _with_limits(ordered, sorted(limits), lang, text)


def _with_limits(
    ordered: Sequence[float],
    limits: Sequence[float],
    lang: str,
    text: Text | None,
    *,
    keep_empty: bool = False,
) -> list[ClassInterval]:
    if not ordered:
        return []
    lowers: list[float] = []
    counts: list[int] = []
    for low, high in pairwise([-math.inf, *limits, math.inf]):
        count = bisect_left(ordered, high) - bisect_left(ordered, low)
        if count or keep_empty:
            # Where a class falls out, the one below it reaches up to the next.
            lowers.append(low if lowers else -math.inf)
            counts.append(count)
    uppers = [*lowers[1:], math.inf]
    write = text or _writer([x for x in (*lowers, *uppers) if math.isfinite(x)], lang)
    return [
        ClassInterval(
            min(ordered[0], high) if low == -math.inf else low,
            max(ordered[-1], low) if high == math.inf else high,
            _label(low, high, ordered, write, lang),
            count,
        )
        for low, high, count in zip(lowers, uppers, counts, strict=True)
    ]


def _label(low: float, high: float, ordered: Sequence[float], write: Text, lang: str) -> str:
    english = lang.startswith("en")
    if low == -math.inf and high == math.inf:
        first, last = write(ordered[0]), write(ordered[-1])
        return first if first == last else f"{first} {'to' if english else 'a'} {last}"
    if low == -math.inf:
        return f"{'under' if english else 'menos de'} {write(high)}"
    if high == math.inf:
        return f"{write(low)} {'or more' if english else 'o más'}"
    return f"{write(low)} {'to under' if english else 'a menos de'} {write(high)}"


def _writer(limits: Sequence[float], lang: str) -> Text:
    """Writes limits with as many decimals as the finest of them needs."""
    decimals = max((_decimals(x) for x in limits), default=None)
    return lambda value: format_number(value, decimals, lang)


def _decimals(value: float) -> int:
    text = f"{abs(value):.12f}".rstrip("0")
    return len(text.split(".")[1])


def roundest(low: float, high: float) -> float:
    """The number with fewest digits that is above ``low`` and not above ``high``.

    Multiples of ten come before multiples of five, those before others; of several, the one
    nearest the middle.
    """
    if not low < high:
        return high
    middle = low / 2 + high / 2
    # The gap and the size of the numbers tell the coarsest power of ten that can fall between.
    power = math.floor(math.log10(max(abs(low), abs(high), high - low))) + 1
    for exponent in range(power, power - 18, -1):
        for factor in (1.0, 0.5, 0.2):
            step = factor * 10.0**exponent
            candidate = round(middle / step) * step
            for place in (candidate, candidate + step, candidate - step):
                tidy = _tidy(place)
                if low < tidy <= high:
                    return tidy
    return high


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((f * power for f in (1, 2, 2.5, 5) if f * power >= rough * 0.999), 10 * power)


def _tidy(value: float) -> float:
    return float(f"{value:.12g}") + 0.0


def _fisher(ordered: Sequence[float], count: int) -> list[float]:
    """First values of the classes after the first."""
    distinct = sorted(set(ordered))
    count = min(count, len(distinct))
    if count < 2:
        return []
    # Sums are taken from the middle of the data, or squares of large values eat the differences.
    centre = distinct[len(distinct) // 2]
    span = max(distinct[-1] - distinct[0], 1e-300)
    weights = [
        float(bisect_left(ordered, b) - bisect_left(ordered, a))
        for a, b in pairwise([*distinct, math.inf])
    ]
    moved = [(v - centre) / span for v in distinct]
    w = [0.0, *accumulate(weights)]
    s = [0.0, *accumulate(x * y for x, y in zip(moved, weights, strict=True))]
    q = [0.0, *accumulate(x * x * y for x, y in zip(moved, weights, strict=True))]

    def cost(first: int, end: int) -> float:
        total = s[end] - s[first]
        return q[end] - q[first] - total * total / (w[end] - w[first])

    n = len(distinct)
    best = [0.0, *(cost(0, end) for end in range(1, n + 1))]
    cuts: list[list[int]] = []
    for classes in range(2, count + 1):
        layer, cut = [math.inf] * (n + 1), [0] * (n + 1)
        # Optimal cuts grow with the end, so each half of the ends searches its part only.
        todo = [(classes, n, classes - 1, n - 1)]
        while todo:
            low, high, from_, to = todo.pop()
            if low > high:
                continue
            end = (low + high) // 2
            layer[end], cut[end] = min(
                (best[j] + cost(j, end), j) for j in range(from_, min(to, end - 1) + 1)
            )
            todo += [(low, end - 1, from_, cut[end]), (end + 1, high, cut[end], to)]
        best = layer
        cuts.append(cut)
    starts, end = [], n
    for cut in reversed(cuts):
        end = cut[end]
        starts.append(distinct[end])
    return sorted(starts)
