"""Finding things: the search page, its proposals, and what an address that fails may have meant."""

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from traza.foundation.models import Institute
from traza.places.queries import suggest_places
from traza.publishing.search import Found, Results, TopicFacet, search, suggest, topic_facets
from traza.publishing.store.declare import public_page
from traza.site import queries
from traza.stats.text import fold

RESULTS_PER_PAGE = 20
#: What an address that fails may have meant is looked for in this many of its letters.
LONGEST_GUESS = 120
#: Letters at the beginning of a word that a title shares with an address.
ALIKE = 4
_WORD = re.compile(r"[^\W_]{2,}")


def _lang() -> str:
    return "en" if (get_language() or "").startswith("en") else "es"


@public_page(params=("q", "tipo", "tema", "pagina"), store="memory")
def search_page(request: HttpRequest) -> HttpResponse:
    """Search everything published, narrowed by kind and topic."""
    text = request.GET.get("q", "")[:200].strip()
    kind = request.GET.get("tipo", "")[:20]
    topic = request.GET.get("tema", "")[:80].replace("\0", "")
    page = int(p) if (p := request.GET.get("pagina", "1")).isdecimal() and 0 < int(p) < 500 else 1
    results = search(
        text,
        kinds=[kind] if kind else None,
        topics=[topic] if topic else None,
        lang=_lang(),
        limit=RESULTS_PER_PAGE,
        offset=(page - 1) * RESULTS_PER_PAGE,
    )
    institute = Institute.load(request_or_site=request)
    territory = queries.own_territory(institute)
    asked = {"q": text, "tipo": kind, "tema": topic}
    return render(
        request,
        "traza/site/search.html",
        {
            "query": text,
            "is_narrowed": bool(kind or topic),
            "results": results,
            **_facets(results, asked),
            "examples": [] if results.items else queries.search_examples(territory, lang=_lang()),
            "axes": [] if results.items else queries.axes(),
            "page_number": page,
            "previous_url": _narrowed(asked, pagina=str(page - 1) if page > 2 else ""),
            "next_url": _narrowed(asked, pagina=str(page + 1)),
            "unnarrowed_url": _narrowed(asked, tipo="", tema=""),
            "first_number": (page - 1) * RESULTS_PER_PAGE + 1,
            "has_next": results.total > page * RESULTS_PER_PAGE,
        },
    )


def _facets(results: Results, asked: dict[str, str]) -> dict[str, Any]:
    """Return the links that narrow a search; those of each facet keep what the other says."""
    kinds = dict(results.facets)
    if asked["tipo"]:
        kinds.setdefault(asked["tipo"], 0)
    upper, lower = topic_facets(results.topic_facets, asked["tema"])
    of_kind = [
        {
            "name": kind,
            "count": count,
            "url": _narrowed(asked, tipo=kind),
            "is_chosen": kind == asked["tipo"],
        }
        for kind, count in kinds.items()
    ]
    return {
        "kinds": of_kind,
        "every_kind": {
            "count": sum(results.facets.values()),
            "url": _narrowed(asked, tipo=""),
            "is_chosen": not asked["tipo"],
        },
        "topics": [_topic_link(asked, one) for one in upper],
        "subtopics": [_topic_link(asked, one) for one in lower],
        "every_topic": {"url": _narrowed(asked, tema=""), "is_chosen": not asked["tema"]},
    }


def _topic_link(asked: dict[str, str], facet: TopicFacet) -> dict[str, Any]:
    return {
        "topic": facet.topic,
        "count": facet.count,
        "url": _narrowed(asked, tema=facet.topic.code),
        "is_chosen": facet.is_chosen,
    }


def _narrowed(asked: dict[str, str], **changed: str) -> str:
    """Return the query of the same search with something else chosen, from its first page."""
    return "?" + urlencode({key: value for key, value in (asked | changed).items() if value})


@public_page(params=("q",), store="memory")
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Propose results while someone types, as JSON."""
    groups = suggest(request.GET.get("q", "")[:80], lang=_lang())
    return JsonResponse({"groups": groups})


@public_page(params=("q", "indicador"), store="memory")
def place_suggestions(request: HttpRequest) -> JsonResponse:
    """Propose places while someone types, as JSON."""
    text = request.GET.get("q", "")[:80]
    indicator = request.GET.get("indicador", "")[:160] or None
    prefix = "/en" if _lang() == "en" else ""
    items = [
        {
            "title": s.title,
            "url": f"{prefix}{s.url}",
            "kind": s.kind,
            "detail": s.detail,
            "code": s.code,
        }
        for s in suggest_places(text, indicator_slug=indicator)
    ]
    return JsonResponse({"groups": [{"label": "", "items": items}] if items else []})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that an address holds nothing, or no longer does (410), and what may have been meant."""
    bare = request.path.removeprefix("/en") if _lang() == "en" else request.path
    taken = queries.withdrawal(bare) if len(bare) <= 300 and "\0" not in bare else None
    guess = " ".join(_WORD.findall(bare[:LONGEST_GUESS].replace("-", " ")))
    return render(
        request,
        "traza/site/gone.html" if taken else "404.html",
        {
            "change": taken,
            "guesses": _meant(guess) if guess else [],
        },
        status=410 if taken else 404,
    )


def _meant(guess: str) -> list[Found]:
    """Return what is found for the words of an address and begins like one of them.

    The shortest words ("no", "de") are in many titles and mean none of them.
    """
    beginnings = [word[:ALIKE] for word in fold(guess).split() if len(word) > 2]
    return [
        found
        for found in search(guess, lang=_lang(), limit=5).items
        if any(f" {beginning}" in f" {fold(found.title)}" for beginning in beginnings)
    ]
