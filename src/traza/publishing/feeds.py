"""What is new, for feed readers: Atom 1.0 (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Every entry is one change of the ledger. Its identifier is a ``tag:`` URI (RFC 4151) made of the
site's host, the day of the change and its number, so it never changes when the address does; that
of a feed is made of what it follows. The site, each topic, each place and each indicator have the
three formats under the same three names.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.foundation.templatetags.traza_dates import long_date
from traza.places.models import Place
from traza.publishing.models import Change, Topic
from traza.publishing.queries import first_published, holds_about, latest_changes
from traza.publishing.silence import comes_back, held_kinds, silence_in_force
from traza.publishing.store.declare import public_page

Format = Literal["atom", "rss", "json"]

LONGEST = 50
CONTENT_TYPES: dict[Format, str] = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
#: The name of each format below the page that a feed follows.
NAMES: dict[Format, str] = {"atom": "feed.atom", "rss": "rss.xml", "json": "feed.json"}
#: Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: The date of a feed of a site in which nothing has been published yet.
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Feed:
    """A feed in one language; paths carry the language prefix, ``changes`` are latest first.

    ``subject`` names what the feed follows for ever, whatever its address: ``tema/12``.
    """

    title: str
    description: str
    page_path: str
    feed_path: str
    lang: str
    changes: Sequence[Change]
    author: str
    subject: str
    began: datetime = _NEVER

    @property
    def updated(self) -> datetime:
        """Return when the latest entry happened; when the site began, if there is none."""
        return max((change.at for change in self.changes), default=self.began)


def feed_response(
    request: HttpRequest,
    format_name: Format,
    *,
    title: str,
    page_path: str,
    subject: str,
    changes: Sequence[Change],
    description: str = "",
    holds: bool = False,
) -> HttpResponse:
    """Return a feed of some changes as the answer to a request, in the page's language.

    ``holds`` says that an electoral silence holds something of it today: readers are told.
    ``page_path`` is the page that the feed follows, without language prefix, and ``subject`` what
    it is about for ever; the feed's own address is that of the request.
    """
    lang = "en" if (get_language() or "").startswith("en") else "es"
    silence = silence_in_force() if holds else None
    if silence is not None:
        held = _("Veda electoral: lo que falta vuelve el %(day)s.") % {
            "day": long_date(comes_back(silence))
        }
        description = f"{(description or title).rstrip('.')}. {held}"
    feed = Feed(
        title=title,
        description=description,
        page_path=f"/en{page_path}" if lang == "en" else page_path,
        feed_path=request.path,
        lang=lang,
        changes=changes,
        author=Institute.load(request_or_site=request).name,
        subject=subject,
        began=first_published() or _NEVER,
    )
    return HttpResponse(build_feed(feed, format_name), content_type=CONTENT_TYPES[format_name])


def build_feed(feed: Feed, format_name: Format) -> bytes:
    """Return the bytes of a feed (UTF-8) in one of the three formats."""
    if format_name == "json":
        return _json_feed(feed)
    kind = _Atom if format_name == "atom" else _Rss
    address = absolute(feed.feed_path)
    xml: SyndicationFeed = kind(
        title=_clean(feed.title),
        link=absolute(feed.page_path),
        description=_clean(feed.description or feed.title),
        subtitle=_clean(feed.description) or None,
        language="en" if feed.lang == "en" else "es-mx",
        author_name=_clean(feed.author),
        feed_url=address,
        feed_guid=_identity(feed),
        updated=feed.updated,
    )
    for change in feed.changes:
        entry = _entry(change, feed.lang)
        xml.add_item(
            title=entry["title"],
            link=entry["url"],
            # Readers take a description for HTML.
            description=str(escape(entry["summary"])),
            unique_id=entry["id"],
            unique_id_is_permalink=False,
            pubdate=change.at,
            updateddate=change.at,
            categories=[entry["kind"]],
        )
    return xml.writeString("utf-8").encode()


class _Atom(Atom1Feed):
    """Atom whose date comes from its entries, so that equal feeds have equal bytes."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


