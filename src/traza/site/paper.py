"""A monitor on paper: an accessible PDF (PDF/UA-1) made by Typst from what an edition kept.

The words travel to Typst as data, never as its language: nothing that is typed can be taken for a
command.
"""

import base64
import json
import re
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from traza.charts import Theme
from traza.foundation.assets import font_dir
from traza.foundation.models import Institute
from traza.foundation.templatetags.traza_dates import long_date
from traza.indicators.charting import theme_of
from traza.site.live import Live
from traza.site.models import MonitorEdition
from traza.site.stories import Part
from traza.site.story_blocks import cells

_TEMPLATE = Path(__file__).parent / "typst" / "monitor.typ"
_DESCRIBED = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)
#: The widest that an image is kept for paper.
_IMAGE = "max-1400x1400|format-jpeg"


def paper_of(parts: Iterable[Part], theme: Theme) -> list[dict[str, Any]]:
    """Return what the parts of a page are on paper."""
    found: list[dict[str, Any]] = []
    for part in parts:
        found += _live(part.live, theme) if part.live is not None else _words(part.block)
    return found


def _live(live: Live, theme: Theme) -> list[dict[str, Any]]:
    if live.sentence:
        return [{"kind": "sentence", "text": live.sentence}]
    found: list[dict[str, Any]] = []
    if live.finding:
        found.append({"kind": "sentence", "text": live.finding})
    if live.headline is not None:
        one = live.headline
        found.append(
            {
                "kind": "figure",
                "name": live.name,
                "where": one.where,
                "number": " ".join(filter(None, (one.number, one.symbol))),
                "unit": one.unit,
                "change": " ".join(filter(None, (one.arrow, one.change))),
                "status": one.status,
            }
        )
    for picture in live.pictures:
        svg = picture.file(theme)
        described = _DESCRIBED.search(svg)
        words = [picture.meta.title, picture.meta.subtitle, described[1] if described else ""]
        alt = ". ".join(word.strip(". ") for word in words if word)
        found.append({"kind": "picture", "svg": svg, "alt": _plain(alt)})
    if live.table is not None:
        found.append(_table(live))
    for note in (live.missing, live.source if not live.pictures else ""):
        if note:
            found.append({"kind": "note", "text": note})
    return found


def _table(live: Live) -> dict[str, Any]:
    table = live.table
    assert table is not None
    head = ["Periodo" if table.is_tall else "Lugar", *(words for words, _css in table.head)]
    if table.change_head:
        head.append(table.change_head)
    rows = []
    for row in table.rows:
        values = [
            cell.text if cell.missing or not cell.word else f"{cell.text} ({cell.word})"
            for cell in row.cells
        ]
        rows.append([row.name, *values, *([row.change] if row.change is not None else [])])
    return {
        "kind": "table",
        "title": ". ".join(filter(None, (live.name, live.unit))),
        "head": head,
        "rows": rows,
    }


def _words(block: Any) -> list[dict[str, Any]]:
    value = block.value
    kind = block.block_type
    if kind == "heading":
        return [{"kind": "heading", "text": str(value)}]
    if kind == "text":
        return _paragraphs(value.source)
    if kind == "notice":
        return [{"kind": "strong", "text": value["title"]}, *_paragraphs(value["text"].source)]
    if kind == "quote":
        return [{"kind": "quote", "text": value["text"], "source": value["source"]}]
    if kind == "table":
        rows = list(cells(value["rows"]))
        made = [{"kind": "table", "title": value["title"], "head": rows[0], "rows": rows[1:]}]
        return made + ([{"kind": "note", "text": value["source"]}] if value["source"] else [])
    if kind == "download" and value["document"] is not None:
        document = value["document"]
        url = document.file.url
        address = url if "://" in url else f"{settings.TRAZA_BASE_URL}{url}"
        run = {"text": value["title"] or document.title, "href": address}
        return [{"kind": "paragraph", "runs": [run]}]
    if kind == "image" and value is not None:
        try:
            with value.get_rendition(_IMAGE).file.open("rb") as file:
                image = base64.b64encode(file.read()).decode()
        except (OSError, ValueError):  # lost or broken: its words stay
            return [{"kind": "note", "text": value.contextual_alt_text or value.title}]
        return [{"kind": "image", "jpeg": image, "alt": value.contextual_alt_text or value.title}]
    return []


