"""Descriptions of a page for search engines (JSON-LD, schema.org), safe to stand in HTML."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

#: What could end the script element or begin a comment in it, as JSON may write it too.
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def jsonld(*things: dict[str, Any]) -> SafeString:
    """Return the things as one JSON-LD text for ``<script type="application/ld+json">``.

    Keys with empty values are left out. It is data, not code: the content policy lets it stand.
    """
    graph = [_without_blanks(thing) for thing in things]
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, default=str
    )
    return mark_safe(text.translate(_ESCAPED))  # noqa: S308 - nothing in it can end the element


def _without_blanks(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _without_blanks(part) for key, part in value.items()}
        return {key: part for key, part in kept.items() if part not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [_without_blanks(part) for part in value]
    return value
