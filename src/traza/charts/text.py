"""How wide a text is, and where to break it, without loading a font.

Advance widths (thousandths of an em) of the two faces Traza sets its charts in, printable ASCII
in order; letters with accents are as wide as their letter. Other faces differ by a few per cent,
which the margins absorb.
"""

import unicodedata
from functools import lru_cache
from typing import Literal

Face = Literal["sans", "sans-bold", "serif-bold"]

_ASCII: dict[Face, str] = {
    "sans": (
        "236284419713598927694242335335450600272399272383600600600600600600600600600600292292600600"
        "600477891641653621671583559695707400510634501812707708706708640581572678609891613593580317"
        "383317600565600534580503580549324528568250250527272873568560580580367487351568492768507499"
        "464343314343600"
    ),
    "sans-bold": (
        "236309471656600960713260337337556600299402299437600600600600600600600600600600319319600600"
        "600493899672663642689600577712719423545678521817719712641712664611580689638949655632599329"
        "437329600559600559600513600558350545588275275562294888588563600600393499374588524819544524"
        "502363376363600"
    ),
    "serif-bold": (
        "228314423544538949739206384384458548307335307364547547547547547547547547547547307307548548"
        "548430867712668663744634610725809387394726616930757742637742707560650757706999678667592356"
        "364356548528400554630527623540374573650336313615337961652590632613475475368640581850585592"
        "497365301365548"
    ),
}
_OTHERS = {
    "−": 600, "–": 588, "—": 800, "º": 420, "ª": 420, "·": 340, "…": 860, "«": 545, "»": 545,
    "“": 510, "”": 510, "‘": 290, "’": 290, "€": 626, "µ": 593, "²": 347, "³": 347, "°": 469,
    "×": 600, "½": 900, "≥": 600, "≤": 600,
    "\u00a0": 236, "\u202f": 180, "\u2009": 180,
}  # fmt: skip
_WIDE = 1000  # anything unknown, e.g. CJK: better too much room than a cut label


@lru_cache(maxsize=8)
def _table(face: Face) -> dict[str, int]:
    digits = _ASCII[face]
    return {chr(32 + i): int(digits[3 * i : 3 * i + 3]) for i in range(len(digits) // 3)} | _OTHERS


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, face: Face = "sans") -> float:
    """The width of a text at a size, in the units of the size."""
    table = _table(face)
    total = 0
    for char in text:
        width = table.get(char)
        if width is None:
            base = unicodedata.normalize("NFD", char)[0]
            width = 0 if unicodedata.combining(char) else table.get(base, _WIDE)
        total += width
    return total * size / 1000


def wrap(text: str, width: float, size: float, face: Face = "sans") -> list[str]:
    """Break a text into lines no wider than ``width``; a word too long by itself is hyphenated."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        candidate = f"{line} {word}" if line else word
        if text_width(candidate, size, face) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while text_width(word, size, face) > width and len(word) > 2:
            cut = len(word) - 1
            while cut > 1 and text_width(word[:cut] + "-", size, face) > width:
                cut -= 1
            lines.append(word[:cut] + "-")
            word = word[cut:]
        line = word
    if line or not lines:
        lines.append(line)
    return lines


def fit_text(text: str, width: float, size: float, face: Face = "sans") -> str:
    """A text as it is if it fits, otherwise its beginning and an ellipsis."""
    if text_width(text, size, face) <= width:
        return text
    while text and text_width(text + "…", size, face) > width:
        text = text[:-1]
    return text.rstrip(" ,;:") + "…"
