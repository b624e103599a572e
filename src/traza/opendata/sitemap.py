"""The sitemap: every public page in both languages, in several files where one is not enough."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from traza.publishing.models import Publication

#: Publications in one file, two addresses each. The protocol allows 50,000 addresses; smaller
#: files stay small enough to be kept by the page store.
PER_FILE = 4_000
#: Pages that gather others and are not in the ledger themselves.
GATHERING = (
    "/", "/indicadores/", "/temas/", "/lugares/", "/matriz/", "/comparar/", "/datos/",
    "/datos/usar/", "/analisis/", "/noticias/", "/estudios/", "/monitores/",
    "/archivo/", "/eventos/", "/convocatorias/",
)  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemap_files() -> int:
    """Return how many files hold every address; 1 means that no index is needed."""
    return max(1, -(-_public().count() // PER_FILE))


def write_index() -> str:
    """Return the index of the files, each with the date of its latest change."""
    base = settings.TRAZA_BASE_URL
    lines = []
    for number in range(1, sitemap_files() + 1):
        changed = _slice(number).aggregate(latest=Max("last_changed"))["latest"]
        lines.append(
            f"<sitemap><loc>{base}/sitemap-{number}.xml</loc>{_lastmod(changed)}</sitemap>"
        )
    return "\n".join([_HEAD, f"<sitemapindex {_SPACE}>", *lines, "</sitemapindex>"])


def write_file(number: int) -> str:
    """Return one file of addresses, the first being 1; the gathering pages open the first."""
    lines = [_HEAD, f'<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">']
    if number == 1:
        latest = _public().aggregate(latest=Max("last_changed"))["latest"]
        for path in GATHERING:
            lines += _both_languages(path, latest)
    for path, changed in _slice(number).values_list("path", "last_changed"):
        lines += _both_languages(path, changed)
    return "\n".join([*lines, "</urlset>"])


def _public() -> QuerySet[Publication]:
    return Publication.objects.shown().order_by("pk")


def _slice(number: int) -> QuerySet[Publication]:
    return _public()[(number - 1) * PER_FILE : number * PER_FILE]


def _both_languages(path: str, changed: datetime | None) -> Iterator[str]:
    base, address = settings.TRAZA_BASE_URL, escape(iri_to_uri(path))
    versions = {"es": f"{base}{address}", "en": f"{base}/en{address}"}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href="{url}"/>'
        for lang, url in versions.items()
    )
    for url in versions.values():
        yield f"<url><loc>{url}</loc>{_lastmod(changed)}{links}</url>"


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
