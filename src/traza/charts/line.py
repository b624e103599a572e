"""Lines over time: the place in question in the accent, the others grey, named at their ends."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .labels import Box, Segment, first_free, spread
from .model import HOLLOW, Line, Meta, Mode, Point, Size
from .scales import nice_ticks, plain_ticks, time_ticks, value_range
from .svg import Drawing, break_mark, face, num
from .text import text_width, wrap
from .theme import Theme
from .track import (
    DRAW_ORDER,
    Track,
    describe,
    extent,
    has_value,
    joined_labels,
    shared_labels,
    status_keys,
)

MOST_LINES = 7
STROKES = {"focus": 2.8, "total": 2.0, "peer": 1.6, "context": 1.3}
_LABEL_INK = {"focus": "focus", "total": "ink", "peer": "ink2", "context": "ink3"}
_PLOT_HEIGHT = {"wide": 310.0, "narrow": 240.0, "file": 380.0}
_LABEL_ROOM = {"wide": 170.0, "narrow": 96.0, "file": 210.0}


def line_chart(
    lines: Sequence[Line],
    meta: Meta,
    *,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """Lines over time as SVG; beyond seven lines, small multiples.

    Provisional, estimated and forecast values are reached by dashes, imputed ones are hollow,
    missing ones leave a gap and a change of method (``B``) leaves a gap with a mark. ``uid``
    must be unique in the page. An empty list, or no value at all, draws a frame that says so.
    """
    if len(lines) > MOST_LINES:
        from .multiples import small_multiples

        return small_multiples(lines, meta, size=size, mode=mode, theme=theme, uid=uid)
    art = Drawing("line", meta, size=size, mode=mode, theme=theme, uid=uid)
    lines = sorted(lines, key=lambda line: DRAW_ORDER[line.role])
    tracks = [Track(line) for line in lines]
    top = art.head() + art.letter * 0.9
    if not any(track.known for track in tracks):
        return empty(art, top, meta)
    plot = _frame(art, tracks, top)
    art.data["plot"] = " ".join(num(v) for v in (plot.left, plot.top, plot.right, plot.bottom))
    art.data["t"] = shared_labels(tracks)
    for track in tracks:
        _draw_track(art, plot, track)
    _end_labels(art, plot, tracks)
    _value_labels(art, plot, tracks)
    art.foot(plot.foot, status_keys(meta, tracks, plot.from_zero))
    return art.finish(describe(lines, meta))


@dataclass(slots=True)
class Plot:
    """The rectangle lines are drawn in and how data map to it."""

    left: float
    top: float
    right: float
    bottom: float
    foot: float
    to_x: Callable[[float], float]
    to_y: Callable[[float], float]
    from_zero: bool
    labels: list[list[tuple[str, bool]]]

    def at(self, point: Point) -> tuple[float, float]:
        """Where a point with a value stands."""
        return self.to_x(point.x), self.to_y(point.value or 0.0)


def axis(
    meta: Meta, low: float, high: float, count: int
) -> tuple[list[float], list[str], str, bool]:
    """Ticks, their labels, the word over the axis, and whether the axis holds zero."""
    low, high, from_zero = value_range(low, high, zero=meta.zero)
    if from_zero and low == high:
        high = 1.0
    ticks = nice_ticks(low, high, count)
    if meta.tick:
        return ticks, [meta.tick(t) for t in ticks], meta.axis_unit, from_zero
    labels, word = plain_ticks(ticks, meta.lang)
    return ticks, labels, " ".join(filter(None, (word, meta.axis_unit))), from_zero


def _frame(art: Drawing, tracks: list[Track], top: float) -> Plot:
    meta, letter = art.meta, art.letter
    small = letter * 0.93
    height = _PLOT_HEIGHT[art.size]
    ticks, texts, unit, from_zero = axis(meta, *extent(tracks), 4 if art.size == "narrow" else 5)
    labels = [_label_lines(art, t) for t in tracks if t.known]
    line_height = letter * 1.22
    height = max(height, sum(len(x) * line_height + 2 for x in labels))
    if unit:
        art.text(art.left, top, unit, fill="ink3", size=small)
        top += small * 1.5
    room = max(text_width(text, letter, face(bold=bold)) for rows in labels for text, bold in rows)
    left = art.left + max(text_width(t, small) for t in texts) + 10
    right = art.right - room - 13
    bottom = top + height
    xs = sorted({p.x for t in tracks for p in t.points})
    x_low, x_high = xs[0], xs[-1]
    inset = 6.0
    if x_low == x_high:
        x_low, x_high = x_low - 0.5, x_high + 0.5
    x_scale = (right - left - 2 * inset) / (x_high - x_low)
    y_low, y_high = ticks[0], ticks[-1]
    y_scale = height / (y_high - y_low)

    def to_x(x: float) -> float:
        return left + inset + (x - x_low) * x_scale

    def to_y(y: float) -> float:
        return bottom - (y - y_low) * y_scale

    art.add('<g class="c-axis">')
    for value, text in zip(ticks, texts, strict=True):
        y = to_y(value)
        base = value == 0
        art.line(left, y, right, y, stroke="axis" if base else "grid")
        art.text(left - 10, y + small * 0.34, text, fill="ink3", size=small, anchor="end")
    foot = draw_time_axis(art, tracks, to_x, bottom, small)
    art.add("</g>")
    return Plot(left, top, right, bottom, foot, to_x, to_y, from_zero, labels)


def draw_time_axis(
    art: Drawing,
    tracks: Sequence[Track],
    to_x: Callable[[float], float],
    bottom: float,
    size: float,
) -> float:
    """Marks and labels under the plot; returns the y below them."""
    named = {p.x: p.label for t in tracks for p in t.points}
    ticks = time_ticks(
        sorted(named.items()), to_px=to_x, width=lambda s: text_width(s, size), lang=art.meta.lang
    )
    for tick in ticks:
        x = to_x(tick.x)
        if tick.mark:
            art.line(x, bottom, x, bottom + 5, stroke="axis")
        for row, text in enumerate((tick.text, tick.under)):
            if text:
                half = text_width(text, size) / 2
                centre = min(max(x, half), art.width - half)
                art.text(
                    centre, bottom + 6 + size * (1 + 1.2 * row), text,
                    fill="ink3", size=size, anchor="middle",
                )  # fmt: skip
    return bottom + 8 + size * (1.25 + (1.2 if any(t.under for t in ticks) else 0))


def _label_lines(art: Drawing, track: Track) -> list[tuple[str, bool]]:
    """The end label: the name wrapped, its value after it, and the period if it ends early."""
    last = track.known[-1]
    bold = track.line.role == "focus"
    room = _LABEL_ROOM[art.size]
    value = last.text
    if track.points[-1] is not last:
        value = f"{value} ({last.label})".strip()
    lines = wrap(track.line.label, room, art.letter, face(bold=bold))
    joined = f"{lines[-1]} {value}"
    if value and text_width(joined, art.letter, face(bold=bold)) <= room:
        return [(line, bold) for line in lines[:-1]] + [(joined, bold)]
    values = wrap(value, room, art.letter, face(bold=bold)) if value else []
    return [(line, bold) for line in [*lines, *values]]


def _end_labels(art: Drawing, plot: Plot, tracks: Sequence[Track]) -> None:
    shown = [t for t in tracks if t.known]
    step = art.letter * 1.22
    ends = [plot.at(t.known[-1]) for t in shown]
    heights = [len(lines) * step + 2 for lines in plot.labels]
    centres = spread([y for _, y in ends], heights, plot.top - step / 2, plot.bottom + step / 2)
    x = plot.right + 9
    art.add('<g class="c-labels">')
    for track, lines, (end_x, end_y), centre in zip(shown, plot.labels, ends, centres, strict=True):
        ink = _LABEL_INK[track.line.role]
        if end_x < plot.right - 12 or abs(centre - end_y) > step * 0.7:
            # A thin leader, so that a label moved aside still belongs to its line.
            start = end_x + 5
            art.add(
                f'<path class="c-leader" d="M{num(start)} {num(end_y)}'
                f'L{num(max(start, plot.right - 4))} {num(end_y)}L{num(x - 2)} {num(centre)}" '
                f'fill="none" stroke="{art.paint("axis")}" '
                'stroke-width="0.8" stroke-dasharray="1 2"/>'
            )
        art.add(f'<g class="c-label c-{track.line.role}"{art.items(key=track.line.key)}>')
        y = centre - step * (len(lines) - 1) / 2 + art.letter * 0.34
        for text, bold in lines:
            art.text(x, y, text, fill=ink, bold=bold)
            y += step
        art.add("</g>")
    art.add("</g>")


def _draw_track(art: Drawing, plot: Plot, track: Track) -> None:
    role = track.line.role
    ink, width = art.paint(role), STROKES[role]
    art.add(f'<g class="c-series c-{role}"{series_data(art, plot, track)}>')
    if role == "focus" and track.banded:
        _band(art, plot, track)
    for run, dashed in track.pieces():
        art.add(path(art, [plot.at(p) for p in run], ink, width, dashed=dashed))
    for before, after in track.breaks():
        (x1, y1), (x2, y2) = plot.at(before), plot.at(after)
        art.add(break_mark((x1 + x2) / 2, (y1 + y2) / 2, ink))
    many = len(track.known) > (9 if art.size == "narrow" else 16)
    for point in track.known:
        hollow = point.status in HOLLOW
        end = point is track.known[-1]
        if hollow or (role == "focus" and (end or not many)):
            x, y = plot.at(point)
            radius = 4.4 if end and role == "focus" else 3.6 if role == "focus" else 3
            art.add(
                f'<circle cx="{num(x)}" cy="{num(y)}" r="{radius}" '
                + (
                    f'fill="{art.paint("paper")}" stroke="{ink}" stroke-width="1.8"/>'
                    if hollow
                    else f'fill="{ink}"/>'
                )
            )
    art.add("</g>")


def path(
    art: Drawing, places: Sequence[tuple[float, float]], ink: str, width: float, *, dashed: bool
) -> str:
    """A run of points as a path; a lone point as a dot, so that it is not lost."""
    if len(places) == 1:
        x, y = places[0]
        return f'<circle cx="{num(x)}" cy="{num(y)}" r="{num(max(2.2, width))}" fill="{ink}"/>'
    trail = "L".join(f"{num(x)} {num(y)}" for x, y in places)
    dash = f' stroke-dasharray="{num(width * 2.2)} {num(width * 1.8)}"' if dashed else ""
    return (
        f'<path d="M{trail}" fill="none" stroke="{ink}" stroke-width="{num(width)}" '
        f'stroke-linejoin="round" stroke-linecap="{"butt" if dashed else "round"}"{dash}/>'
    )


def _band(art: Drawing, plot: Plot, track: Track) -> None:
    run: list[Point] = []
    for point in [*track.points, None]:
        if point and has_value(point) and point.lower is not None and point.upper is not None:
            if point.status != "B" or not run:
                run.append(point)
                continue
            following: list[Point] = [point]
        else:
            following = []
        if run:
            places = [(plot.to_x(p.x), plot.to_y(p.upper or 0.0)) for p in run]
            places += [(plot.to_x(p.x), plot.to_y(p.lower or 0.0)) for p in reversed(run)]
            if len(run) == 1:
                (x, up), (_, down) = places
                places = [(x - 4, up), (x + 4, up), (x + 4, down), (x - 4, down)]
            trail = "L".join(f"{num(x)} {num(y)}" for x, y in places)
            art.add(
                f'<path class="c-band" d="M{trail}Z" fill="{art.paint("focus")}" '
                'fill-opacity="0.16"/>'
            )
        run = following


def _value_labels(art: Drawing, plot: Plot, tracks: Sequence[Track]) -> None:
    """First and highest value of the focus, where they touch nothing."""
    segments: list[Segment] = []
    for track in tracks:
        places = [plot.at(p) for p in track.known]
        segments += [(*a, *b) for a, b in itertools.pairwise(places)]
        if len(places) == 1:
            segments.append((*places[0], *places[0]))
    taken: list[Box] = []
    within = (plot.left, plot.top - art.letter * 1.3, plot.right, plot.bottom)
    for track in tracks:
        if track.line.role != "focus" or len(track.known) < 2:
            continue
        first = track.known[0]
        highest = max(track.known, key=lambda p: p.value or 0.0)
        wanted = [first]
        if highest is not track.known[-1] and highest is not first and len(track.known) > 3:
            wanted.append(highest)
        for point in wanted:
            if not point.text:
                continue
            x, y = plot.at(point)
            half = text_width(point.text, art.letter, "sans-bold") / 2
            up, down = art.letter * 0.8, art.letter * 1.5
            spots = [
                (max(x, plot.left + half), y - up),
                (x + half + 6, y - up * 0.7),
                (max(x, plot.left + half), y + down),
                (x + half + 6, y + down * 0.8),
                (x - half - 6, y - up * 0.7),
                (x + half + 9, y + art.letter * 0.34),
            ]
            boxes = [
                (cx - half, base - art.letter * 0.85, cx + half, base + art.letter * 0.2)
                for cx, base in spots
            ]
            free = first_free(boxes, segments, taken, within)
            if free is not None:
                taken.append(boxes[free])
                art.text(
                    *spots[free], point.text,
                    fill="focus", anchor="middle", bold=True, halo=True, cls="c-value",
                )  # fmt: skip


def series_data(art: Drawing, plot: Plot, track: Track) -> str:
    """The attributes the reader's script follows; see the README beside this file."""
    if not art.page:
        return ""
    meta = art.meta
    fine = len(track.points) <= 150
    xs, ys, texts = [], [], []
    for point in track.points:
        x = plot.to_x(point.x)
        xs.append(num(x) if fine else f"{x:.0f}")
        if has_value(point):
            y = plot.to_y(point.value or 0.0)
            ys.append(num(y) if fine else f"{y:.0f}")
            word = meta.status(point.status)
            texts.append(f"{point.text} · {word}" if word else point.text)
        else:
            ys.append("")
            texts.append(meta.status(point.status) or meta.say("sin dato", "no data"))
    own = "" if shared_labels([track]) == art.data.get("t") else joined_labels(track)
    return art.items(
        key=track.line.key,
        label=track.line.label,
        x=",".join(xs),
        y=",".join(ys),
        v="|".join(t.replace("|", "/") for t in texts),
        t=own,
    )


def empty(art: Drawing, top: float, meta: Meta) -> str:
    """A drawing that says there is nothing to draw."""
    words = meta.say("Sin datos que dibujar.", "No data to draw.")
    art.add(
        f'<rect x="{num(art.left + 0.5)}" y="{num(top)}" width="{num(art.right - art.left - 1)}" '
        f'height="{num(art.letter * 6)}" fill="none" stroke="{art.paint("grid")}"/>'
    )
    art.text(
        (art.left + art.right) / 2, top + art.letter * 3.35, words, fill="ink3", anchor="middle"
    )
    art.foot(top + art.letter * 6)
    return art.finish(words)
