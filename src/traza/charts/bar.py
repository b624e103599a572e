"""Horizontal bars from zero, to compare places at one date."""

import math
from collections.abc import Sequence

from .line import empty
from .model import PROVISIONAL, Bar, Meta, Mode, Size
from .svg import TINY, Anchor, Drawing, KeyGlyph, face, num
from .text import fit_text, text_width, wrap
from .theme import Theme

_FILL = {"focus": "focus", "total": "total", "peer": "context", "context": "context"}
_INK = {"focus": "focus", "total": "ink", "peer": "ink2", "context": "ink3"}


def bar_chart(
    bars: Sequence[Bar],
    meta: Meta,
    *,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """Bars in the order given, always from zero, each with its value in words at its end.

    A bar of another period is hatched and says its period; one that is not final has a broken
    outline; a missing one says why. On narrow drawings the name stands above its bar.
    """
    art = Drawing("bar", meta, size=size, mode=mode, theme=theme, uid=uid)
    top = art.head()
    known = [b.value for b in bars if b.value is not None and math.isfinite(b.value)]
    if not bars:
        return empty(art, top, meta)
    letter = art.letter
    stacked = size == "narrow"
    dense = len(bars) > 24
    full = art.right - art.left
    name_room = full if stacked else full * 0.34
    names = [wrap(b.label, name_room, letter, face(bold=b.role == "focus")) for b in bars]
    # Only a value that would leave no room for the bars is shortened.
    longest = full * (0.3 if any(not _right(b) for b in bars) else 0.4)
    values = [
        fit_text(_value_text(b, meta), longest - text_width(b.period_note, letter), letter)
        for b in bars
    ]
    name_width = (
        0.0
        if stacked
        else 12
        + max(
            text_width(line, letter, face(bold=b.role == "focus"))
            for b, lines in zip(bars, names, strict=True)
            for line in lines
        )
    )
    low, high = min([0.0, *known]), max([0.0, *known])
    # Values are written beyond the end of their bars, on the side they point to.
    room_right = max((_room(b, v, letter) for b, v in zip(bars, values, strict=True)
                      if _right(b)), default=0.0)  # fmt: skip
    room_left = max((_room(b, v, letter) for b, v in zip(bars, values, strict=True)
                     if not _right(b)), default=0.0)  # fmt: skip
    left = art.left + name_width + room_left
    right = art.right - room_right
    scale = max(right - left, 20.0) / max(high - low, TINY)
    zero = left - low * scale
    thick = letter * (0.95 if dense else 1.25)
    y = top + (0 if art.page else letter * 0.2)
    begin = y
    art.data["plot"] = " ".join(num(v) for v in (left, top, right, 0))
    for bar, name, value in zip(bars, names, values, strict=True):
        y = _draw_bar(
            art, bar, name, value, y=y, zero=zero, scale=scale, thick=thick, stacked=stacked
        )
    if not stacked:
        art.line(zero, begin, zero, y - letter * 0.35, stroke="axis", width=1.2)
    art.foot(y - letter * 0.3, _keys(bars, meta))
    return art.finish(_describe(bars, values))


def _right(bar: Bar) -> bool:
    return bar.value is None or not math.isfinite(bar.value) or bar.value >= 0


def _room(bar: Bar, value: str, letter: float) -> float:
    note = f" {bar.period_note}" if bar.period_note else ""
    return text_width(value, letter, "sans-bold") + text_width(note, letter) + 16


def _value_text(bar: Bar, meta: Meta) -> str:
    if bar.value is None or not math.isfinite(bar.value):
        return meta.status(bar.status) or meta.say("sin dato", "no data")
    return bar.text or num(bar.value)


def _draw_bar(
    art: Drawing,
    bar: Bar,
    name: list[str],
    value: str,
    *,
    y: float,
    zero: float,
    scale: float,
    thick: float,
    stacked: bool,
) -> float:
    letter, step = art.letter, art.letter * 1.2
    focus = bar.role == "focus"
    missing = bar.value is None or not math.isfinite(bar.value)
    word = art.meta.status(bar.status)
    data = art.items(
        key=bar.key,
        label=bar.label,
        v=f"{value} · {word}" if word and not missing else value,
        t=bar.period_note,
    )
    art.add(f'<g class="c-item c-{bar.role}"{data}>')
    if stacked:
        for line in name:
            art.text(art.left, y + letter * 0.9, line, fill=_INK[bar.role], bold=focus)
            y += step
        middle = y + thick / 2 + 1
        # The zero line stands beside each bar only, or it would cross the names.
        art.line(zero, y - 1, zero, y + thick + 3, stroke="axis", width=1.2)
        bottom = y + thick + letter * 0.85
    else:
        height = max(
            thick + letter * (0.35 if thick < letter else 0.75), step * len(name) + letter * 0.3
        )
        middle = y + height / 2
        base = middle - step * (len(name) - 1) / 2 + letter * 0.34
        for line in name:
            art.text(art.left, base, line, fill=_INK[bar.role], bold=focus)
            base += step
        bottom = y + height
    length = 0.0 if missing else abs(bar.value or 0.0) * scale
    if not missing:
        start = zero if (bar.value or 0) >= 0 else zero - length
        art.add(_rect(art, bar, start, middle - thick / 2, length, thick))
    beyond = zero + length + 7 if _right(bar) else zero - length - 7
    anchor: Anchor = "start" if _right(bar) else "end"
    note_ahead = bar.period_note and not _right(bar)
    baseline = middle + letter * 0.34
    if note_ahead:
        beyond -= text_width(f" {bar.period_note}", letter)
    art.text(
        beyond, baseline, value,
        fill="ink3" if missing else _INK[bar.role], bold=focus and not missing, anchor=anchor,
    )  # fmt: skip
    if bar.period_note:
        after = (
            beyond + text_width(value + " ", letter, face(bold=focus))
            if _right(bar)
            else zero - length - 7
        )
        art.text(after, baseline, bar.period_note, fill="ink3", anchor=anchor)
    art.add("</g>")
    return bottom


def _rect(art: Drawing, bar: Bar, x: float, y: float, width: float, height: float) -> str:
    name = _FILL[bar.role]
    ink = art.paint(name)
    shape = f'<rect x="{num(x)}" y="{num(y)}" width="{num(max(width, 0.8))}" height="{num(height)}"'
    if bar.status in PROVISIONAL:
        return (
            f'{shape} fill="{ink}" fill-opacity="0.35" stroke="{ink}" stroke-width="1.4" '
            'stroke-dasharray="4 3"/>'
        )
    if bar.period_note:
        return f'{shape} fill="{art.hatch(name)}" stroke="{ink}" stroke-width="1.2"/>'
    return f'{shape} fill="{ink}"/>'


def _keys(bars: Sequence[Bar], meta: Meta) -> list[tuple[KeyGlyph, str]]:
    keys: list[tuple[KeyGlyph, str]] = []
    known = [b for b in bars if b.value is not None]
    if any(b.period_note and b.status not in PROVISIONAL for b in known):
        keys.append(("hatch", meta.say("Dato de otro periodo", "Figure of another period")))
    loose = [meta.status(code) for code in "PEF" if any(b.status == code for b in known)]
    if loose:
        keys.append(("outline", meta.say(" o ", " or ").join(loose).capitalize()))
    return keys


def _describe(bars: Sequence[Bar], values: Sequence[str]) -> str:
    return (
        "; ".join(
            f"{b.label}: {v}" + (f" ({b.period_note})" if b.period_note else "")
            for b, v in zip(bars, values, strict=True)
        )
        + "."
    )
