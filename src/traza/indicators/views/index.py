"""The index of all public indicators."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traza.foundation.models import Institute
from traza.indicators.queries import index as queries
from traza.indicators.queries.latest import AxisGroup
from traza.indicators.queries.territory import Own, own_places
from traza.indicators.rows import Row, row_of
from traza.indicators.words import current_lang, level_name, say
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.store.declare import public_page

#: Indicators of each axis that are in sight at once; the rest are one step away.
IN_SIGHT = 8


@dataclass(frozen=True)
class Line:
    """One line of the index: the indicator, its figure in words and whose it is."""

    name: str
    foreign: bool
    path: str
    row: Row | None
    place: str


@public_page(params=("tema", "nivel", "q"))
def index(request: HttpRequest) -> HttpResponse:
    """List every indicator by axis with its latest figure; narrowed by topic, level and words."""
    lang = current_lang()
    own = own_places(Institute.load(request_or_site=request))
    text = request.GET.get("q", "")[:80].strip()
    topic = Topic.objects.filter(code=request.GET.get("tema", "")[:80]).first()
    level = request.GET.get("nivel", "")[:12]
    every = queries.entries(own)
    found = queries.narrowed(every, topic=topic, level=level, text=text)
    is_narrowed = bool(topic or level or text)
    return render(
        request,
        "traza/indicators/index.html",
        {
            "groups": [_group(g, own, lang, whole=is_narrowed) for g in queries.grouped(found)],
            "total": len(every),
            "found": len(found),
            "is_narrowed": is_narrowed,
            "text": text,
            "topic": topic,
            "level": level,
            "topics": _topics(every, lang),
            "levels": [
                {"code": code, "name": _capital(level_name(code, lang, many=True))}
                for code in queries.levels_with_figures()
            ],
            "place": own.first,
        },
    )


def _group(group: AxisGroup[queries.Entry], own: Own, lang: str, *, whole: bool) -> dict[str, Any]:
    lines = [line_of(entry, own.first, lang) for entry in group.rows]
    # A few more are not worth a step.
    cut = len(lines) if whole or len(lines) <= IN_SIGHT + 2 else IN_SIGHT
    return {
        "axis": group.axis,
        "name": say(group.axis, "name", lang) if group.axis else "",
        "count": len(lines),
        "lines": lines[:cut],
        "rest": lines[cut:],
    }


def line_of(entry: queries.Entry, home: Place | None, lang: str) -> Line:
    """Return an entry in words; the place is named when it is not the own one."""
    row = row_of(entry.figure, lang, spark=False) if entry.figure else None
    place = entry.place if entry.place is not None and entry.place != home else None
    return Line(
        name=say(entry.indicator, "name", lang),
        foreign=lang == "en" and not entry.indicator.name_en,
        path=entry.indicator.path,
        row=row,
        place=say(place, "name", lang) if place else "",
    )


def _topics(every: list[queries.Entry], lang: str) -> list[dict[str, Any]]:
    """Return axes, then tags, that hold any indicator, as choices."""
    used = {entry.indicator.pk for entry in every}
    rows = (
        Topic.objects.filter(indicators__in=used) | Topic.objects.filter(axis_indicators__in=used)
    ).distinct()
    choices = [
        {"code": row.code, "name": say(row, "name", lang), "axis": row.scheme == "axis"}
        for row in rows
    ]
    return sorted(choices, key=lambda choice: not choice["axis"])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
