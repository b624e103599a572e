"""Short addresses of everything published: ``/i/<code>`` leads to wherever it is now.

A code is derived once, when something is first published, and stored: it outlives every renaming.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

#: No vowels, so that no code is a word, and no signs that are mistaken for others.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
SHORTEST = 5
_BATCH = 400


def give_codes(rows: Iterable[Any], model: Any) -> None:
    """Give a code to each row that has none; the caller saves them.

    ``model`` is where codes already given are looked up: migrations have their own.
    """
    waiting = {_letters(f"{row.kind}/{row.key}"): row for row in rows if not row.short}
    length = SHORTEST
    taken: set[str] = set()
    while waiting:
        wanted = [letters[:length] for letters in waiting]
        for start in range(0, len(wanted), _BATCH):
            known = model.objects.filter(short__in=wanted[start : start + _BATCH])
            taken.update(known.values_list("short", flat=True))
        for letters in list(waiting):
            code = letters[:length]
            if code not in taken:
                waiting.pop(letters).short = code
                taken.add(code)
        # Whose code is another one's already gets a longer one.
        length += 1


def _letters(name: str) -> str:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    letters = ""
    for _place in range(12):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters
