"""Folios: short, easy to say over the phone, never twice the same."""

import secrets
from datetime import date

#: Without vowels, so that no folio spells a word, and without what looks or sounds alike.
ALPHABET = "2345679CDFGHJKMPQRTWXY"
LENGTH = 5


def new_folio(day: date) -> str:
    """Return a folio such as ``26-K7PM4``; whoever stores it asks that it be new."""
    return f"{day:%y}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_folio(text: str) -> str:
    """Return what somebody typed or dictated in the form of a folio."""
    bare = "".join(letter for letter in text.upper() if letter.isalnum())
    return f"{bare[:2]}-{bare[2:]}"
