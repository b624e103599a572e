"""Slopes: where each one stood at two dates, and nothing between."""

from collections.abc import Callable, Sequence

from .labels import spread
from .line import STROKES, empty
from .model import PROVISIONAL, Line, Meta, Mode, Point, Size
from .svg import TINY, Drawing, face, num
from .text import text_width, wrap
from .theme import Theme
from .track import DRAW_ORDER, Track, describe

_HEIGHT = {"wide": 340.0, "narrow": 320.0, "file": 420.0}
_INK = {"focus": "focus", "total": "ink", "peer": "ink2", "context": "ink3"}
_Label = list[str]


def slope_chart(
    lines: Sequence[Line],
    meta: Meta,
    *,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """First and last value of each line, joined; the value at the left, value and name right.

    Only lines with a value at both dates (the first and last that any line has) are joined; one
    with a single date is a dot with its label. A change of method between them leaves no line.
    """
    art = Drawing("slope", meta, size=size, mode=mode, theme=theme, uid=uid)
    top = art.head()
    tracks = sorted((Track(line) for line in lines), key=lambda t: DRAW_ORDER[t.line.role])
    xs = sorted({p.x for t in tracks for p in t.known})
    if not xs:
        return empty(art, top, meta)
    ends = [(t, _at(t, xs[0]), _at(t, xs[-1])) for t in tracks]
    letter, step = art.letter, art.letter * 1.22
    full = art.right - art.left
    left_room = max((text_width(a.text, letter, "sans-bold") for _, a, _ in ends if a), default=0)
    name_room = full * (0.4 if size == "narrow" else 0.32)
    rights = [_end_label(t, b, name_room, letter) for t, _, b in ends]
    right_room = max(
        text_width(line, letter, face(bold=t.line.role == "focus"))
        for (t, _, _), rows in zip(ends, rights, strict=True)
        for line in (rows or [""])
    )
    x1, x2 = art.left + left_room + 14, art.right - right_room - 14
    if xs[0] == xs[-1]:
        x1 = x2
    plot_top = top + letter * 2.2
    need = sum(len(rows) * step + 2 for rows in rights)
    plot_bottom = plot_top + max(_HEIGHT[size], need)
    values = [p.value for _, a, b in ends for p in (a, b) if p and p.value is not None]
    low, high = min(values), max(values)
    scale = (plot_bottom - plot_top - letter) / max(high - low, TINY)

    def to_y(point: Point) -> float:
        if high == low:
            return (plot_top + plot_bottom) / 2
        return plot_bottom - letter / 2 - ((point.value or 0.0) - low) * scale

    labels = {p.x: p.label for t in tracks for p in t.known}
    for x, when in dict.fromkeys(((x1, xs[0]), (x2, xs[-1]))):
        art.line(x, plot_top - letter * 0.4, x, plot_bottom, stroke="axis")
        half = text_width(labels[when], letter) / 2
        centre = min(max(x, art.left + half), art.right - half)
        art.text(centre, top + letter * 1.2, labels[when], fill="ink3", anchor="middle")
    if x1 != x2:
        _left_labels(art, ends, x1, to_y, (plot_top, plot_bottom))
    for track, a, b in ends:
        ink = art.paint(track.line.role)
        data = art.items(
            key=track.line.key,
            label=track.line.label,
            v="|".join(p.text for p in (a, b) if p),
            t="|".join(p.label for p in (a, b) if p),
        )
        art.add(f'<g class="c-series c-{track.line.role}"{data}>')
        if a and b and a is not b and not track.breaks():
            loose = a.status in PROVISIONAL or b.status in PROVISIONAL
            dash = ' stroke-dasharray="6 4"' if loose else ""
            art.add(
                f'<path d="M{num(x1)} {num(to_y(a))}L{num(x2)} {num(to_y(b))}" fill="none" '
                f'stroke="{ink}" stroke-width="{num(STROKES[track.line.role])}"{dash}/>'
            )
        for x, point in ((x1, a), (x2, b)):
            if point:
                radius = 4.6 if track.line.role == "focus" else 3.2
                art.add(
                    f'<circle cx="{num(x)}" cy="{num(to_y(point))}" r="{radius}" fill="{ink}"/>'
                )
        art.add("</g>")
    shown = [(t, b, rows) for (t, _, b), rows in zip(ends, rights, strict=True) if b]
    heights = [len(rows) * step + 2 for _, _, rows in shown]
    centres = spread([to_y(b) for _, b, _ in shown], heights, plot_top - step / 2, plot_bottom)
    for (track, point, rows), centre in zip(shown, centres, strict=True):
        _leader(art, x2 + 5, to_y(point), x2 + 12, centre, step)
        base = centre - step * (len(rows) - 1) / 2 + letter * 0.34
        focus = track.line.role == "focus"
        for i, text in enumerate(rows):
            art.text(x2 + 14, base + i * step, text, fill=_INK[track.line.role], bold=focus)
    notes = []
    if any(t.breaks() for t in tracks):
        notes.append(
            meta.say(
                "Sin línea: el método cambió entre las dos fechas.",
                "No line: the method changed between the two dates.",
            )
        )
    single = [t.line.label for t, a, b in ends if not b]
    if single:
        notes.append(
            meta.say("Sin dato en la última fecha: ", "No data at the last date: ")
            + ", ".join(single)
            + "."
        )
    art.foot(plot_bottom + letter * 0.6, [("", note) for note in notes])
    return art.finish(describe(lines, meta))


def _at(track: Track, x: float) -> Point | None:
    return next((p for p in track.known if p.x == x), None)


def _end_label(track: Track, point: Point | None, room: float, letter: float) -> _Label:
    if point is None:
        return []
    bold = face(bold=track.line.role == "focus")
    return wrap(f"{point.text} {track.line.label}".strip(), room, letter, bold)


def _left_labels(
    art: Drawing,
    ends: Sequence[tuple[Track, Point | None, Point | None]],
    x: float,
    to_y: Callable[[Point], float],
    limits: tuple[float, float],
) -> None:
    shown = [(t, a) for t, a, _ in ends if a]
    step = art.letter * 1.22
    centres = spread(
        [to_y(a) for _, a in shown], [step] * len(shown), limits[0] - step / 2, limits[1]
    )
    for (track, point), centre in zip(shown, centres, strict=True):
        _leader(art, x - 5, to_y(point), x - 9, centre, step)
        art.text(
            x - 12, centre + art.letter * 0.34, point.text,
            fill=_INK[track.line.role], bold=track.line.role == "focus", anchor="end",
        )  # fmt: skip


def _leader(art: Drawing, x1: float, y1: float, x2: float, y2: float, step: float) -> None:
    if abs(y1 - y2) > step * 0.5:
        art.line(x1, y1, x2, y2, stroke="axis", width=0.8)
