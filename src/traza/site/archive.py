"""Reading the archive: what it lists, narrowed, and as a file."""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language

from traza.foundation.templatetags.traza_dates import long_date
from traza.publishing.models import Topic
from traza.site.models import ArchiveEntry
from traza.site.schema import named
from traza.stats.text import fold

PARAMS = ("q", "clase", "tema", "anio")
PER_PAGE = 50
COLUMNS = ("kind", "title", "date", "url", "topics", "note")
_LONGEST = 120


@dataclass(frozen=True)
class Option:
    """A value of a field that narrows the list."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Line:
    """An entry with its kind and its date in words."""

    entry: ArchiveEntry
    kind: str
    when: str


def asked_of(query: Mapping[str, str]) -> dict[str, str]:
    """Return what a query asks of the list."""
    return {name: query.get(name, "")[:_LONGEST].replace("\0", "").strip() for name in PARAMS}


def archived(asked: Mapping[str, str]) -> QuerySet[ArchiveEntry]:
    """Return the entries that hold every word asked for, of the kind, year and topic asked for."""
    found = ArchiveEntry.objects.prefetch_related("topics")
    for word in fold(asked.get("q", "")).split():
        found = found.filter(folded__contains=word)
    if kind := asked.get("clase"):
        found = found.filter(kind=kind)
    if year := asked.get("anio"):
        found = found.filter(date__startswith=year)
    if topic := asked.get("tema"):
        found = found.filter(topics__code=topic)
    return found


def archive_context(query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of the archive shows."""
    lang = "en" if (get_language() or "").startswith("en") else "es"
    asked = asked_of(query)
    found = archived(asked)
    kept = {name: value for name, value in asked.items() if value}
    rows = list(ArchiveEntry.objects.values_list("kind", "kind_en", "date"))
    topics = Counter(
        ArchiveEntry.topics.through.objects.values_list("topic_id", flat=True).iterator()
    )
    kinds = Counter((kind, kind_en) for kind, kind_en, _day in rows)
    years = Counter(day[:4] for _kind, _en, day in rows if day)
    listed = Paginator(found, PER_PAGE).get_page(query.get("pagina", ""))
    return {
        "listed": listed,
        "lines": [
            Line(
                entry,
                (entry.kind_en if lang == "en" else "") or entry.kind,
                date_words(entry.date, lang),
            )
            for entry in listed
        ],
        "total": found.count(),
        "everything": len(rows),
        "asked": asked,
        "is_narrowed": bool(kept),
        "query": f"{urlencode(kept)}&" if kept else "",
        "kinds": [
            Option(kind, (en if lang == "en" else "") or kind, count)
            for (kind, en), count in kinds.most_common()
        ],
        "years": [Option(year, year, years[year]) for year in sorted(years, reverse=True)],
        "topics": [
            Option(topic.code, named(topic, lang), topics[topic.pk])
            for topic in Topic.objects.filter(pk__in=topics)
        ],
        "oldest": min(years, default=""),
        "newest": max(years, default=""),
    }


def date_words(text: str, lang: str) -> str:
    """Return a date in words, as much of it as is known."""
    if len(text) < 10:
        if len(text) < 7:
            return text
        month = date_format(date(int(text[:4]), int(text[5:7]), 1), "F")
        return f"{month} {text[:4]}" if lang == "en" else f"{month.lower()} de {text[:4]}"
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:  # the 31st of a month that has none
        return text


def to_csv() -> bytes:
    """Return the whole archive in the columns in which a data package brings it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for entry in ArchiveEntry.objects.prefetch_related("topics").order_by("kind", "date", "title"):
        topics = "|".join(sorted(topic.code for topic in entry.topics.all()))
        writer.writerow([entry.kind, entry.title, entry.date, entry.url, topics, entry.note])
    return b"\xef\xbb\xbf" + file.getvalue().encode()
