"""Drawn maps: amounts by area, and where a place lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .labels import Box, overlaps
from .line import empty
from .model import PROVISIONAL, ClassLimits, Meta, Mode, Shape, Size
from .projection import area, bounds_of, heart, projection, thin
from .svg import Drawing, KeyGlyph, face, num
from .text import fit_text, text_width, wrap
from .theme import RampKind, Theme, ramp_names

Flat = list[list[list[tuple[float, float]]]]
_HEIGHT = {"wide": 460.0, "narrow": 380.0, "file": 560.0}
_NO_DATA_CLASS = -1


@dataclass(frozen=True, slots=True)
class _Area:
    """A shape in the units of the drawing, and where its label may stand."""

    shape: Shape
    polygons: Flat
    x: float
    y: float
    width: float


def choropleth(
    shapes: Sequence[Shape],
    classes: Sequence[ClassLimits],
    meta: Meta,
    *,
    ramp: RampKind = "seq",
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """Areas coloured by class (`traza.stats.classes` makes them), with the limits in the legend.

    At most nine classes. ``ramp`` "div" is for classes around a meaningful middle. An area
    without a value is hatched and never coloured; one that is not final has a broken outline.
    The focus has a strong outline and its name.
    """
    art = Drawing("map", meta, size=size, mode=mode, theme=theme, uid=uid)
    top = art.head()
    if not shapes:
        return empty(art, top, meta)
    colours = ramp_names(ramp, len(classes)) if classes else []
    found = [_class_of(s, classes) for s in shapes]
    entries = [(colours[i], c.label, found.count(i)) for i, c in enumerate(classes)]
    if ramp == "seq":
        entries.reverse()
    side = size != "narrow"
    legend_room = _legend_width(art, entries, meta) if side else 0.0
    frame = (art.left, top, art.right - legend_room - (28 if side else 0), top + _HEIGHT[size])
    areas, bottom = _lay_out(shapes, frame)
    by_key = dict(zip([id(s) for s in shapes], found, strict=True))
    fine = min(0.6, 60 / len(areas)) if areas else 0.6
    for item in sorted(areas, key=lambda a: a.shape.role == "focus"):
        index = by_key[id(item.shape)]
        fill = art.hatch("edge") if index == _NO_DATA_CLASS else art.paint(colours[index])
        _draw(art, item, fill=fill, border=fine)
    _names(art, [a for a in areas if a.shape.role == "focus"], (*frame[:3], bottom), spill=True)
    missing = found.count(_NO_DATA_CLASS)
    if side:
        foot = _legend(art, entries, missing, frame[2] + 28, top)
        bottom = max(bottom, foot)
    else:
        bottom = _legend(art, entries, missing, art.left, bottom + art.letter)
    keys: list[tuple[KeyGlyph, str]] = []
    loose = [meta.status(c) for c in "PEF" if any(s.status == c for s in shapes)]
    if loose:
        keys.append(("outline", meta.say(" o ", " or ").join(loose).capitalize()))
    art.foot(bottom + 4, keys)
    return art.finish(_describe(shapes, entries, missing, meta))


def outline_map(
    shapes: Sequence[Shape],
    meta: Meta,
    *,
    labels: bool = True,
    size: Size = "wide",
    mode: Mode = "page",
    theme: Theme | None = None,
    uid: str = "c",
) -> str:
    """Where a place lies: the focus filled with the accent among its neighbours.

    Roles: focus is filled, total and peer are lightly filled, context is only an outline. Shapes
    are drawn in the order given, the focus last. With ``labels`` the names that fit without
    touching each other are written, that of the focus always.
    """
    art = Drawing("outline", meta, size=size, mode=mode, theme=theme, uid=uid)
    top = art.head()
    if not shapes:
        return empty(art, top, meta)
    frame = (art.left, top, art.right, top + _HEIGHT[size])
    areas, bottom = _lay_out(shapes, frame)
    fills = {"focus": "focus", "total": "soft", "peer": "soft"}
    for item in sorted(areas, key=lambda a: a.shape.role == "focus"):
        fill = fills.get(item.shape.role)
        _draw(art, item, fill=art.paint(fill) if fill else "none")
    if labels:
        rank = {"focus": 0, "total": 1, "peer": 2, "context": 3}
        ordered = sorted(areas, key=lambda a: (rank[a.shape.role], -a.width))
        _names(art, ordered, (*frame[:3], bottom), spill=len(areas) <= 14, on_accent=True)
    art.foot(bottom + 2)
    named = [s.label + (f" ({s.text})" if s.text else "") for s in shapes if s.label]
    return art.finish((", ".join(named) or meta.say("Mapa", "Map")) + ".")


def _class_of(shape: Shape, classes: Sequence[ClassLimits]) -> int:
    value = shape.value
    if value is None or not math.isfinite(value) or not classes:
        return _NO_DATA_CLASS
    for i, limits in enumerate(classes):
        if value < limits.upper:
            return i
    return len(classes) - 1


def _lay_out(shapes: Sequence[Shape], frame: Box) -> tuple[list[_Area], float]:
    """Project and scale the shapes to a frame, centred; also the bottom really needed."""
    left, top, right, limit = frame
    every = bounds_of(p for s in shapes for polygon in s.polygons for ring in polygon for p in ring)
    if every is None:
        return [], top
    project = projection(every)
    flat = [
        [
            [[project(*p) for p in ring if all(map(math.isfinite, p))] for ring in q]
            for q in s.polygons
        ]
        for s in shapes
    ]
    box = bounds_of(p for s in flat for q in s for ring in q for p in ring)
    if box is None:
        return [], top
    inset = 3.0
    wide, high = box[2] - box[0] or 1e-9, box[3] - box[1] or 1e-9
    scale = min((right - left - 2 * inset) / wide, (limit - top - 2 * inset) / high)
    dx = (left + right - wide * scale) / 2 - box[0] * scale
    dy = top + inset - box[1] * scale
    areas = []
    for shape, polygons in zip(shapes, flat, strict=True):
        placed = _place(polygons, scale, dx, dy, closest=1.2 if len(shapes) > 300 else 0.7)
        if placed:
            largest = max(placed, key=lambda q: area(q[0]))
            areas.append(_Area(shape, placed, *heart(largest)))
    return areas, top + high * scale + 2 * inset


def _place(polygons: Flat, scale: float, dx: float, dy: float, *, closest: float) -> Flat:
    """Polygons in drawing units without what is too small to see, the largest always kept."""
    placed: Flat = []
    for polygon in polygons:
        rings = [
            thin([(x * scale + dx, y * scale + dy) for x, y in r], closest) for r in polygon if r
        ]
        if rings:
            placed.append([r for i, r in enumerate(rings) if i == 0 or area(r) > 0.5])
    seen = [q for q in placed if area(q[0]) > 0.3]
    return seen or sorted(placed, key=lambda q: area(q[0]))[-1:]


def _draw(art: Drawing, item: _Area, *, fill: str, border: float | None = None) -> None:
    """One area; a ``border`` width is given where the fill stands for a value."""
    shape, valued = item.shape, border is not None
    trail = "".join(
        "M" + "L".join(f"{num(x)} {num(y)}" for x, y in ring) + "Z"
        for polygon in item.polygons
        for ring in polygon
    )
    focus = shape.role == "focus"
    stroke, width = ("ink", 2.4) if valued and focus else ("edge", border or 0.9)
    if focus and not valued:
        stroke = "focus"
    dash = ""
    if valued and shape.status in PROVISIONAL and shape.value is not None:
        stroke, dash = ("ink" if focus else "ink2"), ' stroke-dasharray="3 2"'
    word = art.meta.status(shape.status)
    if not valued:
        said = shape.text
    elif shape.value is None:
        said = word or art.meta.say("sin dato", "no data")
    else:
        said = f"{shape.text} · {word}" if word else shape.text
    data = art.items(key=shape.key, label=shape.label, v=said)
    art.add(
        f'<path class="c-item c-{shape.role}" d="{trail}" fill="{fill}" fill-rule="evenodd" '
        f'stroke="{art.paint(stroke)}" stroke-width="{width:.2g}" stroke-linejoin="round"'
        f"{dash}{data}/>"
    )


def _names(
    art: Drawing, areas: Sequence[_Area], frame: Box, *, spill: bool, on_accent: bool = False
) -> None:
    """Write names at the hearts of their areas, first come first served; none over another."""
    taken: list[Box] = []
    size, step = art.letter * 0.93, art.letter * 1.1
    for item in areas:
        focus = item.shape.role == "focus"
        if not item.shape.label:
            continue
        letters = face(bold=focus)
        whole = text_width(item.shape.label, size, letters)
        room = max(item.width * 1.05, size * 5.5)
        lines = [item.shape.label] if whole <= room else wrap(item.shape.label, room, size, letters)
        width = max(text_width(t, size, letters) for t in lines)
        if not (spill or focus) and width > item.width:
            continue
        half, high = width / 2, len(lines) * step
        if high > frame[3] - frame[1] or width > frame[2] - frame[0]:
            continue
        # A name on top of a small area would hide it.
        small = item.width < width / 2
        shifts = (-1.0, 1.0, -1.6, 1.6, 0.0) if small else (0.0, -0.7, 0.7, -1.4, 1.4)
        for shift in shifts:
            x = min(max(item.x, frame[0] + half + 2), frame[2] - half - 2)
            y = min(max(item.y + shift * high, frame[1] + high / 2), frame[3] - high / 2)
            box = (x - half - 3, y - high / 2 - 1, x + half + 3, y + high / 2 + 1)
            if not any(overlaps(box, other) for other in taken):
                break
        else:
            continue
        taken.append(box)
        base = y - high / 2 + size * 0.88
        # On its own accent a name reads without the halo that keeps it off borders.
        inside = on_accent and focus and width < item.width * 0.9
        for text in lines:
            art.text(
                x, base, text, fill="paper" if inside else "ink" if focus else "ink2", size=size,
                anchor="middle", bold=focus, halo=not inside,
            )  # fmt: skip
            base += step


def _no_data(meta: Meta) -> str:
    return meta.say("Sin dato", "No data")


def _legend_width(art: Drawing, entries: Sequence[tuple[str, str, int]], meta: Meta) -> float:
    words = [f"{label} {count}" for _, label, count in entries]
    words += [f"{_no_data(meta)} 000", meta.axis_unit]
    room = 48 + max(text_width(w, art.letter) for w in words)
    return min(room, (art.right - art.left) * 0.45)


def _legend(
    art: Drawing, entries: Sequence[tuple[str, str, int]], missing: int, x: float, y: float
) -> float:
    """Swatches with the limits of their class, and how many areas lie in it."""
    letter, meta = art.letter, art.meta
    rows = [(art.paint(colour), label, count) for colour, label, count in entries]
    if missing:
        rows.append((art.hatch("edge"), _no_data(meta), missing))
    if meta.axis_unit:
        art.text(
            x,
            y + letter,
            fit_text(meta.axis_unit, art.right - x, letter),
            fill="ink3",
            size=letter * 0.93,
        )
        y += letter * 1.6
    step = letter * 1.75
    widest = max((text_width(f"{label} {count}", letter) for _, label, count in rows), default=0)
    columns = 2 if art.size == "narrow" and widest + 46 < (art.right - art.left) / 2 else 1
    down = math.ceil(len(rows) / columns)
    for i, (fill, label, count) in enumerate(rows):
        cx = x + (i // down) * (art.right - art.left) / 2
        cy = y + (i % down) * step
        art.add(
            f'<rect x="{num(cx + 0.5)}" y="{num(cy + 1)}" width="24" height="{num(letter * 1.15)}" '
            f'fill="{fill}" stroke="{art.paint("edge")}" stroke-width="0.8"/>'
        )
        number = text_width(f"{count}", letter)
        label = fit_text(label, art.right - cx - 42 - number, letter)
        art.text(cx + 32, cy + letter, label, fill="ink2")
        after = cx + 32 + text_width(label, letter) + 9
        art.text(after, cy + letter, f"{count}", fill="ink3", size=letter * 0.86)
    return y + down * step


def _describe(
    shapes: Sequence[Shape], entries: Sequence[tuple[str, str, int]], missing: int, meta: Meta
) -> str:
    counts = [f"{label}: {count}" for _, label, count in entries]
    if missing:
        counts.append(f"{_no_data(meta)}: {missing}")
    focus = [f"{s.label}: {s.text}" for s in shapes if s.role == "focus" and s.text]
    return ". ".join([*focus, meta.say("Áreas por clase", "Areas by class") + " — "
                      + "; ".join(counts)]) + "."  # fmt: skip
