"""Small multiples: one small panel a line, all on the same scales, the others faint behind."""

from collections.abc import Sequence

from .line import axis, draw_time_axis, empty, path
from .model import Line, Meta, Mode, Size
from .svg import Drawing, num
from .text import fit_text, text_width, wrap
from .theme import Theme
from .track import Track, describe, extent, status_keys

_COLUMNS = {"wide": 3, "narrow": 2, "file": 4}
_PANEL_HEIGHT = {"wide": 108.0, "narrow": 88.0, "file": 116.0}


def small_multiples(
    lines: Sequence[Line],
    meta: Meta,
    *,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """A grid of panels, one a line in the order given, with common axes."""
    art = Drawing("multiples", meta, size=size, mode=mode, theme=theme, uid=uid)
    tracks = [Track(line) for line in lines]
    top = art.head()
    if not any(t.known for t in tracks):
        return empty(art, top, meta)
    small = art.letter * 0.9
    ticks, texts, unit, from_zero = axis(meta, *extent(tracks), 3)
    if unit:
        art.text(art.left, top + small, unit, fill="ink3", size=small)
        top += small * 1.6
    columns = min(_COLUMNS[size], len(lines))
    tick_room = max(text_width(t, small) for t in texts) + 8
    gap = art.letter * 1.5
    width = (art.right - art.left - gap * (columns - 1)) / columns
    values = [t.known[-1].text if t.known else meta.say("sin dato", "no data") for t in tracks]
    # Values stand beside the names, or, if one is long, all of them below.
    widest = max(text_width(v, small, "sans-bold") for v in values)
    beside = widest < width * 0.5
    values = [fit_text(v, width, small, "sans-bold") for v in values]
    room = width - widest - 8 if beside else width
    titles = [wrap(t.line.label, room, art.letter, "sans-bold") for t in tracks]
    xs = sorted({p.x for t in tracks for p in t.points})
    x_low, x_high = (xs[0], xs[-1]) if len(xs) > 1 else (xs[0] - 0.5, xs[0] + 0.5)
    height = _PANEL_HEIGHT[size]
    y = top
    for start in range(0, len(tracks), columns):
        row = range(start, min(start + columns, len(tracks)))
        title_lines = max(len(titles[i]) for i in row) + (0 if beside else 1)
        plot_top = y + art.letter * (1.25 * title_lines + 0.9)
        plot_bottom = plot_top + height
        foot = plot_bottom
        for i in row:
            left = art.left + (i - start) * (width + gap)
            # Every panel leaves room for tick labels, so that all have the same width.
            plot_left, plot_right = left + tick_room, left + width - 4
            x_scale = (plot_right - plot_left - 8) / (x_high - x_low)
            y_scale = height / (ticks[-1] - ticks[0])

            def to_x(x: float, _l: float = plot_left, _s: float = x_scale) -> float:
                return _l + 4 + (x - x_low) * _s

            def to_y(v: float, _b: float = plot_bottom, _s: float = y_scale) -> float:
                return _b - (v - ticks[0]) * _s

            track = tracks[i]
            baseline = y + art.letter
            known = bool(track.known)
            first = baseline
            for line in titles[i]:
                art.text(left, baseline, line, fill="ink", bold=True)
                baseline += art.letter * 1.25
            art.text(
                left + width if beside else left, first if beside else baseline, values[i],
                fill="focus" if known else "ink3", size=small, bold=known,
                anchor="end" if beside else "start",
            )  # fmt: skip
            for value, text in zip(ticks, texts, strict=True):
                ty = to_y(value)
                art.line(plot_left, ty, plot_right, ty, stroke="axis" if value == 0 else "grid")
                art.text(
                    plot_left - 6, ty + small * 0.34, text, fill="ink3", size=small, anchor="end"
                )
            art.add('<g class="c-behind" opacity="0.45">')
            for other in tracks:
                if other is not track:
                    for run, _ in other.pieces():
                        places = [(to_x(p.x), to_y(p.value or 0)) for p in run]
                        if len(places) > 1:
                            art.add(path(art, places, art.paint("axis"), 0.8, dashed=False))
            art.add("</g>")
            data = art.items(key=track.line.key, label=track.line.label)
            art.add(f'<g class="c-series c-{track.line.role}"{data}>')
            ink = art.paint("focus")
            for run, dashed in track.pieces():
                places = [(to_x(p.x), to_y(p.value or 0)) for p in run]
                art.add(path(art, places, ink, 2.2, dashed=dashed))
            if track.known:
                last = track.known[-1]
                x, ly = to_x(last.x), to_y(last.value or 0)
                art.add(f'<circle cx="{num(x)}" cy="{num(ly)}" r="3.4" fill="{ink}"/>')
            art.add("</g>")
            foot = max(foot, draw_time_axis(art, tracks, to_x, plot_bottom, small))
        y = foot + art.letter * 0.9
    art.foot(y - art.letter, status_keys(meta, tracks, from_zero))
    return art.finish(describe(lines, meta))