class _Rss(Rss201rev2Feed):
    """RSS with the same rule."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def _json_feed(feed: Feed) -> bytes:
    items = []
    for change in feed.changes:
        entry = _entry(change, feed.lang)
        items.append(
            {
                "id": entry["id"],
                "url": entry["url"],
                "title": entry["title"],
                "content_text": entry["summary"] or entry["title"],
                "date_published": change.at.isoformat(timespec="seconds"),
                "date_modified": change.at.isoformat(timespec="seconds"),
                "tags": [entry["kind"]],
            }
        )
    return orjson.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": _clean(feed.title),
            "description": _clean(feed.description or feed.title),
            "home_page_url": absolute(feed.page_path),
            "feed_url": absolute(feed.feed_path),
            "language": "en" if feed.lang == "en" else "es-MX",
            "authors": [{"name": _clean(feed.author)}],
            "items": items,
        },
        option=orjson.OPT_INDENT_2,
    )


def _entry(change: Change, lang: str) -> dict[str, str]:
    publication = change.publication
    english = lang == "en"
    summary = (publication.summary_en if english else "") or publication.summary
    page_path = f"/en{publication.path}" if english else publication.path
    return {
        "id": f"tag:{_host()},{change.at.astimezone(UTC):%Y-%m-%d}:cambio/{change.pk}",
        "url": absolute(page_path),
        "title": _clean((change.sentence_en if english else "") or change.sentence),
        "summary": _clean(summary),
        "kind": publication.kind,
    }


def _identity(feed: Feed) -> str:
    """Return the identifier of a feed: the year is that in which these names began."""
    language = "/en" if feed.lang == "en" else ""
    return f"tag:{_host()},2026:novedades/{feed.subject}{language}"


def feed_patterns(base: str, view: Callable[..., HttpResponseBase], name: str) -> list[URLPattern]:
    """Return the addresses of a feed in its three formats below ``base``."""
    return [
        path(f"{base}{file}", view, {"format_name": kind}, name=f"{name}-{kind}")
        for kind, file in NAMES.items()
    ]


def absolute(address: str) -> str:
    """Return the address of a path on this site, from ``TRAZA_BASE_URL``."""
    return f"{settings.TRAZA_BASE_URL}{iri_to_uri(address)}"


def _host() -> str:
    return urlsplit(settings.TRAZA_BASE_URL).hostname or "localhost"


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


@public_page()
def site_feed(request: HttpRequest, format_name: Format) -> HttpResponse:
    """Say what is new on the whole site."""
    institute = Institute.load(request_or_site=request)
    return feed_response(
        request,
        format_name,
        title=_("Novedades de %(name)s") % {"name": institute.name},
        description=_("Datos nuevos, correcciones y páginas publicadas."),
        page_path="/",
        subject="sitio",
        changes=latest_changes(LONGEST),
        holds=bool(held_kinds()),
    )


@public_page()
def topic_feed(request: HttpRequest, code: str, format_name: Format) -> HttpResponse:
    """Say what is new under a topic."""
    topic: Any = get_object_or_404(Topic, code=code)
    name = _named(topic)
    return feed_response(
        request,
        format_name,
        title=_("Novedades de %(name)s") % {"name": name},
        page_path=topic.path,
        subject=f"tema/{topic.pk}",
        changes=latest_changes(LONGEST, topic=topic),
        holds=holds_about(topic),
    )


@public_page()
def place_feed(request: HttpRequest, key: str, format_name: Format) -> HttpResponse:
    """Say what is new about a place; its address is the one of its page."""
    place = Place.objects.filter(code__iexact=key.partition("-")[0]).first()
    if place is None or place.path != f"/lugares/{key}/":
        raise Http404(key)
    return feed_response(
        request,
        format_name,
        title=_("Novedades de %(name)s") % {"name": _named(place)},
        page_path=place.path,
        subject=f"lugar/{place.code}",
        changes=latest_changes(LONGEST, place=place),
        holds=holds_about(place),
    )


def _named(thing: Topic | Place) -> str:
    english = (get_language() or "").startswith("en")
    return (thing.name_en if english else "") or thing.name
