"""Codes of places as people and spreadsheets write them.

INEGI's CVEGEO joins state (2 digits), municipality (3), locality (4): 05, 05035, 050350001.
Spreadsheets drop leading zeros, add decimals and split the parts.
"""

import re

from traza.stats.text import fold

_OF_STATE = re.compile(
    r"^(?:municipio |municipality )?0*([0-9]{1,3})"
    r"(?:,? (?:of|del?|en)(?: el)?(?: (?:state|estado))?|,? (?:state|estado)) 0*([0-9]{1,2})$"
)
_DECIMALS = re.compile(r"^([0-9]+)\.0+$")
#: Length of a code without its leading zero → its true length.
_FULL_LENGTH = {1: 2, 4: 5, 8: 9, 12: 13}


def read_codes(text: str, *, state: str = "", level: str = "") -> list[str]:
    """Return the codes a text may stand for, the likeliest first; empty if it is no code.

    ``10007``, ``10 007``, ``10-007``, ``10007.0`` and ``7 of state 10`` all give ``10007``;
    ``5035`` gives ``05035``. With the code of a state, a short number is read first as one of
    its municipalities: ``7`` with ``10`` gives ``10007``.
    """
    folded = fold(text)
    if match := _OF_STATE.match(folded):
        return [f"{int(match[2]):02d}{int(match[1]):03d}"]
    bare = re.sub(r"[\s\-_']+", "", folded)
    if match := _DECIMALS.match(bare):
        bare = match[1]
    if not re.fullmatch(r"[0-9a-z]{1,24}", bare):
        return []
    codes = []
    is_number = re.fullmatch(r"[0-9]+", bare) is not None
    if is_number and len(bare) <= 3 and re.fullmatch(r"[0-9]{2}", state) and level != "state":
        codes.append(f"{state}{int(bare):03d}")
    codes.append(bare.upper())
    if is_number and len(bare) in _FULL_LENGTH:
        codes.append(bare.zfill(_FULL_LENGTH[len(bare)]))
    return codes
