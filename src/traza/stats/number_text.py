"""Reading numbers, and the reasons for not having one, as people and systems write them."""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

DecimalMark = Literal[".", ","]


class NumberError(ValueError):
    """A text that is no number; the message (Spanish) says what was read and what to write."""


_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000\t "
_MINUS = str.maketrans(dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\uff0d", "-"))
_CURRENCY = re.compile(r"(?:mxn|mx\$|m\.?n\.?|usd|us\$|eur|[$€£¥])", re.IGNORECASE)
_PERCENT = re.compile(r"[%‰]$")
_EXPONENT = re.compile(r"^(.*\d)e([+-]?\d{1,3})$", re.IGNORECASE)
_BODY = re.compile(r"[\d.,']*\d[\d.,']*")
_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")


def parse_number(value: object, *, decimal: DecimalMark | None = None) -> float | None:
    """Read a number: ``1,234.5``, ``1.234,5``, ``1 234``, ``$ 1,234``, ``12 %``, ``(1,234)``.

    Blank gives ``None``. A percentage keeps its scale (``12 %`` is 12). ``decimal`` is the mark
    the whole column uses (`detect_decimal`); without it a lone mark before exactly three digits
    is read the Mexican way: ``1,234`` is a thousand and more, ``1.234`` is one and a bit.

    Raises `NumberError` for anything else, including words, formula errors and infinities.
    """
    if value is None:
        return None
    if isinstance(value, bool):
        raise NumberError(f"«{value}» es verdadero o falso, no un número.")
    if isinstance(value, int | float | Decimal):
        number = float(value)
        if not math.isfinite(number):
            raise NumberError(f"«{value}» no es una cifra que se pueda guardar.")
        return number
    shown = str(value).strip()
    if not shown:
        return None
    sign, body, exponent = _strip(shown)
    if not _BODY.fullmatch(body.replace(" ", "")):
        raise NumberError(_not_a_number(shown))
    plain = _plain_digits(body, decimal, shown)
    number = sign * float(plain + exponent)
    if not math.isfinite(number):
        raise NumberError(f"«{shown}» es una cifra demasiado grande.")
    return number


def detect_decimal(column: Iterable[object]) -> DecimalMark | None:
    """The decimal mark a column uses, from the cells that leave no doubt.

    ``None`` when every cell could be read both ways, or when cells contradict each other; the
    caller should then say so and let `parse_number` read the Mexican way.
    """
    seen: set[DecimalMark] = set()
    for cell in column:
        if not isinstance(cell, str) or not cell.strip():
            continue
        _, body, _ = _strip(cell.strip())
        if not _BODY.fullmatch(body.replace(" ", "")):
            continue
        mark = _certain_mark(body)
        if mark:
            seen.add(mark)
    return seen.pop() if len(seen) == 1 else None


def _strip(text: str) -> tuple[int, str, str]:
    """Sign, digits with their marks, and exponent ("e3" or "")."""
    text = re.sub(f"[{_SPACES}]+", " ", text).translate(_MINUS)
    text = text.replace("\u2019", "'").replace("`", "'").replace("´", "'")
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1]
    text = _PERCENT.sub("", _CURRENCY.sub("", text).strip()).strip()
    if text[:1] in "+-" and text:
        sign, text = (-sign if text[0] == "-" else sign), text[1:].strip()
    found = _EXPONENT.match(text)
    if found:
        return sign, found[1], f"e{found[2]}"
    return sign, text, ""


def _certain_mark(body: str) -> DecimalMark | None:
    """The decimal mark that one cell proves, if it does."""
    dot, comma = body.rfind("."), body.rfind(",")
    if dot >= 0 and comma >= 0:
        return "." if dot > comma else ","
    mark = "." if dot >= 0 else ","
    other: DecimalMark = "," if mark == "." else "."
    if body.count(mark) == 0:
        return None
    if body.count(mark) > 1:
        return other
    head, tail = body.split(mark)
    if len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0"):
        return None
    return "." if mark == "." else ","


def _plain_digits(body: str, decimal: DecimalMark | None, shown: str) -> str:
    mark = decimal or _certain_mark(body) or "."
    head, found, tail = body.partition(mark)
    if body.count(mark) > 1 or (found and not tail.isdigit() and tail):
        raise NumberError(_not_grouped(shown, mark))
    if head and not head.isdigit() and not _GROUPED.fullmatch(head):
        raise NumberError(_not_grouped(shown, mark))
    return re.sub(r"[.,' ]", "", head or "0") + (f".{tail}" if tail else "")


def _not_a_number(shown: str) -> str:
    if shown.startswith("#"):
        return f"«{shown}» es un error de fórmula. Corrige la celda o deja «ND»."
    return (
        f"«{shown}» no es un número. Se escribe solo la cifra (1234.5) o, si no hay dato, "
        "«ND» (no disponible) o «NA» (no aplica)."
    )


def _not_grouped(shown: str, mark: str) -> str:
    other = "," if mark == "." else "."
    names = {".": "el punto", ",": "la coma"}
    return (
        f"«{shown}» no se puede leer: {names[mark]} separa los decimales y {names[other]} debe "
        "separar los miles de tres en tres. Se escribe la cifra sin separador de miles."
    )


_STATUS_WORDS = {
    # Missing, reason unknown or simply not there.
    "O": (
        "nd n/d n.d. n.d s/d sd s.d. no_disponible sin_dato sin_datos sin_informacion no_tiene "
        "no_especificado no_reportado no_reporto pendiente not_available no_data n.a.v. "
        "- -- --- .. ... … : null none nan #n/a #n/d"
    ),
    # Cannot exist.
    "M": "na n/a n.a. n.a no_aplica no_aplicable not_applicable :z z no_existe",
    # Exists but was not collected.
    "L": "no_recopilado no_levantado no_recolectado not_collected nl n/l no_se_levanto",
    # Withheld to protect persons or firms.
    "Q": "* ** c (c) :c confidencial reservado suprimido dato_reservado suppressed confidential",
}
_STATUS = {
    word.replace("_", " "): code for code, words in _STATUS_WORDS.items() for word in words.split()
}


def status_of_text(text: object) -> str | None:
    """The SDMX OBS_STATUS (CL_OBS_STATUS) of a text written in place of a number.

    ``O`` missing ("ND", "No disponible", "-"), ``M`` cannot exist ("NA", "No aplica"), ``L`` not
    collected, ``Q`` withheld ("*", "C"). ``None`` when the text is no such word: blanks, numbers
    and anything unknown.
    """
    if not isinstance(text, str):
        return None
    plain = " ".join(text.translate(_MINUS).lower().split())
    plain = plain.translate(str.maketrans("áéíóú", "aeiou"))
    return _STATUS.get(plain) or _STATUS.get(plain.rstrip("."))
