"""The home page as staff compose it: which sections, in what order, and what is featured.

Nothing composed is the order in which the rooms declare their sections. A section that the
composition does not name stands after those that it does: one that a room adds later is not lost.
"""

from collections.abc import Iterator
from typing import Any

from traza.publishing.queries import latest_changes
from traza.publishing.registry import Section, registry
from traza.publishing.silence import is_held
from traza.site import queries
from traza.site.live import draw
from traza.site.models import HomePage

_FEATURED = "traza/site/_home_featured.html"


def sections_of(page: HomePage | None, lang: str) -> list[dict[str, Any]]:
    """Return what stands below the first screen of the home page, drawn, in its order."""
    known = {section.name: section for section in registry.home_sections}
    drawn = []
    for number, block in enumerate(page.composition if page is not None else (), start=1):
        if block.block_type == "featured":
            items = list(_items(block.value["items"], number, lang))
            if items:
                title = block.value["title"]
                drawn.append(
                    {"template": _FEATURED, "title": title, "items": items, "number": number}
                )
            continue
        section = known.pop(block.value["which"], None)
        if section is not None and block.value["shown"]:
            drawn += _drawn(section, lang)
    for section in known.values():
        drawn += _drawn(section, lang)
    return drawn


def _drawn(section: Section, lang: str) -> list[dict[str, Any]]:
    context = section.context(lang)
    if context is None:
        return []
    return [{"name": section.name, "template": section.template, **context}]


def _items(blocks: Any, number: int, lang: str) -> Iterator[dict[str, Any]]:
    """Yield what is featured and still public; what was withdrawn or is held is left out."""
    for position, block in enumerate(blocks, start=1):
        if block.block_type == "figure":
            live = draw("figure", block.value, uid=f"d{number}-{position}", lang=lang)
            if not live.sentence:
                yield {"live": live}
            continue
        page = block.value.specific if block.value is not None else None
        if page is not None and page.live and not is_held(page.ledger_kind):
            yield {"page": page}


def new_section(lang: str) -> dict[str, Any]:
    """Return what is new, and the topics."""
    return {"changes": latest_changes(5), "axes": queries.axes()}


def take_section(lang: str) -> dict[str, Any]:
    """Return what can be taken away."""
    return {"indicator_count": queries.indicator_count()}
