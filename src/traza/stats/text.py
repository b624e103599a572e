"""Folding of names: how Traza compares, sorts and addresses text, on any database.

SQLite and PostgreSQL disagree on accents, case and ñ; whatever is compared or sorted is therefore
folded here first and stored beside the text.
"""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with single spaces: «Gómez » → «gomez»."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare).strip()


def sort_key(text: str) -> str:
    """Return a key that sorts as Spanish does by code point: accents ignored, ñ after n."""
    marked = text.casefold().replace("ñ", "n\uffff")
    decomposed = unicodedata.normalize("NFKD", marked)
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare).strip()


def slugify(text: str) -> str:
    """Return the text as part of an address: «Gómez Palacio» → «gomez-palacio»."""
    return _NOT_WORD.sub("-", fold(text)).strip("-")
