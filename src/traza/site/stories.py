"""What the pages of news and analyses show: drawn blocks, what changed since, lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from traza.foundation.jsonld import jsonld
from traza.foundation.models import Institute
from traza.indicators.models import Indicator
from traza.indicators.queries.versions import current_versions
from traza.indicators.words import is_foreign, say
from traza.publishing.models import Publication
from traza.publishing.queries import related
from traza.publishing.sharing import sharing_of
from traza.publishing.silence import is_held, silence_in_force
from traza.site.live import Live, draw
from traza.site.models import STORIES, StoryIndex, StoryIndicator, StoryPage
from traza.site.schema import breadcrumb
from traza.site.story_blocks import LIVE

PER_PAGE = 20
_HOME = 3
_RELATED = 5


@dataclass(frozen=True)
class Part:
    """One block of a story: as written, or drawn from the data."""

    block: Any
    live: Live | None


@dataclass(frozen=True)
class Stale:
    """An indicator whose data changed since the words were written."""

    name: str
    foreign: bool
    url: str
    day: date
    version: str


def _lang() -> str:
    return "en" if (get_language() or "").startswith("en") else "es"


def section_words(index: type[StoryIndex]) -> tuple[str, str]:
    """Return the title of a list and what it holds, or will hold, in the page's language."""
    return str(index.section_title), str(index.section_words)


def story_context(page: StoryPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of a story shows besides its own fields."""
    lang = _lang()
    index = next(section for kind, section in STORIES if isinstance(page, kind))
    title, _words = section_words(index)
    institute = Institute.load(request_or_site=request)
    own = Publication.objects.filter(kind=page.ledger_kind, key=str(page.pk)).first()
    updated = page.last_published_at
    began = page.first_published_at
    return {
        "parts": parts_of(page, lang),
        "stale": changed_since(page, lang),
        "section_title": title,
        "section_path": f"/{index.own_slug}/",
        "topics": page.ledger_topics(),
        "places": page.ledger_places(),
        "related": related(own, _RELATED) if own is not None else [],
        "updated": updated if began and updated and updated.date() != began.date() else None,
        "share": {
            "title": page.seo_title or page.title,
            "description": page.search_description or page.introduction,
        },
        "schema": story_schema(page, institute, section=(title, f"/{index.own_slug}/"), lang=lang),
        **page.more_context(institute),
    }


def parts_of(page: StoryPage, lang: str) -> list[Part]:
    """Return the blocks of a story, the live ones drawn."""
    return [
        Part(
            block,
            draw(block.block_type, block.value, uid=str(number), lang=lang)
            if block.block_type in LIVE
            else None,
        )
        for number, block in enumerate(page.body, start=1)
    ]


def changed_since(page: StoryPage, lang: str) -> list[Stale]:
    """Return the indicators of a story that have another version than when it was written."""
    found = list(Indicator.objects.filter(slug__in=list(page.written_on)))
    now = current_versions([one.pk for one in found])
    stale = []
    for one in found:
        written, current = page.written_on[one.slug], now.get(one.pk)
        if current is not None and current["version"] != written["version"]:
            stale.append(
                Stale(
                    name=say(one, "name", lang),
                    foreign=is_foreign(one, "name", lang),
                    url=f"{one.path}versiones/",
                    day=date.fromisoformat(current["day"]),
                    version=written["version"],
                )
            )
    return sorted(stale, key=lambda one: one.name)


def index_context(page: StoryIndex, request: HttpRequest) -> dict[str, Any]:
    """Return what the list of a kind of story shows."""
    kind = next(kind for kind, section in STORIES if isinstance(page, section))
    title, words = section_words(type(page))
    rows = kind.objects.live().order_by(*kind.listed_by)
    if is_held(kind.ledger_kind):
        rows = rows.none()
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    return {
        "title": title,
        "words": words,
        "listed": listed,
        "is_held": is_held(kind.ledger_kind),
        "section_kind": kind.ledger_kind,
        "section_path": f"/{page.own_slug}/",
        "share": {"title": title, "description": words},
    }


def home_section(lang: str) -> dict[str, Any] | None:
    """Return the latest stories for the home page; None while there are none."""
    rows = [
        page
        for kind, _index in STORIES
        if not (kind.is_agenda or is_held(kind.ledger_kind))
        for page in kind.objects.live().order_by("-first_published_at", "-pk")[:_HOME]
    ]
    rows.sort(key=lambda page: page.shown_at, reverse=True)
    if not rows:
        return None
    lists = [
        {"title": section_words(index)[0], "path": f"/{index.own_slug}/"}
        for kind, index in STORIES
        if any(isinstance(page, kind) for page in rows)
    ]
    return {"stories": rows[:_HOME], "lists": lists}


def tellers(kind: str, key: str) -> Sequence[Publication]:
    """Return the public stories that tell of a publication, the latest first."""
    if kind != "indicator":
        return []
    pages = StoryIndicator.objects.filter(indicator__slug=key).values_list("page_id", flat=True)
    kinds = [story.ledger_kind for story, _index in STORIES]
    return list(
        Publication.objects.shown()
        .filter(kind__in=kinds, key__in=[str(pk) for pk in pages])
        .order_by("-first_published")
    )


def story_schema(
    page: StoryPage, institute: Institute, *, section: tuple[str, str], lang: str
) -> SafeString:
    """Describe a story to search engines."""
    base = settings.TRAZA_BASE_URL
    publisher = {
        "@type": "GovernmentOrganization",
        "@id": f"{base}/#instituto",
        "name": institute.name,
        "url": f"{base}/",
    }
    shared = sharing_of(page.public_path, lang)
    unit, author = getattr(page, "unit", ""), getattr(page, "author", "")
    team = {"@type": "Organization", "name": unit, "parentOrganization": publisher}
    person = {"@type": "Person", "name": author, "affiliation": team}
    written_by = person if author else team if unit else publisher
    article = {
        "@type": page.schema_type,
        "@id": f"{base}{page.public_path}#texto",
        "headline": page.title,
        "description": page.introduction,
        "url": f"{base}{page.public_path}",
        "mainEntityOfPage": f"{base}{page.public_path}",
        "image": shared.card_url if shared and silence_in_force() is None else "",
        "inLanguage": "es-MX",
        "datePublished": _iso(page.first_published_at),
        "dateModified": _iso(page.last_published_at),
        "author": written_by,
        "publisher": publisher,
        "articleSection": section[0],
        "about": [topic.name for topic in page.ledger_topics()],
        "contentLocation": [
            {"@type": "Place", "name": place.name, "url": f"{base}{place.path}"}
            for place in page.ledger_places()
        ],
        "license": institute.license_url,
        "isAccessibleForFree": True,
        **page.schema_facts(),
    }
    return jsonld(article, breadcrumb([section, (page.title, page.public_path)], lang=lang))


def _iso(moment: Any) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
