"""A line the size of a word."""

import math
from collections.abc import Sequence

from .model import Meta
from .svg import TINY, escape, num
from .theme import DEFAULT, Theme


def sparkline(
    values: Sequence[float | None],
    *,
    status: Sequence[str] | None = None,
    label: str = "",
    uid: str = "s",
    width: float = 96,
    height: float = 28,
    mode: str = "page",
    theme: Theme | None = None,
    lang: str = "es",
) -> str:
    """The course of a series without axes; gaps stay gaps and the last value has a dot.

    ``status`` holds the OBS_STATUS of each value (``B`` breaks the line before it). ``label`` is
    the description; without one the drawing is hidden from screen readers, for use beside the
    figure it repeats. An empty series is an empty drawing.
    """
    known = [v for v in values if v is not None and math.isfinite(v)]
    ink = "var(--c-focus)" if mode == "page" else (theme or DEFAULT).colour("focus")
    pad = 4.0
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    step = (width - 2 * pad) / max(1, len(values) - 1)
    scale = (height - 2 * pad) / max(high - low, TINY)
    runs: list[list[str]] = [[]]
    last = None
    for i, value in enumerate(values):
        if value is None or not math.isfinite(value):
            runs.append([])
            continue
        if status and i < len(status) and status[i] == "B":
            runs.append([])
        level = height / 2 if high == low else height - pad - (value - low) * scale
        last = num(pad + i * step), num(level)
        runs[-1].append(" ".join(last))
    marks = "".join(
        f'<path d="M{"L".join(run)}" fill="none" stroke="{ink}" stroke-width="1.8" '
        'stroke-linejoin="round" stroke-linecap="round"/>'
        if len(run) > 1
        else f'<circle cx="{run[0].split()[0]}" cy="{run[0].split()[1]}" r="1.6" fill="{ink}"/>'
        for run in runs
        if run
    )
    if last:
        marks += f'<circle cx="{last[0]}" cy="{last[1]}" r="3" fill="{ink}"/>'
    box = f'viewBox="0 0 {num(width)} {num(height)}" width="{num(width)}" height="{num(height)}"'
    css = ' class="c-chart c-spark"' if mode == "page" else ""
    if not label:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{css} {box} aria-hidden="true">{marks}</svg>'
        )
    name = Meta("", lang=lang).say("Evolución", "Course over time")
    uid = escape(uid)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg"{css} {box} role="img" '
        f'aria-labelledby="{uid}-t {uid}-d"><title id="{uid}-t">{name}</title>'
        f'<desc id="{uid}-d">{escape(label)}</desc>{marks}</svg>'
    )
