"""Proposals while someone types in the search box."""

from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import override

from traza.publishing.registry import registry
from traza.publishing.search.search import search


def suggest(text: str, limit: int = 8, *, lang: str = "es") -> list[dict[str, Any]]:
    """Return groups by kind, the best first: ``{"label", "items": [{title, url, kind, detail}]}``.

    All texts are plain, none is HTML.
    """
    groups: dict[str, list[dict[str, str]]] = {}
    if len(text.strip()) < 2:
        return []
    for found in search(text, lang=lang, limit=limit).items:
        line = {
            "title": found.title,
            "url": found.url,
            "kind": found.kind,
            "detail": _detail(found.publication, lang),
        }
        groups.setdefault(found.kind, []).append(line)
    with override("en" if lang == "en" else "es-mx"):
        return [{"label": kind_words(kind), "items": items} for kind, items in groups.items()]


def kind_words(kind: str) -> str:
    """Return what many publications of a kind are called."""
    words = registry.kinds.get(kind)
    return str(words.many) if words else kind.capitalize()


def _detail(publication: Any, lang: str) -> str:
    summary = (publication.summary_en if lang == "en" else "") or publication.summary
    text = " ".join(strip_tags(summary).split())
    return text if len(text) <= 90 else f"{text[:89]}…"
