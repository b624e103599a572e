"""Which of several figures for one key is current (docs/decisions/0004).

The others are kept as alternates with the reason; nothing is averaged or merged.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

#: From this ratio on, the neighbours decide between two figures.
_APART = 2.0


@dataclass(frozen=True)
class Candidate:
    """A figure for a key: its date, how often the series uses that day, number, text and line."""

    day: date
    usual: int
    number: float | None
    text: str
    line: int


def choose(candidates: Sequence[Candidate], neighbours: Sequence[float]) -> tuple[Candidate, str]:
    """Return the current figure and why the others are not.

    In this order: a number before a word; the day of the year that the series uses most, then the
    latest; the number nearest to its neighbours in the same series and place, when the others are
    at least twice as far; the number with more decimals; the one the source gives first.
    """
    numbers = [c for c in candidates if c.number is not None]
    if len(numbers) == 1 and len(candidates) > 1:
        return numbers[0], "La fuente también dice que no hay dato; se muestra la cifra"
    best = max((c.usual, c.day) for c in numbers)
    dated = [c for c in numbers if (c.usual, c.day) == best]
    if len(dated) == 1:
        return dated[0], "La fuente da otra cifra con otra fecha del mismo periodo"
    distances = {c: _distance(c.number or 0.0, neighbours) for c in dated}
    ranked = sorted(dated, key=lambda c: (distances[c], c.line))
    if distances[ranked[1]] - distances[ranked[0]] >= math.log(_APART):
        return ranked[0], "La fuente da dos cifras; se muestra la más cercana a sus vecinas"
    finest = sorted(dated, key=lambda c: (-_decimals(c.text), c.line))
    if _decimals(finest[0].text) > _decimals(finest[1].text):
        return finest[0], "La fuente da dos cifras; se muestra la que tiene más decimales"
    return finest[0], "La fuente da dos cifras; se muestra la primera que publica"


def _distance(number: float, neighbours: Sequence[float]) -> float:
    positive = [n for n in neighbours if n > 0]
    if not positive:
        return 0.0
    return abs(math.log(max(number, 1e-9) / median(positive)))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
