"""A download that broke goes on where it stopped, whatever the file is and wherever it is kept."""

from pathlib import Path

import pytest

from tests.store.conftest import Ask

pytestmark = pytest.mark.usefixtures("files")
PATHS = ["/media/chico.csv", "/media/grande.zip"]


@pytest.fixture
def files(home: Path) -> dict[str, bytes]:
    media = home / "media"
    media.mkdir()
    made = {
        "/media/chico.csv": b"".join(f"{n},valor\n".encode() for n in range(500)),
        "/media/grande.zip": bytes(range(256)) * 16 * 1024,
    }
    for path, content in made.items():
        (home / path[1:]).write_bytes(content)
    return made


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("asked", "start", "stop"), [("0-9", 0, 10), ("-7", -7, None), ("100-", 100, None)]
)
def test_a_part_is_exactly_that_part(
    files: dict[str, bytes], ask: Ask, path: str, asked: str, start: int, stop: int | None
) -> None:
    whole = files[path]
    assert ask(path).headers["Accept-Ranges"] == "bytes"
    answer = ask(path, range=f"bytes={asked}", accept_encoding="br, gzip")
    first = start % len(whole)
    wanted = whole[start:stop]
    assert (answer.status, answer.body) == (206, wanted)
    assert answer.headers["Content-Range"] == (
        f"bytes {first}-{first + len(wanted) - 1}/{len(whole)}"
    )
    assert answer.headers["Content-Length"] == str(len(wanted))
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_two_parts_of_one_version_make_the_whole(
    files: dict[str, bytes], ask: Ask, path: str
) -> None:
    first = ask(path, range="bytes=0-99")
    rest = ask(path, range="bytes=100-", if_range=first.headers["ETag"])
    assert (rest.status, first.body + rest.body) == (206, files[path])
    other = ask(path, range="bytes=100-", if_range='"otra"')
    assert (other.status, other.body) == (200, files[path])


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("asked", ["bytes=-0", "bytes=99999999-"])
def test_a_part_it_does_not_have_is_refused(
    files: dict[str, bytes], ask: Ask, path: str, asked: str
) -> None:
    answer = ask(path, range=asked)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{len(files[path])}"


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=-", "bytes=0-1,4-5", "lines=1-2"])
def test_what_is_no_part_gets_the_whole(files: dict[str, bytes], ask: Ask, asked: str) -> None:
    answer = ask("/media/chico.csv", range=asked)
    assert (answer.status, answer.body) == (200, files["/media/chico.csv"])


def test_a_page_has_no_parts_and_its_head_has_no_body(ask: Ask) -> None:
    page = ask("/", range="bytes=0-9")
    assert page.status == 200 and "Accept-Ranges" not in page.headers
    head = ask("/media/chico.csv", method="HEAD", range="bytes=0-9")
    assert (head.status, head.body) == (200, b"")
