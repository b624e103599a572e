"""Which revision readers see, and when they are switched to the next one.

A thread reads the counter ten times a second. When it has moved, the most read pages are
rendered for the new revision first, for at most half a second, and then every reader is switched
at once: a change is public within the second. A process whose thread has died, or was never
started, reads the counter itself before it answers.
"""

import logging
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)

INTERVAL = 0.1
WARM_UP = 0.5
#: Beyond this age of the last reading a request reads the counter itself.
TOO_OLD = 1.0


class RevisionWatch:
    """Holds the revision in force; ``warm(revision)`` prepares and ``switch(revision)`` tells."""

    def __init__(
        self,
        read: Callable[[], int],
        *,
        warm: Callable[[int], None],
        switch: Callable[[int], None],
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self._read = read
        self._warm = warm
        self._switch = switch
        self._close = close
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._warming: threading.Thread | None = None
        self._ended = threading.Event()
        self.current = 0
        self.seen = float("-inf")

    def start(self) -> None:
        """Start the thread, once (after a fork: in the process that answers)."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="revision", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it, and for the pages it is preparing."""
        self._ended.set()
        for thread in (self._thread, self._warming):
            if thread is not None:
                thread.join(5)

    def check(self, *, max_age: float = TOO_OLD) -> None:
        """Read the counter now unless it was read less than ``max_age`` seconds ago.

        While the database cannot be read, what is stored goes on being served.
        """
        with self._lock:
            if time.monotonic() - self.seen <= max_age:
                return
            self._look(prepare=False)

    def _look(self, *, prepare: bool) -> None:
        began = time.monotonic()
        try:
            revision = self._read()
        except Exception:
            logger.exception("No se pudo leer la revisión; se sirve lo guardado.")
            if not self.current:
                raise
            self.seen = began
            return
        if revision != self.current:
            if prepare and self.current:
                self._prepare(revision)
                revision = self._read()  # another change may have come meanwhile
            self.current = revision
            self._switch(revision)
        self.seen = began

    def _prepare(self, revision: int) -> None:
        thread = threading.Thread(
            target=self._warm_and_close, args=(revision,), name="warm-up", daemon=True
        )
        self._warming = thread
        thread.start()
        thread.join(WARM_UP)

    def _warm_and_close(self, revision: int) -> None:
        try:
            self._warm(revision)
        except Exception:
            logger.exception("No se pudieron preparar las páginas más leídas.")
        finally:
            self._close()

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._look(prepare=True)
            except Exception:
                logger.exception("Se volverá a leer la revisión en un momento.")
            self._ended.wait(INTERVAL)
        self._close()
