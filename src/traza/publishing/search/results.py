"""What a search gives back, with what matched shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from traza.places.models import Place
from traza.publishing.models import Publication
from traza.publishing.registry import registry
from traza.publishing.search.words import stems, words_of

_PIECE = re.compile(r"[^\W_]+")
_LENGTH = 180


@dataclass(frozen=True)
class Found:
    """One result; ``url`` carries the language prefix, ``snippet`` is safe HTML with marks."""

    title: str
    url: str
    kind: str
    snippet: SafeString
    lang: str
    publication: Publication

    @property
    def detail(self) -> SafeString:
        """Return the snippet under the name that lists of suggestions use."""
        return self.snippet


@dataclass(frozen=True)
class Results:
    """A page of results; ``corrected`` is the query as understood, empty if it was as typed."""

    items: list[Found] = field(default_factory=list)
    total: int = 0
    facets: dict[str, int] = field(default_factory=dict)
    topic_facets: dict[str, int] = field(default_factory=dict)
    corrected: str = ""

    def __len__(self) -> int:
        return len(self.items)


def present(
    publication: Publication, *, terms: set[str], lang: str, places: Sequence[Place] = ()
) -> Found:
    """Return a publication as a result in one language, falling back to Spanish.

    With places, it opens with them and says so: «Población total · Mérida».
    """
    english = lang == "en"
    title = (publication.title_en if english else "") or publication.title
    path = publication.path
    if places:
        names = [(place.name_en if english else "") or place.name for place in places]
        title = f"{title} · {', '.join(names)}"
        path = registry.shows_places[publication.kind].path(path, [place.code for place in places])
    summary = (publication.summary_en if english else "") or publication.summary
    return Found(
        title=title,
        url=f"/en{path}" if english else path,
        kind=publication.kind,
        snippet=highlight(_excerpt(summary or _own_text(publication), terms), terms),
        lang="en" if english and publication.title_en else publication.language,
        publication=publication,
    )


def _own_text(publication: Publication) -> str:
    # The texts of these are lists of names, which are no sentence to show.
    listed = publication.kind in ("indicator", "place", "topic")
    return "" if listed else publication.search_text


def _excerpt(text: str, terms: set[str]) -> str:
    text = " ".join(text.split())
    if len(text) <= _LENGTH:
        return text
    first = next((m.start() for m in _PIECE.finditer(text) if _matches(m[0], terms)), 0)
    start = text.rfind(" ", 0, max(first - 60, 0)) + 1
    end = text.rfind(" ", start, start + _LENGTH)
    end = end if end > start else start + _LENGTH
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


def highlight(text: str, terms: set[str]) -> SafeString:
    """Return the text as HTML, escaped, with the words of the search marked."""
    parts: list[str] = []
    last = 0
    for match in _PIECE.finditer(text):
        if _matches(match[0], terms):
            parts.append(escape(text[last : match.start()]))
            parts.append(f"<mark>{escape(match[0])}</mark>")
            last = match.end()
    parts.append(escape(text[last:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def _matches(piece: str, terms: set[str]) -> bool:
    return any(stems(word) & terms for word in words_of(piece))
