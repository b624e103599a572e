"""A row of marks the height of a line: one figure beside those it is compared with."""

import math
from collections.abc import Sequence

from .model import Dot, Meta
from .svg import TINY, escape, num

#: Shapes of the places compared with, in their order; the figure itself is a filled disc.
_SHAPES = {
    "ring": '<circle cx="{x}" cy="{y}" r="4.4" {hollow}/>',
    "diamond": '<path d="M{x} {y}m0 -5.6l5.6 5.6l-5.6 5.6l-5.6 -5.6Z" {hollow}/>',
    "square": '<path d="M{x} {y}m-4 -4h8v8h-8Z" {hollow}/>',
    "triangle": '<path d="M{x} {y}m0 -5.4l5.4 9.4h-10.8Z" {hollow}/>',
    "cross": '<path d="M{x} {y}m-4 -4l8 8m0 -8l-8 8" {hollow}/>',
}
STRIP_SHAPES = tuple(_SHAPES)
_HOLLOW = 'fill="var(--c-paper)" stroke="var(--c-ink2)" stroke-width="1.6"'
_DISC = '<circle cx="{x}" cy="{y}" r="5.4" fill="var(--c-focus)"/>'


def strip(
    focus: Dot, others: Sequence[tuple[str, Dot]], *, uid: str, lang: str = "es", width: float = 240
) -> str:
    """Marks on a scale of their own, from the lowest to the highest; the values are read aloud.

    ``others`` pairs the name of a shape (`STRIP_SHAPES`) with a dot, so that a place keeps its
    shape from row to row. Dots without a value are left out; without any other the drawing is
    empty. Only order and spacing can be read from it: the words beside it say the values.
    """
    known = [(shape, dot) for shape, dot in others if _known(dot)]
    if not known or not _known(focus):
        return ""
    values = [dot.value or 0.0 for _, dot in known] + [focus.value or 0.0]
    low, high = min(values), max(values)
    left, right, y = 10.0, width - 10.0, 14.0

    def place(dot: Dot) -> str:
        share = ((dot.value or 0.0) - low) / max(high - low, TINY) if high > low else 0.5
        return num(left + share * (right - left))

    marks = [_mark(shape, place(dot), num(y)) for shape, dot in known]
    marks.append(_DISC.format(x=place(focus), y=num(y)))
    said = "; ".join(
        f"{dot.label}: {dot.text or num(dot.value or 0)}" for dot in _all(focus, known)
    )
    name = Meta("", lang=lang).say("Junto a otros lugares", "Beside other places")
    uid = escape(uid)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="c-chart c-strip" '
        f'viewBox="0 0 {num(width)} 28" role="img" aria-labelledby="{uid}-t {uid}-d">'
        f'<title id="{uid}-t">{name}</title><desc id="{uid}-d">{escape(said)}</desc>'
        f'<path d="M0 {num(y)}H{num(width)}" stroke="var(--c-grid)"/>{"".join(marks)}</svg>'
    )


def strip_mark(shape: str = "") -> str:
    """The mark alone, for a legend; without a shape, that of the figure itself."""
    mark = _mark(shape, "8", "8") if shape else _DISC.format(x="8", y="8")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" '
        f'aria-hidden="true">{mark}</svg>'
    )


def _mark(shape: str, x: str, y: str) -> str:
    return _SHAPES[shape].format(x=x, y=y, hollow=_HOLLOW)


def _all(focus: Dot, others: Sequence[tuple[str, Dot]]) -> list[Dot]:
    return [focus, *(dot for _, dot in others)]


def _known(dot: Dot) -> bool:
    return dot.value is not None and math.isfinite(dot.value)
