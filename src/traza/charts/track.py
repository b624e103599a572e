"""A line as it is drawn: its gaps, breaks and dashes, and what they mean in words."""

import math
from collections.abc import Sequence

from .model import PROVISIONAL, Line, Meta, Point
from .svg import KeyGlyph, num

DRAW_ORDER = {"context": 0, "peer": 1, "total": 2, "focus": 3}


class Track:
    """A line in order of time, with what its statuses imply for drawing."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.points = sorted(line.points, key=lambda p: p.x)
        self.known = [p for p in self.points if has_value(p)]
        self.seen: set[str] = {p.status for p in self.known[:1] if p.status != "B"}
        self.seen |= {p.status for p in self.known[1:]}
        self.banded = any(p.lower is not None and p.upper is not None for p in self.known)

    def pieces(self) -> list[tuple[list[Point], bool]]:
        """Unbroken runs of points, each with whether it is drawn dashed."""
        runs: list[tuple[list[Point], bool]] = []
        run: list[Point] = []
        dashed = False
        for point in self.points:
            if not has_value(point):
                if run:
                    runs.append((run, dashed))
                run = []
                continue
            if run and point.status == "B":
                runs.append((run, dashed))
                run = []
            loose = point.status in PROVISIONAL
            if run and loose != dashed and len(run) > 1:
                runs.append((run, dashed))
                run = [run[-1]]
            dashed = loose
            run.append(point)
        if run:
            runs.append((run, dashed))
        return runs

    def breaks(self) -> list[tuple[Point, Point]]:
        """Pairs of points between which the method changed."""
        return [(a, b) for a, b in zip(self.known, self.known[1:], strict=False) if b.status == "B"]


def has_value(point: Point) -> bool:
    """Whether a point has a value that can be drawn."""
    return point.value is not None and math.isfinite(point.value)


def extent(tracks: Sequence[Track]) -> tuple[float, float]:
    """Lowest and highest value, bounds of the focus included."""
    values = [p.value for t in tracks for p in t.known if p.value is not None]
    for t in tracks:
        if t.line.role == "focus":
            values += [
                v for p in t.known for v in (p.lower, p.upper) if v is not None and math.isfinite(v)
            ]
    return min(values), max(values)


def joined_labels(track: Track) -> str:
    """The period labels of one line, joined by bars."""
    return "|".join(p.label.replace("|", "/") for p in track.points)


def shared_labels(tracks: Sequence[Track]) -> str:
    """The period labels all lines share, joined by bars; empty if they differ."""
    joined = {joined_labels(t) for t in tracks}
    return joined.pop() if len(joined) == 1 else ""


def status_keys(meta: Meta, tracks: Sequence[Track], from_zero: bool) -> list[tuple[KeyGlyph, str]]:
    """What the special marks that occur mean, and that the axis does not begin at zero."""
    seen = set().union(*(t.seen for t in tracks))
    keys: list[tuple[KeyGlyph, str]] = []
    loose = [meta.status(code) for code in "PEF" if code in seen]
    if loose:
        keys.append(("dash", meta.say(" o ", " or ").join(loose).capitalize()))
    thin = [meta.status(code) for code in "IU" if code in seen]
    if thin:
        keys.append(("hollow", meta.say(" o ", " or ").join(thin).capitalize()))
    if any(t.breaks() for t in tracks):
        keys.append(
            (
                "break",
                meta.say(
                    "Cambio de método: un lado no se compara con el otro",
                    "Change of method: one side does not compare with the other",
                ),
            )
        )
    if any(t.banded and t.line.role == "focus" for t in tracks):
        keys.append(("band", meta.say("Margen de error", "Margin of error")))
    if not from_zero:
        keys.append(
            ("", meta.say("El eje no empieza en cero.", "The axis does not begin at zero."))
        )
    return keys


def describe(lines: Sequence[Line], meta: Meta) -> str:
    """What the lines show, for whoever cannot see them: first and last value of each."""
    sentences = []
    for line in sorted(lines, key=lambda item: -DRAW_ORDER[item.role]):
        known = sorted((p for p in line.points if has_value(p)), key=lambda p: p.x)
        if not known:
            sentences.append(f"{line.label}: {meta.say('sin dato', 'no data')}.")
            continue
        first, last = known[0], known[-1]
        said = f"{line.label}: {first.text or num(first.value or 0)} ({first.label})"
        if last is not first:
            said += meta.say(" a ", " to ") + f"{last.text or num(last.value or 0)} ({last.label})"
        sentences.append(said + ".")
    return " ".join(sentences)
