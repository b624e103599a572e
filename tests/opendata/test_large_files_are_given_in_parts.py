"""A broken download goes on where it stopped; a Parquet is read without fetching all of it."""

from pathlib import Path

import pytest
from django.test import Client

from tests.site.small_site import build_small_site
from traza.opendata import dumps
from traza.publishing.store.declare import RANGE_KEY

ADDRESS = "/datos/indicadores.parquet"


@pytest.fixture
def whole(db: None, home: Path) -> bytes:
    build_small_site(home)
    dumps.build()
    path = dumps.path_of("indicadores.parquet")
    assert path is not None
    return path.read_bytes()


@pytest.mark.parametrize(
    ("asked", "start", "stop"), [("0-99", 0, 100), ("-8", -8, None), ("100-", 100, None)]
)
def test_a_part_is_exactly_that_part(
    client: Client, whole: bytes, asked: str, start: int, stop: int | None
) -> None:
    answer = client.get(ADDRESS, headers={"range": f"bytes={asked}"})
    wanted = whole[start:stop]
    first = start % len(whole)
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == wanted
    assert answer["Content-Length"] == str(len(wanted))
    assert answer["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(whole)}"


@pytest.mark.parametrize("asked", ["bytes=-0", "bytes=999999999-"])
def test_a_part_it_does_not_have_is_refused(client: Client, whole: bytes, asked: str) -> None:
    answer = client.get(ADDRESS, headers={"range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(whole)}"


@pytest.mark.parametrize(
    "asked", ["", "bytes=9-1", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "x" * 500]
)
def test_what_is_no_part_gets_the_whole_file(client: Client, whole: bytes, asked: str) -> None:
    answer = client.get(ADDRESS, headers={"range": asked})
    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "bytes"
    assert b"".join(answer.streaming_content) == whole


def test_a_part_of_another_version_is_not_mixed_in(client: Client, whole: bytes) -> None:
    old = "Thu, 01 Jan 2015 00:00:00 GMT"
    answer = client.get(ADDRESS, headers={"range": "bytes=0-9", "if-range": old})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == whole


def test_the_page_store_lets_the_wish_through(client: Client, whole: bytes) -> None:
    answer = client.get(ADDRESS, **{RANGE_KEY: "bytes=0-3"})
    assert b"".join(answer.streaming_content) == b"PAR1"
