"""Dot plots: one row a place or an indicator, a mark for each one compared."""

import math
from collections.abc import Sequence

from .line import axis, empty
from .model import Dot, DotRow, Meta, Mode, Size
from .svg import TINY, Drawing, face, num
from .text import text_width, wrap
from .theme import Theme

_MARKS = ("ring", "diamond", "square", "triangle", "cross")
_INK = {"focus": "focus", "total": "ink2", "peer": "peer", "context": "context"}


def dot_plot(
    rows: Sequence[DotRow],
    meta: Meta,
    *,
    shared: bool = True,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """Rows of marks: the focus filled in the accent, each comparison with its own shape.

    ``shared`` puts all rows on one axis. False gives each row its own scale, from the lowest to
    the highest of its values, for rows of different units: then only the order and the spacing
    within a row may be read, and the chart says so. Context dots are faint and unnamed.
    """
    art = Drawing("dots", meta, size=size, mode=mode, theme=theme, uid=uid)
    top = art.head()
    values = [d.value for r in rows for d in r.dots if _known(d) and d.value is not None]
    if not values:
        return empty(art, top, meta)
    letter, small = art.letter, art.letter * 0.93
    y = _key(art, rows, top)
    stacked = size == "narrow"
    name_room = (art.right - art.left) * (0.66 if stacked else 0.33)
    written = {r.key: _written(r, meta) for r in rows}
    value_room = max(text_width(t, letter, "sans-bold") for t in written.values()) + 12
    left = art.left + (8 if stacked else name_room + 14)
    right = art.right - (8 if stacked else value_room + 8)
    ticks, texts, unit, from_zero = axis(meta, min(values), max(values), 4 if stacked else 5)
    if shared and unit:
        art.text(left, y + small, unit, fill="ink3", size=small)
        y += small * 1.7
    begin, guide_at = y, len(art.parts)
    middles: list[float] = []
    for row in rows:
        low, high = (ticks[0], ticks[-1]) if shared else _row_range(row)
        scale = (right - left) / max(high - low, TINY)
        y, middle = _draw_row(
            art,
            row,
            written[row.key],
            y=y,
            span=(left, right),
            low=low,
            scale=scale,
            room=name_room,
        )
        middles.append(middle)
    if shared:
        guides = Drawing("dots", meta, size=size, mode=mode, theme=theme, uid=uid)
        scale = (right - left) / (ticks[-1] - ticks[0])
        fit = _spaced(ticks, texts, left, scale, small)
        for tick, text in zip(ticks, texts, strict=True):
            x = left + (tick - ticks[0]) * scale
            for above, below in [(m - 11, m + 11) for m in middles] if stacked else [(begin, y)]:
                guides.line(x, above, x, below, stroke="axis" if tick == 0 else "grid")
            if text in fit:
                half = text_width(text, small) / 2
                centre = min(max(x, half), art.width - half)
                art.text(centre, y + small * 1.2, text, fill="ink3", size=small, anchor="middle")
        art.parts[guide_at:guide_at] = guides.parts
        y += small * 1.5
    notes = []
    if shared and not from_zero:
        notes.append(meta.say("El eje no empieza en cero.", "The axis does not begin at zero."))
    if not shared:
        notes.append(
            meta.say(
                "Cada renglón tiene su propia escala, de su valor menor al mayor.",
                "Each row has its own scale, from its lowest value to its highest.",
            )
        )
    art.foot(y, [("", note) for note in notes])
    return art.finish(_describe(rows, meta))


def _known(dot: Dot) -> bool:
    return dot.value is not None and math.isfinite(dot.value)


def _written(row: DotRow, meta: Meta) -> str:
    """What stands at the end of the row: the value of the focus."""
    focus = next((d for d in row.dots if d.role == "focus"), None)
    if focus is None:
        return ""
    if not _known(focus):
        return meta.say("sin dato", "no data")
    return focus.text or num(focus.value or 0.0)


def _row_range(row: DotRow) -> tuple[float, float]:
    values = [d.value for d in row.dots if _known(d) and d.value is not None]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _marks(rows: Sequence[DotRow]) -> dict[str, str]:
    """The mark of each one compared, by key, in order of first appearance."""
    marks: dict[str, str] = {}
    for row in rows:
        for dot in row.dots:
            if dot.role in ("peer", "total") and dot.key not in marks:
                marks[dot.key] = _MARKS[len(marks) % len(_MARKS)]
    return marks


def _key(art: Drawing, rows: Sequence[DotRow], top: float) -> float:
    """The marks and whose they are, above the rows; returns the y below them."""
    marks = _marks(rows)
    seen: dict[str, Dot] = {}
    for row in rows:
        for dot in row.dots:
            if dot.role != "context":
                seen.setdefault(dot.key, dot)
    # Where the focus differs from row to row, the row's own name says whose it is.
    focuses = {d.key for r in rows for d in r.dots if d.role == "focus"}
    x, y = art.left, top + art.letter
    ordered = sorted(seen.values(), key=lambda d: d.role != "focus")
    for dot in ordered:
        focus = dot.role == "focus"
        if focus and len(focuses) > 1:
            continue
        width = 18 + text_width(dot.label, art.letter, face(bold=focus))
        if x > art.left and x + width > art.right:
            x, y = art.left, y + art.letter * 1.5
        _mark(art, "dot" if focus else marks[dot.key], x + 6, y - art.letter * 0.34, dot)
        art.text(x + 18, y, dot.label, fill="focus" if focus else "ink2", bold=focus)
        x += width + 20
    return y + art.letter * 1.1


def _draw_row(
    art: Drawing,
    row: DotRow,
    written: str,
    *,
    y: float,
    span: tuple[float, float],
    low: float,
    scale: float,
    room: float,
) -> tuple[float, float]:
    letter, step, small = art.letter, art.letter * 1.22, art.letter * 0.88
    left, right = span
    stacked = art.size == "narrow"
    lines = [(t, letter, "ink") for t in wrap(row.label, room, letter)]
    if row.detail:
        lines += [(t, small, "ink3") for t in wrap(row.detail, room, small)]
    block = len(lines) * step
    height = block + letter * (2.1 if stacked else 1.0)
    middle = y + block + letter * 1.0 if stacked else y + height / 2
    base = y + letter * 1.05 if stacked else middle - block / 2 + letter * 0.92
    art.add(f'<g class="c-row"{art.items(key=row.key, label=row.label)}>')
    for i, (text, size, ink) in enumerate(lines):
        art.text(art.left, base + i * step, text, fill=ink, size=size)
    art.line(left - 8, middle, right + 8, middle, stroke="grid", width=1)
    marks = _marks([row])
    places = [(d, left + ((d.value or 0.0) - low) * scale) for d in row.dots if _known(d)]
    order = {"context": 0, "peer": 1, "total": 2, "focus": 3}
    for dot, x in sorted(places, key=lambda item: order[item[0].role]):
        mark = marks.get(dot.key, "dot")
        data = art.items(key=dot.key, label=dot.label, v=dot.text)
        art.add(f'<g class="c-item c-{dot.role}"{data}>')
        _mark(art, mark, x, middle, dot)
        art.add("</g>")
    if written:
        bold = any(d.role == "focus" and _known(d) for d in row.dots)
        art.text(
            art.right, base if stacked else middle + letter * 0.34, written,
            fill="focus" if bold else "ink3", bold=bold, anchor="end",
        )  # fmt: skip
    art.add("</g>")
    return y + height, middle


def _mark(art: Drawing, mark: str, x: float, y: float, dot: Dot) -> None:
    ink, paper = art.paint(_INK[dot.role]), art.paint("paper")
    hollow = f'fill="{paper}" stroke="{ink}" stroke-width="1.7"'
    cx, cy = num(x), num(y)
    if dot.role == "focus":
        art.add(f'<circle cx="{cx}" cy="{cy}" r="6" fill="{ink}" stroke="{paper}"/>')
    elif dot.role == "context":
        art.add(f'<circle cx="{cx}" cy="{cy}" r="2.4" fill="{ink}" fill-opacity="0.6"/>')
    elif mark == "ring":
        art.add(f'<circle cx="{cx}" cy="{cy}" r="4.6" {hollow}/>')
    elif mark == "diamond":
        art.add(f'<path d="M{cx} {num(y - 6)}l6 6l-6 6l-6 -6Z" {hollow}/>')
    elif mark == "square":
        art.add(f'<rect x="{num(x - 4.2)}" y="{num(y - 4.2)}" width="8.4" height="8.4" {hollow}/>')
    elif mark == "triangle":
        art.add(f'<path d="M{cx} {num(y - 5.6)}l5.6 9.8h-11.2Z" {hollow}/>')
    else:
        art.add(
            f'<path d="M{num(x - 4.2)} {num(y - 4.2)}l8.4 8.4m0 -8.4l-8.4 8.4" fill="none" '
            f'stroke="{ink}" stroke-width="2"/>'
        )


def _spaced(
    ticks: Sequence[float], texts: Sequence[str], left: float, scale: float, size: float
) -> set[str]:
    """The labels that fit beside each other: all, or every second one."""
    widest = max(text_width(t, size) for t in texts) + 10
    pitch = (ticks[1] - ticks[0]) * scale if len(ticks) > 1 else math.inf
    step = max(1, math.ceil(widest / pitch)) if pitch > 0 else 1
    return set(texts[::step])


def _describe(rows: Sequence[DotRow], meta: Meta) -> str:
    none = meta.say("sin dato", "no data")
    said = []
    for row in rows:
        parts = [
            f"{d.label} " + (d.text or num(d.value or 0) if _known(d) else none)
            for d in row.dots
            if d.role != "context"
        ]
        said.append(f"{row.label}: {', '.join(parts)}" if parts else row.label)
    return "; ".join(said) + "."
