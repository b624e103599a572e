"""The card a link shows in a social network: 1200 × 630, a title, a figure, its course."""

import math
from collections.abc import Sequence

from .svg import escape, num
from .text import Face, fit_text, text_width, wrap
from .theme import DEFAULT, Theme

WIDTH, HEIGHT = 1200, 630
_EDGE = 76.0


def og_card(
    chart_title: str,
    *,
    figure: str = "",
    subtitle: str = "",
    institute: str = "",
    values: Sequence[float | None] = (),
    period: str = "",
    theme: Theme | None = None,
    lang: str = "es",
) -> str:
    """The card as SVG with resolved colours, for `to_png` at a width of 1200.

    ``figure`` is the formatted value and ``period`` its date; ``values`` draws its course at the
    right (None is a gap). What is empty is left out and the rest moves together. Long texts
    shrink, then end in an ellipsis; nothing is cut by the edge.
    """
    theme = theme or DEFAULT
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.paper}"/>',
        f'<rect width="{WIDTH}" height="14" fill="{theme.accent}"/>',
    ]
    known = [v for v in values if v is not None and math.isfinite(v)]
    chart = len(known) > 1
    if chart and text_width(figure, 62, "sans-bold") > (WIDTH - 2 * _EDGE) * 0.56:
        chart = False  # a long figure needs the whole width
    room, foot, y = WIDTH - 2 * _EDGE, HEIGHT - 96.0, _EDGE - 8
    sub_size, sub_lines = _fit(subtitle, room, (32, 29), 2, face="sans")
    sub_height = 18 + sub_size * 1.3 * len(sub_lines) if subtitle else 0.0
    tall = foot - y - sub_height - (160 if figure else 24)
    size, lines = _fit(chart_title, room, (72, 64, 56, 50, 44), 4, tall=tall)
    if not figure and not chart:
        y = foot - 40 - sub_height - len(lines) * size * 1.1
    for line in lines:
        y += size * 1.1
        parts.append(_text(_EDGE, y, line, size, theme.ink, theme.font_serif, "600"))
    y += 18
    for line in sub_lines if subtitle else []:
        y += sub_size * 1.3
        parts.append(_text(_EDGE, y, line, sub_size, theme.ink2, theme.font_sans, "400"))
    if figure:
        figure_room = room * (0.56 if chart else 1)
        big, shown = _fit(figure, figure_room, (112, 92, 76, 62, 50), 1, face="sans-bold")
        base, after = foot - 46, _EDGE + text_width(shown[0], big, "sans-bold") + 22
        beside = after + text_width(period, 32) <= _EDGE + figure_room
        if period and not beside:
            base, after = foot - 82, _EDGE
        parts.append(_text(_EDGE, base, shown[0], big, theme.accent, theme.font_sans, "600"))
        if period:
            small, when = _fit(period, figure_room, (32, 27), 1, face="sans")
            base = base if beside else foot - 32
            parts.append(_text(after, base, when[0], small, theme.ink3, theme.font_sans, "400"))
    if chart:
        left = _EDGE + room * 0.6 if figure else _EDGE
        box = (left, max(y + 30, foot - 190), WIDTH - _EDGE, foot - 34)
        parts.append(_course(values, box, theme))
    parts.append(
        f'<path d="M{num(_EDGE)} {num(foot)}H{num(WIDTH - _EDGE)}" stroke="{theme.line}" '
        'stroke-width="2"/>'
    )
    if institute:
        small, name = _fit(institute, room - 34, (29, 26), 1, face="sans-bold")
        parts.append(
            f'<rect x="{num(_EDGE)}" y="{num(foot + 29)}" width="20" height="20" '
            f'fill="{theme.accent}"/>'
        )
        parts.append(
            _text(_EDGE + 34, foot + 49, name[0], small, theme.ink, theme.font_sans, "600")
        )
    said = " ".join(t for t in (figure, period, subtitle, institute) if t)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" role="img" aria-labelledby="card-t card-d" lang="{escape(lang)}">'
        f'<title id="card-t">{escape(chart_title)}</title><desc id="card-d">{escape(said)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, size: float, fill: str, family: str, weight: str) -> str:
    return (
        f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}" fill="{fill}" '
        f'font-family="\'{escape(family)}\'" font-weight="{weight}">{escape(text)}</text>'
    )


def _fit(
    text: str,
    room: float,
    sizes: Sequence[float],
    most: int,
    *,
    face: Face = "serif-bold",
    tall: float = math.inf,
) -> tuple[float, list[str]]:
    """The largest size at which a text takes at most ``most`` lines and ``tall``; else it is cut.

    What is cut ends in an ellipsis.
    """
    for size in sizes:
        lines = wrap(text, room, size, face)
        if len(lines) <= most and len(lines) * size * 1.1 <= tall:
            return size, lines
    size = sizes[-1]
    if math.isfinite(tall):
        most = max(1, min(most, int(tall / (size * 1.1))))
    lines = wrap(text, room, size, face)
    if len(lines) > most:
        lines = [*lines[: most - 1], fit_text(lines[most - 1] + "…", room, size, face)]
    return size, lines


def _course(
    values: Sequence[float | None], box: tuple[float, float, float, float], theme: Theme
) -> str:
    left, top, right, bottom = box
    known = [v for v in values if v is not None and math.isfinite(v)]
    low, high = min(known), max(known)
    step = (right - left - 16) / max(1, len(values) - 1)
    trail, pen, last = "", "M", (left, bottom)
    for i, value in enumerate(values):
        if value is None or not math.isfinite(value):
            pen = "M"
            continue
        level = (top + bottom) / 2
        if high > low:
            level = bottom - 8 - (value - low) / (high - low) * (bottom - top - 16)
        last = (left + 4 + i * step, level)
        trail += f"{pen}{num(last[0])} {num(last[1])}"
        pen = "L"
    return (
        f'<path d="{trail}" fill="none" stroke="{theme.accent}" stroke-width="6" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{num(last[0])}" cy="{num(last[1])}" r="11" fill="{theme.accent}"/>'
    )
