"""Charts and drawn maps as SVG, without a framework.

Every function takes frozen data (`Line`, `Bar`, `Dot`, `Shape`) and a `Meta`, and returns one SVG
string: ``mode="page"`` for a page that has ``charts.css`` (colours are CSS variables, no style
attribute, no script), ``mode="file"`` for an image that is complete when cut out (`to_png`).
``size`` is "wide", "narrow" (a drawing of its own for phones) or "file"; ``uid`` must be unique
in the page. The README beside this file lists the classes and data attributes.
"""

from .bar import bar_chart
from .card import og_card
from .colour import ColourError, contrast, diverging, parse_hex, readable_accent, sequential
from .dots import dot_plot
from .line import MOST_LINES, line_chart
from .maps import choropleth, outline_map
from .model import (
    Bar,
    ClassLimits,
    Dot,
    DotRow,
    Line,
    Meta,
    Mode,
    Point,
    Role,
    Shape,
    Size,
)
from .multiples import small_multiples
from .png import to_png
from .slope import slope_chart
from .spark import sparkline
from .strip import STRIP_SHAPES, strip, strip_mark
from .theme import Theme, theme_css

__all__ = [
    "MOST_LINES",
    "STRIP_SHAPES",
    "Bar",
    "ClassLimits",
    "ColourError",
    "Dot",
    "DotRow",
    "Line",
    "Meta",
    "Mode",
    "Point",
    "Role",
    "Shape",
    "Size",
    "Theme",
    "bar_chart",
    "choropleth",
    "contrast",
    "diverging",
    "dot_plot",
    "line_chart",
    "og_card",
    "outline_map",
    "parse_hex",
    "readable_accent",
    "sequential",
    "slope_chart",
    "small_multiples",
    "sparkline",
    "strip",
    "strip_mark",
    "theme_css",
    "to_png",
]
