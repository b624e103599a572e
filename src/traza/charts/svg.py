"""A drawing under way: paints, texts, the frame around the figure, and the finished SVG."""

from collections.abc import Sequence
from typing import Literal

from .model import Meta, Mode, Size
from .text import Face, text_width, wrap
from .theme import DEFAULT, Theme

Anchor = Literal["start", "middle", "end"]
KeyGlyph = Literal["dash", "hollow", "break", "hatch", "outline", "band", "missing", ""]

#: Drawn width and letter size, in the units of the viewBox.
SIZES: dict[str, tuple[float, float]] = {
    "wide": (760, 14.5),
    "narrow": (354, 13.5),
    "file": (960, 16.5),
}
#: The least span a scale divides by: no value of a statistic is nearer to another.
TINY = 1e-100
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    # Control characters are not allowed in XML at all.
    | {chr(c): " " for c in range(32)} | {"\ufffe": " ", "\uffff": " "}
    | {chr(c): " " for c in range(0xD800, 0xE000)}
)  # fmt: skip


def escape(text: str) -> str:
    """Text made safe for XML content and for attributes in double quotes."""
    return text.translate(_ESCAPES)


def num(value: float) -> str:
    """A coordinate in as few characters as a tenth of a unit needs."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


class Drawing:
    """Collects the marks of one chart. Marks are strings; the methods below write them.

    In mode "page" colours are ``var(--c-…)`` and data attributes are kept for the reader's
    script; in mode "file" colours are resolved and title, subtitle, source and licence are drawn.
    """

    def __init__(
        self,
        kind: str,
        meta: Meta,
        *,
        size: Size,
        mode: Mode,
        theme: Theme | None,
        uid: str,
    ) -> None:
        self.kind, self.meta, self.size, self.mode = kind, meta, size, mode
        self.theme = theme or DEFAULT
        self.uid = escape(f"{uid}-{size[0]}")
        self.width, self.letter = SIZES[size]
        self.page = mode == "page"
        pad = 0.0 if self.page else self.width * 0.042
        self.left, self.right = pad, self.width - pad
        self.bottom = 0.0
        self.parts: list[str] = []
        self.defs: list[str] = []
        self.data: dict[str, str] = {}

    def paint(self, name: str) -> str:
        """A colour by its drawing name, as an attribute value."""
        return f"var(--c-{name})" if self.page else self.theme.colour(name)

    def add(self, mark: str) -> None:
        """Add a finished element."""
        self.parts.append(mark)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        fill: str = "ink2",
        size: float | None = None,
        anchor: Anchor = "start",
        bold: bool = False,
        serif: bool = False,
        halo: bool = False,
        cls: str = "",
    ) -> None:
        """One line of text with its baseline at ``y``; a halo keeps it legible over lines."""
        attrs = f' class="{cls}"' if cls else ""
        if size and size != self.letter:
            attrs += f' font-size="{num(size)}"'
        if anchor != "start":
            attrs += f' text-anchor="{anchor}"'
        if bold:
            attrs += ' font-weight="600"'
        if serif:
            attrs += f' font-family="{self._family(serif=True)}"'
        if halo:
            attrs += (
                f' stroke="{self.paint("paper")}" stroke-width="4" stroke-linejoin="round" '
                'paint-order="stroke"'
            )
        self.parts.append(
            f'<text x="{num(x)}" y="{num(y)}" fill="{self.paint(fill)}"{attrs}>'
            f"{escape(text)}</text>"
        )

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        stroke: str,
        width: float = 1,
        **more: str,
    ) -> None:
        """A straight line; ``more`` are attributes with ``_`` for ``-``."""
        extra = "".join(f' {k.rstrip("_").replace("_", "-")}="{v}"' for k, v in more.items())
        self.parts.append(
            f'<line x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}" '
            f'stroke="{self.paint(stroke)}" stroke-width="{num(width)}"{extra}/>'
        )

    def hatch(self, name: str) -> str:
        """The fill of a hatched area in a colour: value of another period, or no value."""
        identity = f"{self.uid}-h-{name}"
        mark = (
            f'<pattern id="{identity}" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0V6" stroke="{self.paint(name)}" '
            'stroke-width="3.4"/></pattern>'
        )
        if mark not in self.defs:
            self.defs.append(mark)
        return f"url(#{identity})"

    def items(self, **values: str) -> str:
        """Data attributes for the reader's script; none in files."""
        if not self.page:
            return ""
        return "".join(f' data-{k}="{escape(v)}"' for k, v in values.items() if v)

    def head(self) -> float:
        """Draw title and subtitle (files only); return where the figure begins."""
        if self.page:
            return 0.0
        y = self.left * 0.85
        room = self.right - self.left
        size = self.letter * 1.72
        for line in wrap(self.meta.title, room, size, "serif-bold"):
            y += size * 1.12
            self.text(self.left, y, line, fill="ink", size=size, bold=True, serif=True)
        sub = self.letter * 1.06
        y += sub * 0.25
        for line in wrap(self.meta.subtitle, room, sub) if self.meta.subtitle else []:
            y += sub * 1.35
            self.text(self.left, y, line, fill="ink2", size=sub)
        return y + self.letter * 1.5

    def foot(self, y: float, keys: Sequence[tuple[KeyGlyph, str]] = ()) -> None:
        """Draw the key of special marks and the note; in files source, period and licence too."""
        size = self.letter * 0.9
        entries = [*keys]
        if self.meta.note:
            entries.append(("", self.meta.note))
        if entries:
            y = self._keys(y + size * 0.7, entries, size)
        if not self.page:
            y = self._credits(y + self.letter * 0.9)
            self.bottom = y + self.left * 0.75
        else:
            self.bottom = y + 3

    def _keys(self, y: float, entries: Sequence[tuple[KeyGlyph, str]], size: float) -> float:
        x = self.left
        y += size
        for glyph, words in entries:
            lead = 30 if glyph else 0
            width = lead + text_width(words, size)
            if x > self.left and x + width > self.right:
                x, y = self.left, y + size * 1.45
            if glyph:
                self._glyph(glyph, x, y - size * 0.34)
            for n, line in enumerate(wrap(words, self.right - x - lead, size)):
                y += size * 1.45 if n else 0
                self.text(x + lead, y, line, fill="ink3", size=size)
            x += width + 22
        return y + size * 0.4

    def _glyph(self, glyph: KeyGlyph, x: float, y: float) -> None:
        ink = self.paint("ink3")
        if glyph == "dash":
            self.line(x, y, x + 23, y, stroke="ink3", width=2, stroke_dasharray="5 4")
        elif glyph == "hollow":
            self.add(
                f'<circle cx="{num(x + 12)}" cy="{num(y)}" r="4" fill="{self.paint("paper")}" '
                f'stroke="{ink}" stroke-width="1.6"/>'
            )
        elif glyph == "break":
            self.add(break_mark(x + 12, y, ink))
        elif glyph in ("hatch", "missing"):
            fill = self.hatch("context")
            self.add(
                f'<rect x="{num(x)}" y="{num(y - 6)}" width="22" height="12" fill="{fill}" '
                f'stroke="{self.paint("edge")}" stroke-width="1"/>'
            )
        elif glyph == "outline":
            self.add(
                f'<rect x="{num(x + 1)}" y="{num(y - 6)}" width="21" height="12" fill="none" '
                f'stroke="{ink}" stroke-width="1.4" stroke-dasharray="3 2"/>'
            )
        elif glyph == "band":
            self.add(
                f'<rect x="{num(x)}" y="{num(y - 6)}" width="22" height="12" '
                f'fill="{self.paint("focus")}" fill-opacity="0.18"/>'
            )

    def _credits(self, y: float) -> float:
        meta, size = self.meta, self.letter * 0.82
        self.line(self.left, y, self.right, y, stroke="grid")
        y += size * 0.5
        parts = []
        if meta.source:
            parts.append(meta.say("Fuente: ", "Source: ") + meta.source.rstrip("."))
        if meta.period:
            parts.append(meta.say("Periodo: ", "Period: ") + meta.period)
        if meta.publisher:
            parts.append(meta.say("Publica: ", "Published by ") + meta.publisher)
        if meta.licence:
            parts.append(meta.licence.rstrip("."))
        for line in wrap(". ".join(parts) + ".", self.right - self.left, size) if parts else []:
            y += size * 1.45
            self.text(self.left, y, line, fill="ink3", size=size)
        return y

    def _family(self, *, serif: bool) -> str:
        if self.page:
            return "var(--serif)"
        face = self.theme.font_serif if serif else self.theme.font_sans
        return escape(f"'{face}', {'Georgia, serif' if serif else 'Arial, sans-serif'}")

    def finish(self, description: str) -> str:
        """The SVG, with a title and a description for whoever cannot see it."""
        width, height = num(self.width), num(max(self.bottom, 1))
        page = self.page
        classes = f' class="c-chart c-kind-{self.kind} c-{self.size}"' if page else ""
        title = self.meta.title + (f". {self.meta.subtitle}" if self.meta.subtitle else "")
        family = "" if page else f' font-family="{self._family(serif=False)}"'
        dims = "" if page else f' width="{width}" height="{height}"'
        back = (
            "" if page else f'<rect width="{width}" height="{height}" fill="{self.theme.paper}"/>'
        )
        defs = f"<defs>{''.join(self.defs)}</defs>" if self.defs else ""
        data = self.items(chart=self.kind, **self.data)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg"{classes} '
            f'viewBox="0 0 {width} {height}"{dims} role="img" '
            f'aria-labelledby="{self.uid}-t {self.uid}-d" lang="{escape(self.meta.lang)}" '
            f'font-size="{num(self.letter)}"{family}{data}>'
            f'<title id="{self.uid}-t">{escape(title)}</title>'
            f'<desc id="{self.uid}-d">{escape(description)}</desc>'
            f"{defs}{back}{''.join(self.parts)}</svg>"
        )


def break_mark(x: float, y: float, colour: str) -> str:
    """Two oblique strokes: the series does not continue across here."""
    return (
        f'<path class="c-break" d="M{num(x - 5)} {num(y + 6)}l5 -12'
        f'M{num(x + 1)} {num(y + 6)}l5 -12" fill="none" stroke="{colour}" stroke-width="1.5"/>'
    )


def face(*, bold: bool) -> Face:
    """The measuring table of a weight."""
    return "sans-bold" if bold else "sans"
