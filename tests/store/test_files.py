"""Static files and uploads: right headers, nothing outside their folder."""

from pathlib import Path
from typing import Any

import pytest

from tests.store.conftest import Ask


@pytest.fixture
def files(home: Path, settings: Any) -> Path:
    static = home / "static" / "traza"
    static.mkdir(parents=True)
    (static / "main-0123456789.css").write_text("a{color:red}" * 50)
    (static / "logo.svg").write_text("<svg/>")
    (home / "secret.key").write_text("secreto")
    media = home / "media"
    media.mkdir()
    (media / "foto.png").write_bytes(b"png")
    (media / "pagina.html").write_text("<script>alert(1)</script>")
    (media / ".oculto").write_text("x")
    (media / "grande.zip").write_bytes(b"z" * (4 * 1024 * 1024))
    return home


def test_a_hashed_file_is_kept_for_ever(files: Path, ask: Ask) -> None:
    answer = ask("/static/traza/main-0123456789.css", accept_encoding="br")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"


def test_another_file_is_checked_each_time(files: Path, ask: Ask) -> None:
    answer = ask("/static/traza/logo.svg")
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    etag = answer.headers["ETag"]
    assert ask("/static/traza/logo.svg", if_none_match=etag).status == 304
    (files / "static/traza/logo.svg").write_text("<svg>otro</svg>")
    assert ask("/static/traza/logo.svg", if_none_match=etag).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.key",
        "/static/traza/../../secret.key",
        "/static//etc/passwd",
        "/media/../secret.key",
        "/media/.oculto",
        "/media/",
        "/static/nada.css",
        "/static/a\x00b",
    ],
)
def test_nothing_outside_the_folder(files: Path, ask: Ask, path: str) -> None:
    assert ask(path).status == 404


def test_a_link_out_of_the_folder_is_not_followed(files: Path, ask: Ask) -> None:
    (files / "media" / "enlace.txt").symlink_to(files / "secret.key")
    assert ask("/media/enlace.txt").status == 404


def test_an_uploaded_page_cannot_run_as_one_of_ours(files: Path, ask: Ask) -> None:
    answer = ask("/media/pagina.html")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Content-Disposition" not in ask("/media/foto.png").headers


def test_a_large_file_is_streamed(files: Path, ask: Ask) -> None:
    answer = ask("/media/grande.zip")
    assert len(answer.body) == int(answer.headers["Content-Length"]) == 4 * 1024 * 1024
