"""The colours and letters of a chart, and the style sheet that gives them to a page."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from .colour import PAPER, PAPER_DARK, contrast, diverging, readable_accent, sequential

RAMP_STEPS = 9
RampKind = Literal["seq", "div"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours for files (and, through `theme_css`, for pages). Marks read at 3:1, words at 4.5:1.

    ``accent_dark`` None derives the accent of dark pages from ``accent``.
    """

    accent: str = "#0e5a66"
    accent_dark: str | None = None
    clay: str = "#a8481f"
    ink: str = "#1d1f1c"
    ink2: str = "#4c4f49"
    ink3: str = "#63665e"
    paper: str = PAPER
    line: str = "#ddd8cc"
    line2: str = "#ebe7dc"
    peer: str = "#6b6e66"
    context: str = "#8a8d85"
    font_sans: str = "IBM Plex Sans"
    font_serif: str = "Source Serif 4"

    def colour(self, name: str) -> str:
        """The light colour a drawing name stands for: "focus", "ink2", "seq-3"..."""
        found = _names(self).get(name)
        if found is None:
            raise KeyError(f"No chart colour is called {name!r}.")
        return found


DEFAULT = Theme()

# Greys of dark pages; the accent and the ramps are derived.
_DARK = {
    "total": "#c3c1b8",
    "peer": "#a8aaa1",
    "context": "#83867d",
    "ink": "#eceae3",
    "ink2": "#c3c1b8",
    "ink3": "#a3a198",
    "axis": "#6d7069",
    "grid": "#272a25",
    "soft": "#2b2f2a",
    "edge": "#6d7069",
    "paper": PAPER_DARK,
}


@lru_cache(maxsize=32)
def _names(theme: Theme) -> dict[str, str]:
    colours = {
        "focus": theme.accent,
        "total": theme.ink2,
        "peer": theme.peer,
        "context": theme.context,
        "clay": theme.clay,
        "ink": theme.ink,
        "ink2": theme.ink2,
        "ink3": theme.ink3,
        "axis": theme.context,
        "grid": theme.line2,
        "soft": theme.line2,
        "edge": theme.context,
        "paper": theme.paper,
    }
    colours |= _ramps(theme.accent, dark=False)
    return colours


def _ramps(accent: str, *, dark: bool) -> dict[str, str]:
    kinds = (("seq", sequential), ("div", diverging))
    return {
        f"{kind}-{i}": colour
        for kind, make in kinds
        for i, colour in enumerate(make(accent, RAMP_STEPS, dark=dark), start=1)
    }


def ramp_names(kind: RampKind, count: int) -> list[str]:
    """Names of ``count`` colours (1–9) spread over a ramp; an even diverging ramp has no middle."""
    if not 1 <= count <= RAMP_STEPS:
        raise ValueError(f"A ramp has 1 to {RAMP_STEPS} classes, not {count}.")
    if kind == "div" and count % 2 == 0:
        low = [round(1 + i * 3 / max(1, count // 2 - 1)) for i in range(count // 2)]
        steps = low + [RAMP_STEPS + 1 - i for i in reversed(low)]
    elif count == 1:
        steps = [6]
    else:
        steps = [round(1 + i * (RAMP_STEPS - 1) / (count - 1)) for i in range(count)]
    return [f"{kind}-{i}" for i in steps]


def on_colour(fill: str, theme: Theme) -> str:
    """Ink or paper: whichever reads better on a fill."""
    return max(theme.ink, theme.paper, key=lambda colour: contrast(colour, fill))


def theme_css(theme: Theme = DEFAULT) -> str:
    """Declarations of every ``--c-…`` colour of the charts, for light and for dark pages.

    ``charts.css`` begins with this for the default accent; an institute with its own accent serves
    the result after it.
    """
    dark_accent = theme.accent_dark or readable_accent(theme.accent)[1]
    light = "".join(f"--c-{k}:{v};" for k, v in _names(theme).items())
    dark = "".join(
        f"--c-{k}:{v};"
        for k, v in ({"focus": dark_accent} | _DARK | _ramps(theme.accent, dark=True)).items()
    )
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
