"""Figures that cannot be right as the source gives them: kept as they are, marked and explained.

A share of a metropolitan area lies between those of its members; a run does not become a hundred
times larger from one period to the next; injuries are not counted in years. What breaks a rule is
published with a status and a comment, never changed nor left out.
"""

from collections import defaultdict
from dataclasses import replace
from statistics import median

from demo.compile.model import MEMBERS, METRO, Series, Value, number_text

#: A share may leave the range of its members by rounding and by what else the area holds.
_SLACK = 0.25
#: A value this many times the one before it, or this part of it, is of another measure.
_LEAP = 80.0
#: Below this, small figures leap for being small.
_LEAST = 10.0
#: How many of the values trusted last tell what is usual.
_MEMORY = 3
#: Values after a leap that stay on the new scale make it a change of scale, not a slip.
_STAY = 2
_UNRELIABLE, _BREAK = "U", "B"
#: Indicators whose unit in the source cannot be theirs, and no figure tells which one is.
_ODD_UNITS = {
    "sociedad-lesiones-a-pacientes-mujeres-por-accidente": (
        "Unidad dudosa: la fuente dice «Años», que no mide lesiones; sus otras cifras de lesiones "
        "son cantidades de casos."
    )
}


def mark_doubts(series: Series, *, is_share: bool) -> None:
    """Mark the doubtful values of a series in place."""
    if said := _ODD_UNITS.get(series.indicator):
        series.values[:] = [_marked(value, _UNRELIABLE, said) for value in series.values]
    if is_share:
        _mark_whole(series)
    _mark_leaps(series)


def _mark_whole(series: Series) -> None:
    """Mark shares of the area that lie far outside those of all its members."""
    numbers = {(v.period, v.place): v.number for v in series.values if v.number is not None}
    for index, value in enumerate(series.values):
        parts = [numbers[value.period, m] for m in MEMBERS if (value.period, m) in numbers]
        if value.place != METRO or value.number is None or len(parts) < len(MEMBERS):
            continue
        low, high = min(parts), max(parts)
        slack = _SLACK * max(abs(high), 1.0)
        if not low - slack <= value.number <= high + slack:
            said = (
                "Cifra dudosa: la del conjunto queda fuera de las de sus municipios "
                f"(de {number_text(low)} a {number_text(high)})."
            )
            series.values[index] = _marked(value, _UNRELIABLE, said)


def _mark_leaps(series: Series) -> None:
    """Mark what is far above or below what was usual, place by place."""
    runs: dict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(series.values):
        if value.number is not None:
            runs[value.place].append(index)
    for indexes in runs.values():
        indexes.sort(key=lambda index: series.values[index].period)
        _mark_run(series.values, indexes)


def _mark_run(values: list[Value], indexes: list[int]) -> None:
    trusted: list[float] = []
    for position, index in enumerate(indexes):
        value = values[index]
        usual = median(trusted[-_MEMORY:]) if trusted else 0.0
        if value.number is None or not _leaps(usual, value.number):
            # A zero says nothing of the scale.
            trusted += [value.number] if value.number else []
            continue
        following = [values[i].number or 0.0 for i in indexes[position + 1 :][:_STAY]]
        times = _times(usual, value.number)
        if len(following) == _STAY and all(_leaps(usual, number) for number in following):
            said = (
                f"Cambio de escala: {times} lo usual hasta entonces; no se compara con lo de antes."
            )
            values[index] = _marked(value, _BREAK, said)
            trusted = [value.number]
        else:
            said = f"Cifra dudosa: {times} lo usual en los periodos anteriores."
            values[index] = _marked(value, _UNRELIABLE, said)


def _leaps(before: float, after: float) -> bool:
    if not before * after > 0 or max(abs(before), abs(after)) < _LEAST:
        return False
    return max(before / after, after / before) > _LEAP


def _times(before: float, after: float) -> str:
    ratio = after / before
    return f"{ratio:,.0f} veces" if ratio > 1 else f"{1 / ratio:,.0f} veces menos que"


def _marked(value: Value, status: str, said: str) -> Value:
    """Return the value with a status, unless the source gave it one, and the reason."""
    kept = value.status if value.status != "A" else status
    return replace(value, status=kept, comment=f"{said} {value.comment}".strip()[:500])
