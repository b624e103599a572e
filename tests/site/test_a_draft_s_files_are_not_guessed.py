"""A file that belongs to no public page yet cannot be fetched by guessing its name."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from traza.publishing.store.assemble import page_store


def test_the_address_of_a_document_holds_something_random(home: Path, db: None) -> None:
    names = []
    for _time in range(2):
        document = Document(title="Plan", file=ContentFile(b"%PDF-1.7", name="plan.pdf"))
        document.save()
        names.append(document.file.name)
        assert document.filename == "plan.pdf"
    for name in names:
        folder, random, file = name.split("/")
        assert (folder, file) == ("documents", "plan.pdf") and len(random) == 12
    assert names[0] != names[1]


def test_who_guesses_the_name_finds_nothing_and_who_was_given_it_does(
    home: Path, db: None, settings: Any
) -> None:
    document = Document(title="Plan", file=ContentFile(b"%PDF-1.7", name="plan.pdf"))
    document.save()

    def ask(path: str) -> str:
        told: list[str] = []
        store = page_store(lambda environ, start: start("404 Not Found", []) or [b""], watch=False)
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "wsgi.errors": None,
            "HTTP_HOST": "testserver", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        list(store(environ, lambda status, *_more: told.append(status)))
        return told[0].split()[0]

    assert ask(document.file.url) == "200"
    assert ask("/media/documents/plan.pdf") == "404"
    assert ask("/media/documents/") == "404"
