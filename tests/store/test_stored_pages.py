"""A public page is rendered once and answered from its bytes until something public changes."""

import gzip
import threading
from pathlib import Path

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from tests.store import site
from tests.store.conftest import Ask, ask_of
from traza.foundation.models import Institute
from traza.publishing.revision import public_change
from traza.publishing.store.application import PageStore
from traza.publishing.store.assemble import page_store


def rename(name: str) -> None:
    with public_change():
        Institute.objects.filter(pk=1).update(name=name)


def test_rendered_once(ask: Ask) -> None:
    assert ask("/").text == ask("/").text
    assert site.rendered == ["/"]


def test_a_change_is_seen_by_the_next_reader(ask: Ask) -> None:
    ask("/")
    rename("Después")
    assert "Después" in ask("/").text


def test_a_page_kept_on_disk_outlives_the_process(ask: Ask) -> None:
    first = ask("/")
    again = ask_of(page_store(WSGIHandler(), watch=False, max_age=-1))("/")
    assert (again.body, again.headers) == (first.body, first.headers)
    assert site.rendered == ["/"]


def test_of_a_large_file_only_what_is_asked_for_is_read(home: Path, ask: Ask) -> None:
    whole = ask("/todo.csv").body
    assert len(whole) == 8_000_000
    store = page_store(WSGIHandler(), watch=False, max_age=-1)
    again = ask_of(store)
    assert again("/todo.csv").body == whole
    assert brotli.decompress(again("/todo.csv", accept_encoding="br").body) == whole
    assert gzip.decompress(again("/todo.csv", accept_encoding="gzip").body) == whole
    assert again("/todo.csv", range="bytes=4000-4003").body == whole[4000:4004]
    assert site.rendered == ["/todo.csv"]
    assert sum(page.size for page in store._memory.values()) < 10_000


def test_a_large_file_that_is_gone_from_the_disk_is_made_again(home: Path, ask: Ask) -> None:
    whole = ask("/todo.csv")
    for file in (home / "pages").rglob("*.page"):
        file.unlink()
    again = ask("/todo.csv")
    assert (again.body, again.headers) == (whole.body, whole.headers)
    assert site.rendered == ["/todo.csv"] * 2


def test_a_disk_that_keeps_nothing_still_answers(home: Path, ask: Ask) -> None:
    (home / "pages").write_text("aquí no cabe una carpeta")
    assert len(ask("/todo.csv").body) == len(ask("/todo.csv").body) == 8_000_000


def test_a_damaged_file_is_rendered_again(ask: Ask, home: Path) -> None:
    whole = ask("/").body
    (file,) = (home / "pages").rglob("*.page")
    file.write_bytes(file.read_bytes()[:-50])
    assert ask_of(page_store(WSGIHandler(), watch=False, max_age=-1))("/").body == whole
    assert site.rendered == ["/", "/"]


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
        ("*", "br"),
        ("br;q=nada", None),
    ],
)
def test_encodings_hold_the_same_page(ask: Ask, accept: str, encoding: str | None) -> None:
    plain = ask("/").body
    answer = ask("/", accept_encoding=accept)
    assert answer.headers.get("Content-Encoding") == encoding
    decode = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert decode(answer.body) == plain
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.body)


def test_headers_of_a_page(ask: Ask) -> None:
    headers = ask("/").headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not headers["ETag"].startswith("W/")
    assert "Set-Cookie" not in headers


def test_whoever_has_the_page_gets_304(ask: Ask) -> None:
    etag = ask("/", accept_encoding="br").headers["ETag"]
    answer = ask("/", accept_encoding="br", if_none_match=f'"otra", {etag}')
    assert (answer.status, answer.body) == (304, b"")
    assert answer.headers["ETag"] == etag
    assert ask("/", accept_encoding="gzip", if_none_match=etag).status == 200


def test_head_is_get_without_body(ask: Ask) -> None:
    full, head = ask("/"), ask("/", "HEAD")
    assert head.headers == full.headers
    assert head.body == b""
    assert ask("/ahora/", "HEAD").body == b""


def test_same_content_keeps_its_etag_over_a_change(ask: Ask) -> None:
    before = ask("/").headers["ETag"]
    with public_change():
        pass
    assert ask("/").headers["ETag"] == before


@pytest.mark.parametrize(
    "path", ["/ahora/", "/suelta.json", "/galleta/", "/no-existe/", "/admin/secreto/"]
)
def test_what_is_not_a_public_page_is_not_kept(ask: Ask, home: Path, path: str) -> None:
    first, second = ask(path), ask(path)
    assert first.status == second.status
    assert not list((home / "pages").rglob("*.page"))
    if path != "/no-existe/":
        assert site.rendered == [path, path]


def test_html_that_declares_nothing_is_kept(ask: Ask) -> None:
    ask("/suelta/")
    ask("/suelta/")
    assert site.rendered == ["/suelta/"]


def test_a_stream_passes_through(ask: Ask) -> None:
    assert ask("/corriente/").body == b"ab"


def test_accents_in_an_address(ask: Ask) -> None:
    assert ask("/lugares/ñandú/").text == "hola"
    ask("/lugares/ñandú/")
    assert len(site.rendered) == 1


def test_a_change_in_the_middle_of_a_rendering_is_never_mixed(ask: Ask) -> None:
    site.during.append(lambda: rename("Después"))
    text = ask("/").text
    assert text.count("Después") == 2
    assert "Antes" not in text
    assert site.rendered == ["/", "/"]


def test_changes_without_end_give_no_mix_but_an_excuse(ask: Ask) -> None:
    site.during.extend([lambda n=n: rename(f"Nombre {n}") for n in range(30)])
    answer = ask("/")
    assert answer.status == 503
    assert answer.headers["Retry-After"]


def test_many_readers_wait_for_one_rendering(ask: Ask, store: PageStore) -> None:
    answers: list[str] = []

    def read() -> None:
        answers.append(ask("/lenta/").text)
        connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    while len(store._flights) != 1:
        pass
    site.gate.set()
    for reader in readers:
        reader.join(10)
    assert answers == ["lento"] * 6
    assert site.rendered == ["/lenta/"]


def test_older_revisions_leave_the_disk_but_the_last(ask: Ask, store: PageStore) -> None:
    for number in range(4):
        rename(f"Nombre {number}")
        ask("/")
    store.disk.prune(store.revision.current)
    kept = store.disk.revisions()
    assert len(kept) == 2
    assert kept[-1] == store.revision.current


def test_most_read_pages_are_ready_before_readers_are_switched(ask: Ask, store: PageStore) -> None:
    ask("/")
    rename("Después")
    revision = store._read_revision()
    store._warm(revision)
    site.rendered.clear()
    assert "Después" in ask("/").text
    assert site.rendered == []


def test_memory_is_bounded(store: PageStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("traza.publishing.store.application.MEMORY_BYTES", 50_000)
    ask = ask_of(store)
    for number in range(100):
        ask(f"/buscar/?q={'x' * 40}{number}")
    assert store._size <= 50_000
    assert 0 < len(store._memory) <= 12
