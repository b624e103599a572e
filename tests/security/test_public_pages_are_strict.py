"""Every public page: a policy without exceptions, nothing inline, no cookie, nobody's visit."""

import re
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from tests.indicators.small_package import write_package
from tests.store.conftest import ask_of
from traza.indicators.intake.package import load_package
from traza.publishing.registry import registry
from traza.publishing.store.assemble import page_store
from traza.site.actions import ensure_home

#: What is public and no page of the registry: errors, health, forms, files made on request.
MORE = (
    "/salud",
    "/no-existe/",
    "/en/no-existe/",
    "/buscar/",
    "/buscar/?q=homicidios",
    "/buscar/sugerencias.json?q=hom",
    "/lugares/?q=rio",
    "/comparar/",
    "/indicadores/homicidios/tabla.csv",
    "/indicadores/homicidios/comparar/",
)


@pytest.fixture
def addresses(transactional_db: None, home: Path) -> list[str]:
    """Publish a small package and return every public address."""
    ensure_home()
    load_package(write_package(home / "paquete"))
    found = [path.path for path in registry.public_paths()]
    assert len(found) > 40
    return [*found, *MORE]


def test_every_kind_of_address(addresses: list[str]) -> None:
    client = Client(headers={"cookie": "visita=1"}, raise_request_exception=False)
    wrong: dict[str, str] = {}
    for address in addresses:
        answer = client.get(address)
        policy = answer.headers.get("Content-Security-Policy", "")
        if answer.status_code >= 500:
            wrong[address] = f"status {answer.status_code}"
        elif "unsafe" in policy or "default-src" not in policy:
            wrong[address] = f"policy {policy!r}"
        elif answer.cookies or "Cookie" in answer.headers.get("Vary", ""):
            wrong[address] = "cookie"
        elif answer.headers.get("X-Content-Type-Options") != "nosniff":
            wrong[address] = "nosniff"
        elif "Permissions-Policy" not in answer.headers or "Referrer-Policy" not in answer.headers:
            wrong[address] = "headers"
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            inline = _inline(answer.content.decode())
            if inline:
                wrong[address] = inline
    assert not wrong


def _inline(page: str) -> str:
    """Return what a strict policy would not let run, or load from another house."""
    found = re.search(r"<[^>]+\s(style|on[a-z]+)=[\"'][^>]*>", page)
    if found:
        return found[0][:120]
    if "<style" in page or re.search(r"<script(?![^>]*\b(src=|type=\"application/))", page):
        return "inline script or style"
    if "csrfmiddlewaretoken" in page:
        return "token"
    foreign = re.search(
        r"<(?:script|link|img)[^>]+(?:src|href)=\"https?://(?!testserver)[^\"]+", page
    )
    return foreign[0] if foreign and 'rel="license"' not in foreign[0] else ""


def test_looking_at_public_pages_writes_nothing(
    addresses: list[str], django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        for address in addresses:
            Client(raise_request_exception=False).get(address)
    writes = [q["sql"] for q in queries if re.match(r"(INSERT|UPDATE|DELETE)", q["sql"], re.I)]
    assert not writes


def test_the_store_sends_them_with_one_vary(addresses: list[str]) -> None:
    ask = ask_of(page_store(WSGIHandler(), watch=False, max_age=-1))
    for address in ("/", "/en/", "/indicadores/homicidios/", "/marca.css", "/feed.atom"):
        answer = ask(address, accept_encoding="br")
        assert answer.status == 200
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
