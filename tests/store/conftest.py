"""A page store in front of a small site, with a data folder of its own."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.urls import clear_url_caches

from tests.store import site
from traza.foundation.models import Institute
from traza.publishing.store.application import PageStore
from traza.publishing.store.assemble import page_store


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


Ask = Callable[..., Answer]


def ask_of(app: Any) -> Ask:
    """Return a function that asks a WSGI application as a browser would."""

    def ask(path: str, method: str = "GET", host: str = "testserver", **headers: str) -> Answer:
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": host,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        got: list[Any] = []
        body = b"".join(app(environ, lambda *args: got.extend(args)))
        return Answer(int(got[0][:3]), dict(got[1]), body)

    return ask


@pytest.fixture
def store(
    transactional_db: None, home: Path, settings: Any, request: pytest.FixtureRequest
) -> Iterator[PageStore]:
    """Return a store that reads the revision at every request."""
    settings.ROOT_URLCONF = "tests.store.site"
    settings.ALLOWED_HOSTS = ["testserver", ".ejemplo.mx"]
    settings.STATIC_ROOT = home / "static"
    clear_url_caches()
    site.rendered.clear()
    site.during.clear()
    site.gate.clear()
    Institute.objects.update_or_create(pk=1, defaults={"name": "Antes"})
    yield page_store(WSGIHandler(), watch=False, max_age=-1)
    clear_url_caches()


@pytest.fixture
def ask(store: PageStore) -> Ask:
    return ask_of(store)
