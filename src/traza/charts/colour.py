"""Colour arithmetic: OKLCH, contrast, and ramps grown from one accent.

OKLab after Björn Ottosson (2020), "A perceptual color space for image processing"; contrast is
WCAG 2.2 relative luminance.
"""

import math
import re

PAPER, PAPER_DARK = "#faf8f3", "#141614"
_CLAY, _LAGOON = 45.0, 210.0  # hues in degrees: the warm and the cool partner

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


class ColourError(ValueError):
    """A text that is no colour; the message (Spanish) says what to write."""


def parse_hex(text: str) -> str:
    """A colour as ``#rrggbb``. Raises `ColourError` for anything but 3 or 6 hex digits."""
    found = _HEX.fullmatch(text.strip())
    if not found:
        raise ColourError(f"«{text}» no es un color. Se escribe como #0e5a66.")
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(c * 2 for c in digits))


def contrast(a: str, b: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def oklch(colour: str) -> tuple[float, float, float]:
    """Lightness 0–1, chroma (about 0–0.37) and hue in degrees of a colour."""
    r, g, b = _linear(colour)
    l_ = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    m_ = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s_ = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_
    a = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    c = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return light, math.hypot(a, c), math.degrees(math.atan2(c, a)) % 360


def from_oklch(light: float, chroma: float, hue: float) -> str:
    """The nearest sRGB colour; chroma gives way until the colour exists."""
    light = min(max(light, 0.0), 1.0)
    while True:
        rgb = _oklab_to_rgb(light, chroma, math.radians(hue))
        if chroma <= 0 or all(-0.0005 <= v <= 1.0005 for v in rgb):
            break
        chroma = max(0.0, chroma - 0.004)
    return "#" + "".join(f"{round(_gamma(min(max(v, 0.0), 1.0)) * 255):02x}" for v in rgb)


def readable_accent(
    colour: str, *, paper: str = PAPER, paper_dark: str = PAPER_DARK, ratio: float = 4.5
) -> tuple[str, str, str | None]:
    """An accent for light pages, one for dark pages, and what had to be changed (Spanish) or None.

    Hue and chroma stay; only lightness moves, as little as it must, until text in the accent
    reads at ``ratio`` on both papers. Raises `ColourError` if the text is no colour.
    """
    asked = parse_hex(colour)
    light = _darken(asked, paper, ratio)
    dark = _lighten(asked, paper_dark, max(ratio, 6.0))
    if light == asked:
        return light, dark, None
    return (
        light,
        dark,
        f"El color {asked} no se lee bien sobre el fondo claro (contraste "
        f"{contrast(asked, paper):.1f}; se necesita {ratio:g}). Se usa {light}, el mismo tono "
        "más oscuro.",
    )


def sequential(accent: str, count: int, *, dark: bool = False) -> list[str]:
    """``count`` colours for amounts, from near the paper to strong, of one hue.

    Lightness alone orders them, so colour-blind readers and grey printers read the same order.
    """
    _, chroma, hue = oklch(accent)
    ends = (0.36, 0.88) if dark else (0.91, 0.36)
    full = max(chroma, 0.05)
    ramp = []
    for i in range(count):
        t = (i + 1) / (count + 1) if count < 3 else i / (count - 1)
        light = ends[0] + (ends[1] - ends[0]) * t
        bell = 0.15 + 0.85 * math.sin(math.pi * (0.08 + 0.62 * (1 - t if dark else t)))
        ramp.append(from_oklch(light, min(full * 1.15, 0.14) * bell, hue))
    return ramp


def diverging(accent: str, count: int, *, dark: bool = False) -> list[str]:
    """``count`` colours around a middle: a warm (or cool) partner, neutral, the accent.

    The partner's hue lies on the blue–orange axis, which all common kinds of colour blindness
    keep apart. An odd count has a neutral middle.
    """
    hue = oklch(accent)[2]
    partner = _LAGOON if _hue_distance(hue, _CLAY) < 75 else _CLAY
    neutral, strong = (0.40, 0.82) if dark else (0.92, 0.45)
    colours = []
    for i in range(count):
        t = 2 * i / (count - 1) - 1 if count > 1 else 0.0
        light = neutral + (strong - neutral) * abs(t) ** 0.9
        colours.append(from_oklch(light, 0.115 * abs(t) ** 0.75, hue if t >= 0 else partner))
    return colours


def _hue_distance(a: float, b: float) -> float:
    return abs((a - b + 180) % 360 - 180)


def _darken(colour: str, paper: str, ratio: float) -> str:
    light, chroma, hue = oklch(colour)
    while contrast(colour, paper) < ratio and light > 0:
        light -= 0.01
        colour = from_oklch(light, chroma, hue)
    return colour


def _lighten(colour: str, paper: str, ratio: float) -> str:
    light, chroma, hue = oklch(colour)
    light = max(light, 0.72)
    colour = from_oklch(light, min(chroma, 0.13), hue)
    while contrast(colour, paper) < ratio and light < 1:
        light += 0.01
        colour = from_oklch(light, min(chroma, 0.13), hue)
    return colour


def _linear(colour: str) -> tuple[float, float, float]:
    digits = parse_hex(colour)[1:]
    r, g, b = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return _ungamma(r), _ungamma(g), _ungamma(b)


def _luminance(colour: str) -> float:
    r, g, b = _linear(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _ungamma(v: float) -> float:
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def _gamma(v: float) -> float:
    return v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055


def _oklab_to_rgb(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    l3 = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m3 = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s3 = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
        -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
        -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3,
    )
