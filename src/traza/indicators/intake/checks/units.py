"""A file in another unit than its series: figures ten or a thousand times off, or its words."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import Issue
from traza.indicators.intake.checks.whole import Entry, Whole, shown
from traza.indicators.models import Series, Unit
from traza.stats.text import fold

#: Values compared before the scale of new ones is judged.
FEWEST = 3
#: How far, in powers of ten, a factor may be from 10, 100, 1,000…
_NEAR_REVISED, _NEAR_NEW = 0.05, 0.2

# What a file says → how the unit of a series that agrees with it is written (both folded).
_WORDS: tuple[tuple[str, str], ...] = (
    (r"\bmiles\b", r"\bmil(es)?\b"),
    (r"\bmillones\b|\bmdp\b", r"millon|mdp"),
    (r"%|\bporcentaje\b|\bpor ciento\b", r"%|porcent|por ciento|percent"),
    (r"\bpor (cada )?(100 ?mil|100[, ]?000|cien mil)\b", r"100[, -]?(mil|000)|cien mil"),
    (r"\bpor (cada )?(1[, ]?000|mil)\b", r"\b1[, ]?000\b|\bmil\b"),
    (r"\bdolares\b|\busd\b", r"dolar|usd"),
    (r"\bpesos\b", r"peso|mxn"),
)


def find_unit_changes(whole: Whole) -> Iterator[tuple[int, Issue]]:
    """Warn, once a series, of figures on another scale and of words for another unit."""
    yield from _by_scale(whole)
    yield from _by_words(whole)


def disagrees(text: str, unit: Unit) -> str:
    """Return the words of a text that name another unit than this one; blank when none do."""
    said = fold(text)
    own = fold(" ".join([unit.name, unit.symbol, unit.per, unit.code, unit.noun, unit.noun_plural]))
    if unit.multiplier:
        own += {3: " miles", 6: " millones"}.get(unit.multiplier, "")
    if unit.kind == Unit.Kind.PERCENT:
        own += " %"
    for pattern, agrees in _WORDS:
        found = re.search(pattern, said)
        if found and not re.search(agrees, own):
            return found[0]
    return ""


def sign_disagrees(cell: object, unit: Unit) -> str:
    """Return the sign («%», «$») that a cell carries and its unit does not; blank when none."""
    if not isinstance(cell, str):
        return ""
    text = cell.strip()
    if text.endswith("%") and unit.kind != Unit.Kind.PERCENT and disagrees("%", unit):
        return "%"
    return "$" if text.startswith("$") and unit.kind != Unit.Kind.CURRENCY else ""


def _by_words(whole: Whole) -> Iterator[tuple[int, Issue]]:
    told: set[int] = set()
    for entry in whole.changed():
        series = whole.series[entry.key[0]]
        if series.pk in told:
            continue
        told.add(series.pk)
        for title in whole.titles:
            words = disagrees(title, series.unit)
            if words:
                yield entry.warn(
                    "unit_word",
                    _(
                        "el archivo dice «%(words)s» («%(title)s») y la serie está en «%(unit)s». "
                        "Si la unidad es otra, los datos van en otra serie."
                    )
                    % {"words": words, "title": title[:120], "unit": series.unit.name},
                )
                break


def _by_scale(whole: Whole) -> Iterator[tuple[int, Issue]]:
    runs: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for (series, period, place), fact in sorted(whole.published.items()):
        if fact.value is not None:
            runs[series, place].append((period, fact.value))
    compared: dict[int, list[tuple[Entry, float, bool]]] = defaultdict(list)
    for entry in whole.changed():
        series, period, place = entry.key
        before, same = _reference(runs.get((series, place), []), period)
        if before and entry.value and before * entry.value > 0:
            compared[series].append((entry, before, same))
    for series, pairs in compared.items():
        power = _power(pairs)
        if power:
            yield _scale_told(whole.series[series], pairs[0][0], pairs[0][1], power)


def _reference(run: list[tuple[int, float]], period: int) -> tuple[float | None, bool]:
    """Return the published value of that period, else the nearest before it, else after."""
    if not run:
        return None, False
    at = bisect_left(run, (period, -math.inf))
    if at < len(run) and run[at][0] == period:
        return run[at][1], True
    return run[max(at - 1, 0)][1], False


def _power(pairs: list[tuple[Entry, float, bool]]) -> int:
    """Return the power of ten by which the incoming values are off, 0 when they are not."""
    revised = all(same for _entry, _before, same in pairs)
    if len(pairs) < FEWEST and not revised:
        return 0
    logs = [math.log10(entry.value / before) for entry, before, _same in pairs if entry.value]
    middle = median(logs)
    power = round(middle)
    near = _NEAR_REVISED if revised else _NEAR_NEW
    agree = sum(abs(log - power) < 0.3 for log in logs)
    if not power or abs(middle - power) > near or agree < 0.8 * len(logs):
        return 0
    return power


def _scale_told(series: Series, entry: Entry, before: float, power: int) -> tuple[int, Issue]:
    words = (
        _("las cifras son unas %(times)s veces mayores que las publicadas")
        if power > 0
        else _("las cifras son unas %(times)s veces menores que las publicadas")
    )
    return entry.warn(
        "unit_scale",
        words % {"times": f"{10 ** abs(power):,}"}
        + _(
            " (por ejemplo, %(before)s y %(after)s). La serie está en «%(unit)s»: conviene "
            "comprobar que el archivo también."
        )
        % {
            "before": shown(before),
            "after": shown(entry.value or 0.0),
            "unit": series.unit.name,
        },
    )
