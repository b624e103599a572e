"""Progress towards a goal, by the measure Open SDG publishes and by plain distance.

The method "cagr" is that of ``sdg/ProgressMeasure.py`` in Open SDG (after Statistics Canada), with
the same names, so that results can be checked against theirs. Unlike there, direction is always
asked for and nothing is put silently in place of a zero or a missing base year: the measure is
then "not_available", with the reason. ``linear`` measures the way gone against the time gone, for
values that may cross zero.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down"]
Status = Literal[
    "target_achieved",
    "substantial_progress",
    "moderate_progress",
    "limited_progress",
    "deterioration",
    "not_available",
]

STATUS_WORDS: dict[str, dict[str, str]] = {
    "es": {
        "target_achieved": "meta cumplida",
        "substantial_progress": "avance sustancial",
        "moderate_progress": "avance moderado",
        "limited_progress": "avance limitado",
        "deterioration": "retroceso",
        "not_available": "sin medición",
    },
    "en": {
        "target_achieved": "target achieved",
        "substantial_progress": "substantial progress",
        "moderate_progress": "moderate progress",
        "limited_progress": "limited progress",
        "deterioration": "deterioration",
        "not_available": "not available",
    },
}
_QUALITATIVE = (0.015, 0.005, 0.0)
_QUANTITATIVE = (0.95, 0.60, 0.0)
_NEAR_LIMIT = 4.44


@dataclass(frozen=True, slots=True)
class Progress:
    """Status, score from −5 to 5, and every component it was computed from.

    ``value`` is the growth rate (no target), the ratio of observed to needed growth (target), or
    the share of the way gone over the share of the time gone (linear). ``reason`` (Spanish) says
    why there is no measure.
    """

    status: Status
    score: float | None
    value: float | None
    method: Literal["cagr", "linear"]
    base_value: float
    base_year: float
    current_value: float
    current_year: float
    direction: Direction
    target: float | None = None
    target_year: float | None = None
    limit: float | None = None
    thresholds: tuple[float, float, float] = _QUALITATIVE
    coefficient: float = 1.0
    reason: str = ""

    def words(self, lang: str = "es") -> str:
        """The status in words."""
        return STATUS_WORDS["en" if lang.startswith("en") else "es"][self.status]


def cagr(current: float, base: float, current_year: float, base_year: float) -> float:
    """Compound annual growth rate: ``(current/base)^(1/years) − 1``.

    Raises `ValueError` for a zero base, values of opposite sign, or no time between them.
    """
    if base == 0 or current / base < 0 or current_year == base_year:
        raise ValueError("No growth rate from zero, across zero, or without time between.")
    return float((current / base) ** (1 / (current_year - base_year)) - 1)


def measure_progress(
    *,
    base: tuple[float, float],
    current: tuple[float, float],
    direction: Direction,
    target: tuple[float, float] | None = None,
    limit: float | None = None,
) -> Progress:
    """Open SDG's measure. Points are (year, value); ``target`` is (target year, target value).

    Without a target the growth rate is held against 1.5 %, 0.5 % and 0; ``limit`` (e.g. 100 for a
    percentage) lowers those as the base nears it. With one, the growth seen is held against the
    growth needed: 95 %, 60 % and 0.
    """
    base_year, base_value = base
    current_year, current_value = current
    dir_ = 1 if direction == "up" else -1
    coefficient, thresholds = 1.0, _QUALITATIVE if target is None else _QUANTITATIVE
    if target is None and limit is not None:
        coefficient = limit_coefficient(base_value, limit)
        thresholds = tuple(t * coefficient for t in _QUALITATIVE)  # type: ignore[assignment]
    achieved = target is not None and (current_value - target[1]) * dir_ >= 0
    value: float | None = None
    reason = _unmeasurable(base, current, target)
    if not reason:
        sign = -1 if base_value < 0 else 1
        value = sign * dir_ * cagr(current_value, base_value, current_year, base_year)
        if target is not None:
            needed = abs(cagr(target[1], base_value, target[0], base_year))
            if needed == 0:
                value, reason = None, "La meta es igual al valor de partida."
            else:
                value /= needed
    if achieved:
        score: float | None = 5.0
    elif value is None:
        score = None
    elif target is None:
        score = _qualitative_score(value, thresholds, coefficient)
    else:
        score = _quantitative_score(value)
    return Progress(
        status=_status(value, thresholds, achieved=achieved),
        score=score,
        value=value,
        method="cagr",
        base_value=base_value,
        base_year=base_year,
        current_value=current_value,
        current_year=current_year,
        direction=direction,
        target=None if target is None else target[1],
        target_year=None if target is None else target[0],
        limit=limit,
        thresholds=thresholds,
        coefficient=coefficient,
        reason="" if achieved else reason,
    )


def measure_linear(
    *,
    base: tuple[float, float],
    current: tuple[float, float],
    target: tuple[float, float],
    direction: Direction,
) -> Progress:
    """Share of the way to the target gone, over the share of the time gone; any sign allowed.

    1 is on time, 0 no advance, below 0 the wrong way. Status and score by the thresholds of a
    target: 95 %, 60 % and 0.
    """
    (base_year, base_value), (current_year, current_value) = base, current
    achieved = (current_value - target[1]) * (1 if direction == "up" else -1) >= 0
    value, reason = None, ""
    if current_year - base_year < 1:
        reason = "Hace falta al menos un año entre el valor de partida y el actual."
    elif target[0] <= base_year:
        reason = "El año de la meta no es posterior al de partida."
    elif target[1] == base_value:
        reason = "La meta es igual al valor de partida."
    elif (target[1] > base_value) != (direction == "up"):
        reason = "La meta va en contra de la dirección deseada."
    else:
        way = (current_value - base_value) / (target[1] - base_value)
        value = way / ((current_year - base_year) / (target[0] - base_year))
    score = 5.0 if achieved else None if value is None else _quantitative_score(value)
    return Progress(
        status=_status(value, _QUANTITATIVE, achieved=achieved),
        score=score,
        value=value,
        method="linear",
        base_value=base_value,
        base_year=base_year,
        current_value=current_value,
        current_year=current_year,
        direction=direction,
        target=target[1],
        target_year=target[0],
        thresholds=_QUANTITATIVE,
        reason="" if achieved else reason,
    )


def overall_progress(measures: Sequence[Progress]) -> tuple[float | None, Status]:
    """Mean score of several series, and its status: 2.5, 0 and −2.5 part the four.

    All targets met is "target_achieved"; series without a score do not count.
    """
    scored = [m for m in measures if m.score is not None]
    if not scored:
        return None, "not_available"
    mean = math.fsum(m.score or 0.0 for m in scored) / len(scored)
    if all(m.status == "target_achieved" for m in scored):
        return mean, "target_achieved"
    if mean >= 2.5:
        return mean, "substantial_progress"
    if mean >= 0:
        return mean, "moderate_progress"
    return mean, "limited_progress" if mean >= -2.5 else "deterioration"


def limit_coefficient(base: float, limit: float) -> float:
    """How much the thresholds shrink for a base near a limit: 1 far from it, 0 at it."""
    base, limit = abs(base), abs(limit)
    if base >= 2 * limit:
        return 1.0
    if base <= limit:
        return float(1 - (base / limit) ** _NEAR_LIMIT)
    return float(1 - ((2 * limit - base) / limit) ** _NEAR_LIMIT)


def _unmeasurable(
    base: tuple[float, float], current: tuple[float, float], target: tuple[float, float] | None
) -> str:
    if current[0] - base[0] < 1:
        return "Hace falta al menos un año entre el valor de partida y el actual."
    if base[1] == 0:
        return "El valor de partida es cero: no hay tasa de crecimiento desde cero."
    if base[1] * current[1] < 0:
        return "El valor cambió de signo: una tasa de crecimiento no lo mide."
    if target is not None:
        if target[0] <= base[0]:
            return "El año de la meta no es posterior al de partida."
        if target[1] == 0 or target[1] * base[1] < 0:
            return "La meta es cero o de otro signo: una tasa de crecimiento no lo mide."
    return ""


def _status(
    value: float | None, thresholds: tuple[float, float, float], *, achieved: bool
) -> Status:
    if achieved:
        return "target_achieved"
    if value is None:
        return "not_available"
    high, medium, low = thresholds
    if value >= high:
        return "substantial_progress"
    if value >= medium:
        return "moderate_progress"
    return "limited_progress" if value >= low else "deterioration"


def _qualitative_score(
    value: float, thresholds: tuple[float, float, float], coefficient: float
) -> float:
    high, medium, low = thresholds
    if value < low:
        return max(125 * value - 2.5, -5.0)
    if coefficient == 0:
        return 5.0
    if value >= high:
        return min(500 * value / coefficient - 5, 5.0)
    if value >= medium:
        return 250 * value / coefficient - 1.25
    return 500 * value / coefficient - 2.5


def _quantitative_score(value: float) -> float:
    if value >= _QUANTITATIVE[1]:
        return min(7.1429 * value - 4.2857, 5.0)
    return max(4.1667 * value - 2.5, -5.0)
