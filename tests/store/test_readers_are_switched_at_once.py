"""A thread watches the revision; readers are switched together, to pages that are ready."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from tests.store import site
from tests.store.conftest import Ask, ask_of
from traza.foundation.models import Institute
from traza.publishing.revision import public_change
from traza.publishing.store import revision_watch
from traza.publishing.store.application import PageStore
from traza.publishing.store.assemble import page_store
from traza.publishing.store.revision_watch import RevisionWatch


@pytest.fixture
def watched(store: PageStore) -> Iterator[PageStore]:
    """Return a store as it runs in production: its own thread reads the counter."""
    made = page_store(WSGIHandler(), watch=True)
    yield made
    made.revision.stop()
    connections.close_all()


def test_the_counter_is_read_at_least_four_times_a_second() -> None:
    assert revision_watch.INTERVAL <= 0.25
    assert revision_watch.INTERVAL + revision_watch.WARM_UP < 1


def test_a_change_is_public_without_asking_at_each_request(watched: PageStore) -> None:
    ask: Ask = ask_of(watched)
    assert "Antes" in ask("/").text
    with public_change():
        Institute.objects.filter(pk=1).update(name="Después")
    deadline = time.monotonic() + 10
    while "Antes" in ask("/").text and time.monotonic() < deadline:
        time.sleep(0.02)
    assert "Después" in ask("/").text
    # The page was read before, so it was rendered for the new revision ahead of the switch.
    assert site.rendered == ["/", "/"]


def test_readers_wait_for_what_is_most_read_but_not_for_ever(monkeypatch: Any) -> None:
    monkeypatch.setattr(revision_watch, "WARM_UP", 0.05)
    told: list[str] = []
    number = [1]

    def warm(revision: int) -> None:
        told.append(f"warm {revision}")
        time.sleep(0.5)
        told.append("too late")

    watch = RevisionWatch(
        lambda: number[0], warm=warm, switch=lambda revision: told.append(f"switch {revision}")
    )
    watch.check()
    number[0] = 2
    watch._look(prepare=True)
    assert told == ["switch 1", "warm 2", "switch 2"]
    # Who stops leaves nothing open behind: neither the thread nor its session of the database.
    watch.stop()
    assert told[-1] == "too late"


def test_while_the_database_is_away_what_is_stored_is_served(
    store: PageStore, home: Path, monkeypatch: Any
) -> None:
    ask = ask_of(store)
    first = ask("/").text

    def away() -> int:
        raise ConnectionError("no hay base de datos")

    monkeypatch.setattr(store, "_read_revision", away)
    monkeypatch.setattr(store.revision, "_read", away)
    assert ask("/").text == first
