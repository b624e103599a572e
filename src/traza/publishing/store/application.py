"""The WSGI application in front of Django.

A stored page is a look-up in a dictionary and precomputed headers; nothing of Django runs. What
is not stored is rendered by Django, once at a time for each address, for a reader who is nobody:
cookies, preferred languages and conditions of the request are taken away first.
"""

import io
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from traza.publishing.store.declare import (
    ACCEPT_KEY,
    ENVIRON_KEY,
    IF_RANGE_KEY,
    RANGE_KEY,
    Declaration,
)
from traza.publishing.store.disk import LARGE, PageDisk
from traza.publishing.store.files import FileServer
from traza.publishing.store.hosts import Hosts
from traza.publishing.store.page import (
    StoredPage,
    build_page,
    choose_encoding,
    send_page,
)
from traza.publishing.store.revision_watch import TOO_OLD, RevisionWatch

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApp = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str]

#: What stays in memory; the rest is read from disk (twice the processor time of memory).
MEMORY_BYTES = 12 * 1024 * 1024
#: Larger ones are not kept at all: files of that size are artefacts, with a URL of their own.
MAX_PAGE_BYTES = 32 * 1024 * 1024
MAX_QUERY = 600
#: How often a page is begun again because something public changed while it was rendered.
RENDERINGS = 10
WARMED_PAGES = 24
STAFF = "/admin/"
_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_")
_TRACKING = {"fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref_src"}
_DROPPED = (
    "HTTP_COOKIE",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_AUTHORIZATION",
    "HTTP_X_FORWARDED_HOST",
)


