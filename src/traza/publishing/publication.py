"""Publishing everything: the pages that are rendered ahead, and the files built after them.

What is already stored for the revision in force is skipped, so an interrupted publication goes on
where it stopped. Readers are never in between: each page is stored whole, under its revision.
"""

import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from traza.publishing.registry import registry
from traza.publishing.revision import current_revision, new_day
from traza.publishing.store.application import PageStore
from traza.publishing.store.assemble import page_store

CHUNK = 8
#: How often publication begins again because something public changed meanwhile.
ROUNDS = 5

_store: PageStore | None = None


@dataclass
class Report:
    """What a publication did; ``failed`` pairs an address with what went wrong."""

    revision: int = 0
    pages: int = 0
    skipped: int = 0
    seconds: float = 0.0
    not_kept: list[str] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def pages_per_second(self) -> float:
        """Return the speed of what was rendered (0 where everything was stored already)."""
        return self.pages / self.seconds if self.seconds and self.pages else 0.0


def eager_paths() -> list[str]:
    """Return the addresses rendered ahead, most important first, each once."""
    return list(dict.fromkeys(p.path for p in registry.public_paths() if p.eager))


def publish(
    *,
    processes: int | None = None,
    progress: Callable[[int], Any] = lambda total: None,
    step: Callable[[Any], None] = lambda bar: None,
) -> Report:
    """Render every eager page that is not stored yet for the revision in force.

    ``progress(total)`` is called with the number of pages to render and its result is given to
    ``step`` after each page.
    """
    report = Report()
    began = time.monotonic()
    new_day()  # or the first minute of the worker would make what follows old
    for _round in range(ROUNDS):
        report.revision = current_revision()
        paths = eager_paths()
        missing = [path for path in paths if not is_stored(path, report.revision)]
        report.skipped = max(report.skipped, len(paths) - len(missing) - report.pages)
        report.failed, report.not_kept = [], []
        bar = progress(len(missing))
        for path, kept, error in render(missing, processes or os.cpu_count() or 1):
            report.pages += 1
            if error:
                report.failed.append((path, error))
            elif not kept:
                report.not_kept.append(path)
            step(bar)
        if current_revision() == report.revision:
            break
    report.seconds = time.monotonic() - began
    return report


def is_stored(path: str, revision: int) -> bool:
    """Tell whether a page rendered ahead is kept for a revision."""
    store = _get_store()
    return store.disk.holds(revision, store.hosts.canonical, store.raw(path))


def render(paths: list[str], processes: int) -> Iterator[tuple[str, bool, str]]:
    """Yield (address, whether kept, error) for each; several processes where it is worth it."""
    _get_store()
    if processes < 2 or len(paths) < 3 * CHUNK:
        yield from map(_render, paths)
        return
    connections.close_all()  # a connection must not be shared by two processes
    gc.collect()
    gc.freeze()  # what is loaded stays: the children need not look through it again (5 % faster)
    context = multiprocessing.get_context("fork")
    with closing(context.Pool(processes, initializer=_begin)) as pool:
        yield from pool.imap_unordered(_render, paths, chunksize=CHUNK)


def _begin() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its children
    connections.close_all()


def _render(path: str) -> tuple[str, bool, str]:
    try:
        return path, _get_store().fetch(path), ""
    except Exception as error:
        return path, False, f"{type(error).__name__}: {error}"


def _get_store() -> PageStore:
    global _store
    if _store is None:
        _store = page_store(WSGIHandler(), watch=False)
    return _store


def build_artefacts(say: Callable[[str], None] = lambda name: None) -> list[tuple[str, str]]:
    """Build every declared file; return those that failed with the reason."""
    failed = []
    for name, builder in registry.artefact_builders.items():
        say(name)
        try:
            builder()
        except Exception as error:
            failed.append((name, f"{type(error).__name__}: {error}"))
    return failed
