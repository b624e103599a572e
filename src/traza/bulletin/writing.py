"""What digests and issues say, as plain text and as HTML that loads nothing, in one language.

Whatever was written by people goes through ``plain``: nobody's words are read as a place that is
filled in for each addressee.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traza.bulletin.models import Frequency, Issue
from traza.charts.colour import readable_accent
from traza.foundation.language import language, prefix
from traza.foundation.models import Institute
from traza.foundation.templatetags.traza_dates import long_date
from traza.publishing.models import Change
from traza.publishing.registry import registry

_OPENS_PLACE = re.compile(r"\[(?=\[)")
#: So many things in one letter; the rest is read on the site.
MOST = 15


@dataclass(frozen=True)
class Written:
    """A letter: its subject, its text and its HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Told:
    """What is told of one publication."""

    title: str
    kind: str
    url: str
    sentences: tuple[str, ...]
    day: str


def plain(text: str) -> str:
    """Return words that hold no place to be filled in."""
    return _OPENS_PLACE.sub("[ ", text)


def absolute(path: str) -> str:
    """Return the whole address of a public path in the language in force."""
    if path.startswith("https://"):
        return path
    return f"{settings.TRAZA_BASE_URL}{prefix()}{iri_to_uri(path)}"


def grouped(changes: Sequence[Change]) -> list[Told]:
    """Return what happened by what it happened to, the newest first."""
    english = language() == "en"
    groups: dict[int, list[Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda one: (one.at, one.pk), reverse=True):
        groups[change.publication_id].append(change)
    told = []
    for rows in groups.values():
        publication = rows[0].publication
        words = registry.kinds.get(publication.kind)
        sentences = [(one.sentence_en if english else "") or one.sentence for one in rows]
        told.append(
            Told(
                title=plain((publication.title_en if english else "") or publication.title),
                kind=str(words.one) if words is not None else publication.kind,
                url=absolute(publication.path),
                sentences=tuple(plain(one) for one in dict.fromkeys(sentences)),
                day=long_date(rows[0].at),
            )
        )
    return told


def write_digest(frequency: str, changes: Sequence[Change]) -> Written:
    """Write a digest of some changes."""
    institute = Institute.load()
    told = grouped(changes)
    if frequency == Frequency.NOW and len(told) == 1:
        subject = told[0].sentences[0]
    elif frequency == Frequency.NOW:
        subject = ngettext("%(n)s novedad", "%(n)s novedades", len(told)) % {"n": len(told)}
    elif frequency == Frequency.WEEKLY:
        subject = _("Lo nuevo de la semana")
    else:
        subject = _("Lo nuevo del mes")
    context: dict[str, Any] = {
        "told": told[:MOST],
        "more": max(0, len(told) - MOST),
        "all_url": absolute("/boletin/novedades/"),
        "why": _("Llega porque este correo sigue lo que aquí se cuenta."),
    }
    return _written("digest", subject, f"{plain(subject)} · {institute.short_name}", context)


def write_issue(issue: Issue) -> Written:
    """Write an issue as a letter; its words are in Spanish whatever the language of the frame."""
    parts = [
        {
            "type": block.block_type,
            "title": plain(block.value["title"]) if block.block_type == "novelty" else "",
            "text": plain(
                block.value["text"] if block.block_type == "novelty" else str(block.value)
            ),
            "url": absolute(block.value["link"]) if block.block_type == "novelty" else "",
        }
        for block in issue.body
    ]
    number = _("Boletín %(number)s") % {"number": issue.number}
    context: dict[str, Any] = {
        "issue": issue,
        "number": number,
        "day": long_date(issue.sent_at or timezone.now()),
        "introduction": plain(issue.introduction),
        "parts": parts,
        "page_url": absolute(issue.path),
        "why": _("Llega porque este correo está suscrito al boletín."),
    }
    return _written("issue", plain(issue.title), f"{plain(issue.title)} · {number}", context)


def _written(name: str, title: str, subject: str, context: dict[str, Any]) -> Written:
    institute = Institute.load()
    light, _dark, _why = readable_accent(institute.accent)
    context |= {
        "title": title,
        "subject": subject,
        "institute": institute,
        "home_url": absolute("/"),
        "accent": light,
        "lang": language(),
        "address": institute.address,
    }
    text = render_to_string(f"traza/bulletin/mail/{name}.txt", context)
    html = render_to_string(f"traza/bulletin/mail/{name}.html", context)
    return Written(subject[:250], text, html)
