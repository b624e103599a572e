"""Jumps that a series does not usually make."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

#: Steps needed before one of them can be called unusual.
FEWEST_STEPS = 5
_NORMAL = 1.4826  # makes the median absolute deviation comparable with a standard deviation
_NORMAL_MEAN = 1.2533  # the same for the mean absolute deviation


@dataclass(frozen=True, slots=True)
class Jump:
    """A step to ``value`` (at ``index``) from ``previous``, ``score`` deviations from usual."""

    index: int
    previous: float
    value: float
    score: float


def mad_jumps(values: Sequence[float | None], *, k: float = 6.0) -> list[Jump]:
    """Steps between consecutive known values farther than ``k`` deviations from the usual step.

    The deviation is the median absolute deviation of the steps (Iglewicz and Hoaglin, 1993), so
    the jump itself does not hide it; where most steps are equal, the mean absolute deviation.
    Missing values are passed over. Fewer than six known values give no jump.
    """
    known = [(i, v) for i, v in enumerate(values) if v is not None and math.isfinite(v)]
    steps = [b[1] - a[1] for a, b in pairwise(known)]
    if len(steps) < FEWEST_STEPS:
        return []
    usual = median(steps)
    away = [abs(step - usual) for step in steps]
    deviation = median(away) * _NORMAL or fmean(away) * _NORMAL_MEAN
    # The tail of binary sums is no deviation.
    if not math.isfinite(deviation) or deviation <= 1e-12 * max(abs(v) for _, v in known):
        return []
    return [
        Jump(known[n + 1][0], known[n][1], known[n + 1][1], distance / deviation)
        for n, distance in enumerate(away)
        if distance > k * deviation
    ]