class _Reader(HTMLParser):
    """Turns what staff wrote into paragraphs and lists of runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[dict[str, Any]] = []
        self.runs: list[dict[str, Any]] = []
        self.strong = self.emphasised = 0
        self.href = ""
        self.lists: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, or another look."""
        given = dict(attrs)
        self.strong += tag in ("b", "strong")
        self.emphasised += tag in ("i", "em")
        if tag in ("ul", "ol"):
            self.end()
            self.lists.append({"kind": "list", "ordered": tag == "ol", "items": []})
        elif tag == "br":
            self.runs.append({"text": "\n"})
        elif tag == "a":
            href = given.get("href") or ""
            self.href = href if href.startswith(("http://", "https://", "mailto:")) else ""

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        self.strong -= tag in ("b", "strong")
        self.emphasised -= tag in ("i", "em")
        if tag == "a":
            self.href = ""
        elif tag == "li" and self.lists:
            self.lists[-1]["items"].append(self.runs)
            self.runs = []
        elif tag in ("ul", "ol") and self.lists:
            made = self.lists.pop()
            if made["items"]:
                self.found.append(made)
        elif tag in ("p", "h2", "h3", "h4", "div"):
            self.end()

    def handle_data(self, data: str) -> None:
        """Keep words with the look they have."""
        run: dict[str, Any] = {"text": re.sub(r"\s+", " ", data)}
        if self.strong > 0:
            run["strong"] = True
        if self.emphasised > 0:
            run["emphasised"] = True
        if self.href:
            run["href"] = self.href
        self.runs.append(run)

    def end(self) -> None:
        """End a paragraph that stands in no list."""
        if self.lists:
            return
        if any(run["text"].strip() for run in self.runs):
            self.found.append({"kind": "paragraph", "runs": self.runs})
        self.runs = []


def _paragraphs(html: str) -> list[dict[str, Any]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end()
    return reader.found


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def make_pdf(edition: MonitorEdition, institute: Institute) -> bytes:
    """Return the PDF of an edition; the same edition gives the same words and drawings."""
    parts = []
    files: dict[str, bytes] = {"main.typ": _TEMPLATE.read_bytes()}
    for number, part in enumerate(edition.paper.get("parts", [])):
        kept = {name: value for name, value in part.items() if name not in ("svg", "jpeg")}
        if "svg" in part:
            kept["file"] = f"{number}.svg"
            files[kept["file"]] = part["svg"].encode()
        if "jpeg" in part:
            kept["file"] = f"{number}.jpg"
            files[kept["file"]] = base64.b64decode(part["jpeg"])
        parts.append(kept)
    day = timezone.localtime(edition.corrected_at or edition.kept_at)
    said = {
        "title": edition.title,
        "edition": edition.name,
        "introduction": edition.introduction,
        "unit": edition.unit,
        "institute": institute.name,
        "licence": institute.license_name,
        "accent": theme_of(institute).accent,
        "day": long_date(timezone.localtime(edition.kept_at)),
        "corrected": long_date(day) if edition.corrected_at else "",
        "date": [day.year, day.month, day.day],
        "address": f"{settings.TRAZA_BASE_URL}{edition.path}",
        "versions": [
            f"{one['name']}: versión {one['version']}" for one in edition.versions.values()
        ],
        "parts": parts,
    }
    files["content.json"] = json.dumps(said, ensure_ascii=False).encode()
    import typst  # 7 MB that only the process which makes papers needs

    make: Any = typst.compile  # its annotations do not know of files in memory
    made: bytes = make(
        files,
        font_paths=[str(font_dir())],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        format="pdf",
    )
    return made
