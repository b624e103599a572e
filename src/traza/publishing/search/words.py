"""How text becomes the words and stems that are indexed and looked for."""

import re
from functools import lru_cache

import snowballstemmer

from traza.stats.text import fold

#: Folded words that say nothing about what is looked for.
STOP_WORDS = frozenset(
    """
    a al ante bajo cada como con contra cual cuales cuando cuanta cuantas cuanto cuantos de del
    desde donde durante e el ella en entre era es esa ese eso esta este esto fue ha han hasta hay
    la las le les lo los mas me mi muy o para pero por porque que quien se ser si sin sobre son
    su sus tambien tiene tienen u un una uno versus vs y ya
    an and are at by for from how in is of on or since the to was what where which with
    """.split()  # noqa: SIM905 - a hundred quoted words would hide them
)
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 50

_spanish = snowballstemmer.stemmer("spanish")
_english = snowballstemmer.stemmer("english")


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in order: «Gómez Palacio» → gomez, palacio."""
    return [word[:_LONGEST] for word in _WORD.findall(fold(text))]


@lru_cache(maxsize=20_000)
def stem(word: str, lang: str = "es") -> str:
    """Return the folded stem of a folded word (Snowball's Spanish or English algorithm)."""
    if word.isdecimal():
        return word
    stemmer = _english if lang == "en" else _spanish
    return fold(stemmer.stemWord(word))[:_LONGEST] or word


def stems(word: str) -> set[str]:
    """Return both stems of a word: what is looked for may be in either language."""
    return {stem(word, "es"), stem(word, "en")}
