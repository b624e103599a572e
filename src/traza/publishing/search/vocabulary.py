"""The words that exist in what is published, for completing and correcting what is typed."""

from dataclasses import dataclass
from threading import Lock

from traza.publishing.models import SearchWord
from traza.publishing.revision import current_revision
from traza.stats.spelling import allowed_mistakes, edit_distance

_COMPLETIONS = 20


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its stem, how many publications hold it, and which letters it has."""

    text: str
    term: str
    count: int
    letters: int


class Vocabulary:
    """All words of one revision, in memory."""

    def __init__(self) -> None:
        rows = SearchWord.objects.values_list("word", "term", "count")
        self.words = {text: Word(text, term, n, _letters(text)) for text, term, n in rows}
        self.terms = {word.term for word in self.words.values()}

    def completions(self, beginning: str) -> list[Word]:
        """Return the words that begin so, the most frequent first."""
        begun = [word for text, word in self.words.items() if text.startswith(beginning)]
        return sorted(begun, key=lambda word: (-word.count, word.text))[:_COMPLETIONS]

    def correction(self, mistaken: str) -> Word | None:
        """Return the word most likely meant, or None if none is near enough.

        One mistake is forgiven in words of 4 to 7 letters, two in longer ones if the
        word begins alike.
        """
        limit = allowed_mistakes(mistaken)
        if not limit or mistaken.isdecimal():
            return None
        letters, length = _letters(mistaken), len(mistaken)
        best: tuple[int, int, str] | None = None
        for word in self.words.values():
            if abs(len(word.text) - length) > limit:
                continue
            # Each mistake changes at most two kinds of letter: most words are out at once.
            if (word.letters ^ letters).bit_count() > 2 * limit:
                continue
            distance = edit_distance(mistaken, word.text, limit=limit)
            if distance > 1 and word.text[0] != mistaken[0]:
                continue
            if distance <= limit:
                rank = (distance, -word.count, word.text)
                best = rank if best is None or rank < best else best
        return self.words[best[2]] if best else None


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 61)
    return bits


_lock = Lock()
_kept: dict[int, Vocabulary] = {}


def vocabulary() -> Vocabulary:
    """Return the vocabulary of the revision in force, read once per process."""
    revision = current_revision()
    with _lock:
        if revision not in _kept:
            _kept.clear()
            _kept[revision] = Vocabulary()
        return _kept[revision]


def vocabulary_changed() -> None:
    """Forget what this process keeps; the next search reads the words again."""
    with _lock:
        _kept.clear()