class _Flight:
    """One rendering under way, and what came of it."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.page: StoredPage | None = None


class PageStore:
    """Answers public GET and HEAD requests from stored bytes and hands the rest to Django."""

    def __init__(
        self,
        django: WSGIApp,
        *,
        disk: PageDisk,
        read_revision: Callable[[], int],
        hosts: Hosts,
        files: FileServer | None = None,
        close_connections: Callable[[], None] = lambda: None,
        watch: bool = True,
        max_age: float = TOO_OLD,
    ) -> None:
        self.django = django
        self.disk = disk
        self.hosts = hosts
        self.files = files
        self._read_revision = read_revision
        self._watched = watch
        self._max_age = max_age
        self._memory: OrderedDict[Key, StoredPage] = OrderedDict()
        self._coming: OrderedDict[Key, StoredPage] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._flights: dict[Key, _Flight] = {}
        self._encodings: dict[str, str] = {}
        self.revision = RevisionWatch(
            read_revision, warm=self._warm, switch=self._switch, close=close_connections
        )

    # --- The request ------------------------------------------------------------------------

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or path.startswith(STAFF):
            return self.django(environ, start_response)
        if time.monotonic() - self.revision.seen > self._max_age:
            self._refresh()
        host = self.hosts.get(environ.get("HTTP_HOST", ""))
        if host is None:
            return self.django(environ, start_response)
        query = environ.get("QUERY_STRING", "")
        page = self._memory.get((host, path, query))
        if page is None:
            if self.files is not None and path.startswith(self.files.prefixes):
                return self.files(environ, start_response)
            if len(query) > MAX_QUERY:
                return _refuse(start_response)
            if query:
                query = _without_tracking(query)
            found = self._find((host, path, query), environ)
            if not isinstance(found, StoredPage):
                return found(start_response)
            page = found
        page.hits += 1
        try:
            return self._send(page, environ, start_response)
        except OSError:
            logger.warning("Lo guardado de %s ya no está en el disco; se hace de nuevo.", path)
            self._forget((host, path, query))
        found = self._find((host, path, query), environ)
        if isinstance(found, StoredPage):
            return self._send(found, environ, start_response)
        return found(start_response)

    def _send(
        self, page: StoredPage, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        accept = environ.get("HTTP_ACCEPT_ENCODING", "")
        encoding = self._encodings.get(accept)
        if encoding is None:
            encoding = choose_encoding(accept)
            if len(self._encodings) < 500:
                self._encodings[accept] = encoding
        return send_page(page, encoding, environ, start_response)

    def _refresh(self) -> None:
        if self._watched:
            self.revision.start()
        try:
            self.revision.check(max_age=self._max_age)
        except Exception:
            # Nothing is stored yet and the database cannot be read: Django says so in its way.
            logger.warning("Sin revisión todavía.")

    # --- What is stored ---------------------------------------------------------------------

    def _find(
        self, key: Key, environ: Environ
    ) -> StoredPage | Callable[[StartResponse], Iterable[bytes]]:
        """Return the page from memory, disk or Django; or what else Django answered."""
        host, path, query = key
        current = self.revision.current
        page = self._memory.get(key)
        if page is None and not query and current:
            page = self.disk.read(current, host, path)
            if page is not None:
                self._remember(key, page)
        if page is not None:
            self._touch(key)
            return page
        return self._render_once(key, environ)

    def _render_once(
        self, key: Key, environ: Environ
    ) -> StoredPage | Callable[[StartResponse], Iterable[bytes]]:
        """Render an address, or wait for whoever is rendering it already."""
        with self._lock:
            flight = self._flights.get(key)
            mine = flight is None
            if flight is None:
                flight = self._flights[key] = _Flight()
        if not mine:
            flight.done.wait(20)
            if flight.page is not None and flight.page.revision >= self.revision.current:
                return flight.page
            return self._render(key, environ)
        try:
            found = self._render(key, environ)
            if isinstance(found, StoredPage):
                flight.page = found
            return found
        finally:
            with self._lock:
                self._flights.pop(key, None)
            flight.done.set()

    def _render(
        self, key: Key, environ: Environ
    ) -> StoredPage | Callable[[StartResponse], Iterable[bytes]]:
        """Ask Django; keep the answer if nothing public changed while it was made."""
        host, path, query = key
        for _attempt in range(RENDERINGS):
            before = self._revision_or_zero()
            asked = self._anonymous(environ, host, query)
            status: list[Any] = []
            answer = self.django(asked, lambda *args, into=status: into.extend(args[:2]))
            where = _where(asked, answer, status, query)
            if where == "never" or not before:
                return _pass_on(status, answer, head=environ["REQUEST_METHOD"] == "HEAD")
            body = b"".join(answer)
            _close(answer)
            if len(body) > MAX_PAGE_BYTES:
                return _pass_on(status, (body,), head=environ["REQUEST_METHOD"] == "HEAD")
            after = self._revision_or_zero()
            if before == after:
                page = build_page(before, status[1], body)
                if where == "disk":
                    self.disk.write(page, host, path)
                    if page.size > LARGE:
                        page = self.disk.read(before, host, path) or page
                self._remember(key, page)
                return page
        return _busy

    def _anonymous(self, environ: Environ, host: str, query: str) -> Environ:
        """Return the environment of the same request as nobody in particular would make it."""
        asked = {name: value for name, value in environ.items() if name not in _DROPPED}
        asked.update(
            {
                "REQUEST_METHOD": "GET",
                "QUERY_STRING": query,
                "HTTP_HOST": self.hosts.rendered_as(host),
                "wsgi.input": io.BytesIO(),
                "CONTENT_LENGTH": "",
                ACCEPT_KEY: environ.get("HTTP_ACCEPT_ENCODING", ""),
                RANGE_KEY: environ.get("HTTP_RANGE", ""),
                IF_RANGE_KEY: environ.get("HTTP_IF_RANGE", ""),
            }
        )
        asked.pop(ENVIRON_KEY, None)
        return asked

    def _revision_or_zero(self) -> int:
        try:
            return self._read_revision()
        except Exception:
            logger.exception("No se pudo leer la revisión.")
            return 0

    # --- Memory -----------------------------------------------------------------------------

    def _remember(self, key: Key, page: StoredPage) -> None:
        if page.size > LARGE:
            return
        with self._lock:
            if page.revision == self.revision.current:
                old = self._memory.pop(key, None)
                self._memory[key] = page
                self._size += page.size - (old.size if old else 0)
                while self._size > MEMORY_BYTES and len(self._memory) > 1:
                    _, dropped = self._memory.popitem(last=False)
                    self._size -= dropped.size
            elif page.revision > self.revision.current and len(self._coming) < 500:
                self._coming[key] = page

    def _forget(self, key: Key) -> None:
        with self._lock:
            dropped = self._memory.pop(key, None)
            self._size -= dropped.size if dropped else 0

    def _touch(self, key: Key) -> None:
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)

    def _switch(self, revision: int) -> None:
        """Let every reader see ``revision``; what was rendered for it ahead is there at once."""
        with self._lock:
            ready = {k: p for k, p in self._coming.items() if p.revision == revision}
            self._memory = OrderedDict(ready)
            self._coming = OrderedDict()
            self._size = sum(page.size for page in ready.values())
        threading.Thread(
            target=self.disk.prune, args=(revision,), name="prune", daemon=True
        ).start()

    def _warm(self, revision: int) -> None:
        """Render the pages most read under the revision in force for the one that follows."""
        pages = [item for item in list(self._memory.items()) if not item[0][2]]
        pages.sort(key=lambda item: -item[1].hits)
        for (host, path, _query), _page in pages[:WARMED_PAGES]:
            if self.revision.current == revision:
                return
            stored = self.disk.read(revision, host, path)  # by another process, perhaps
            if stored is not None:
                self._remember((host, path, ""), stored)
            else:
                self._fetch_raw(path, host)

    def fetch(self, path: str, host: str = "") -> bool:
        """Render one address for the revision in force in the database; tell whether it is kept.

        ``path`` is the text after the host, unquoted UTF-8 or percent-encoded ASCII.
        """
        return self._fetch_raw(self.raw(path), host)

    @staticmethod
    def raw(path: str) -> str:
        """Return an address as PATH_INFO has it: unquoted bytes read as Latin-1 (PEP 3333)."""
        return unquote(path).encode().decode("latin-1")

    def _fetch_raw(self, raw: str, host: str) -> bool:
        host = host or self.hosts.canonical
        environ: Environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": raw,
            "QUERY_STRING": "",
            "SERVER_NAME": host,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.hosts.scheme,
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if self.hosts.scheme == "https":
            environ["HTTP_X_FORWARDED_PROTO"] = "https"
        found = self._render_once((host, raw, ""), environ)
        if isinstance(found, StoredPage):
            return True
        for _chunk in found(lambda *_args: None):
            pass
        return False


def _where(asked: Environ, answer: Any, status: list[Any], query: str) -> str:
    """Return "disk", "memory" or "never" for an answer of Django."""
    if not status or not status[0].startswith("200") or getattr(answer, "streaming", True):
        return "never"
    headers = {name.lower(): value for name, value in status[1]}
    control = headers.get("cache-control", "")
    if "set-cookie" in headers or "no-store" in control or "private" in control:
        return "never"
    declaration: Declaration | None = asked.get(ENVIRON_KEY)
    if declaration is None:
        is_page = headers.get("content-type", "").startswith("text/html")
        return "disk" if is_page and not query else "never"
    if query and declaration.store == "disk":
        return "memory"
    return declaration.store


def _without_tracking(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [
        (name, value)
        for name, value in pairs
        if name not in _TRACKING and not name.startswith(_TRACKING_PREFIXES)
    ]
    return urlencode(kept)


def _pass_on(
    status: list[Any], answer: Any, *, head: bool
) -> Callable[[StartResponse], Iterable[bytes]]:
    def send(start_response: StartResponse) -> Iterable[bytes]:
        start_response(*status)
        if head:
            _close(answer)
            return ()
        return _closing(answer)

    return send


def _closing(answer: Any) -> Iterator[bytes]:
    try:
        yield from answer
    finally:
        _close(answer)


def _close(answer: Any) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _refuse(start_response: StartResponse) -> Iterable[bytes]:
    return _say(start_response, "414 URI Too Long", "La dirección es demasiado larga.")


def _busy(start_response: StartResponse) -> Iterable[bytes]:
    return _say(
        start_response,
        "503 Service Unavailable",
        "Se están publicando cambios. Hay que intentar de nuevo en un momento.",
        ("Retry-After", "2"),
    )


def _say(
    start_response: StartResponse, status: str, sentence: str, *headers: tuple[str, str]
) -> Iterable[bytes]:
    body = sentence.encode()
    start_response(
        status,
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            *headers,
        ],
    )
    return (body,)
