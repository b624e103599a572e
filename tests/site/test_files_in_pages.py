"""A file that staff link from a text or offer in a block is there, and the site never runs it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Site
from wagtail.rich_text import RichText

from tests.site.small_site import build_small_site
from traza.publishing.store.files import FileServer
from traza.site.models import StandardPage

EVIL = b"<!doctype html><script>alert(document.domain)</script>"


@pytest.fixture(autouse=True)
def site(db: None, home: Path) -> None:
    build_small_site(home)


def document(name: str, content: bytes) -> Document:
    return Document.objects.create(title="Acta", file=ContentFile(content, name=name))


def served(url: str, settings: Any) -> tuple[str, dict[str, str], bytes]:
    """Ask for a file as a browser does of the site."""
    files = FileServer(
        static_url="/static/", static_root=Path(settings.TRAZA_HOME) / "static",
        media_url=settings.MEDIA_URL, media_root=Path(settings.MEDIA_ROOT),
    )  # fmt: skip
    told: list[Any] = []
    body = b"".join(
        files({"PATH_INFO": url, "REQUEST_METHOD": "GET"}, lambda *answer: told.extend(answer))
    )
    return told[0], dict(told[1]), body


def a_page(text: str) -> str:
    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(
        instance=StandardPage(title="Actas", slug="actas", body=[("text", RichText(text))])
    )
    page.save_revision().publish()
    return Client().get("/actas/").content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [("acta.pdf", b"%PDF-1.7\n%%EOF\n"), ("acta.txt", EVIL), ("acta.pdf", EVIL), ("a.csv", EVIL)],
)
def test_a_linked_file_is_found_and_harmless(name: str, content: bytes, settings: Any) -> None:
    file = document(name, content)
    page = a_page(f'<p>El <a linktype="document" id="{file.pk}">acta</a>.</p>')
    assert f'href="{file.file.url}">acta</a>' in page
    status, headers, body = served(file.file.url, settings)
    assert status.startswith("200") and body == content
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["Content-Type"].split(";")[0] not in {"text/html", "image/svg+xml"}


def test_a_file_that_was_deleted_leaves_its_words(settings: Any) -> None:
    file = document("acta.pdf", b"%PDF-1.7\n%%EOF\n")
    pk = file.pk
    file.delete()
    page = a_page(f'<p>El <a linktype="document" id="{pk}">acta</a>.</p>')
    assert "acta" in page and "/media/" not in page.split("<article")[1].split("</article>")[0]
