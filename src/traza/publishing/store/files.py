"""Static files and what staff uploaded, answered without Django.

A file whose name holds a hash of its content never changes: browsers may keep it for ever.
Others are checked by their ETag. Uploaded files are served so that none of them can run as a
page of the site.
"""

import hashlib
import mimetypes
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from email.utils import formatdate
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import brotli

from traza.publishing.store.page import (
    StoredPage,
    assemble_page,
    build_page,
    choose_encoding,
    is_compressible,
    send_page,
)
from traza.publishing.store.ranges import part_answer, read_part, wanted_part

_HASHED = re.compile(r"[-.][0-9a-f]{8,20}\.[a-z0-9.]+$")
IMMUTABLE = "public, max-age=31536000, immutable"
CHECKED = "public, max-age=0, must-revalidate"
#: Larger files are streamed from disk each time.
IN_MEMORY = 3 * 1024 * 1024
MEMORY_BYTES = 24 * 1024 * 1024
_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "application/pdf"}
mimetypes.add_type("font/woff2", ".woff2")
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/javascript", ".mjs")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("image/avif", ".avif")


class FileServer:
    """Serves two folders: ``static`` (with a way to find files not collected) and ``media``."""

    def __init__(
        self,
        *,
        static_url: str,
        static_root: Path,
        media_url: str,
        media_root: Path,
        find: Callable[[str], str | None] = lambda name: None,
    ) -> None:
        self._static_url, self._static_root = static_url, static_root
        self._media_url, self._media_root = media_url, media_root
        self._find = find
        self.prefixes = (static_url, media_url)
        self._memory: OrderedDict[tuple[str, int, int], StoredPage] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request for a file."""
        address = environ["PATH_INFO"]
        uploaded = address.startswith(self._media_url)
        file = self._locate(address, uploaded)
        if file is None:
            return _not_found(start_response)
        stat = file.stat()
        headers = _headers(file, uploaded)
        control = IMMUTABLE if not uploaded and _HASHED.search(file.name) else CHECKED
        if stat.st_size > IN_MEMORY:
            return _stream(file, headers, control, environ, start_response)
        key = (str(file), stat.st_mtime_ns, stat.st_size)
        page = self._memory.get(key)
        if page is None:
            page = _read(file, headers, control)
            self._remember(key, page)
        encoding = choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        return send_page(page, encoding, environ, start_response)

    def _locate(self, address: str, uploaded: bool) -> Path | None:
        """Return the file of an address, or None; nothing outside the folder can be named."""
        prefix = self._media_url if uploaded else self._static_url
        try:
            name = address[len(prefix) :].encode("latin-1").decode("utf-8")
        except UnicodeError:
            return None
        parts = PurePosixPath(name).parts
        if not parts or "\x00" in name or any(p.startswith((".", "/")) for p in parts):
            return None
        root = (self._media_root if uploaded else self._static_root).resolve()
        file = (root / name).resolve()
        if file.is_relative_to(root) and file.is_file():
            return file
        if not uploaded and (found := self._find(name)):
            return Path(found)
        return None

    def _remember(self, key: tuple[str, int, int], page: StoredPage) -> None:
        with self._lock:
            if key not in self._memory:
                self._memory[key] = page
                self._size += page.size
            while self._size > MEMORY_BYTES and len(self._memory) > 1:
                _, dropped = self._memory.popitem(last=False)
                self._size -= dropped.size


def precompress(root: Path) -> int:
    """Write ``.br`` beside every hashed text file (brotli 11), for nginx too; return how many."""
    written = 0
    for file in root.rglob("*"):
        if not file.is_file() or not _HASHED.search(file.name) or file.suffix == ".br":
            continue
        beside = file.with_name(file.name + ".br")
        if not beside.exists() and is_compressible([("Content-Type", _kind(file))]):
            beside.write_bytes(brotli.compress(file.read_bytes(), quality=11))
            written += 1
    return written


def _read(file: Path, headers: list[tuple[str, str]], control: str) -> StoredPage:
    page = build_page(0, headers, file.read_bytes())
    bodies = {name: encoded.body for name, encoded in page.encoded.items()}
    beside = file.with_name(file.name + ".br")
    if "br" in bodies and beside.is_file() and beside.stat().st_mtime >= file.stat().st_mtime:
        bodies["br"] = beside.read_bytes()
    return assemble_page(0, headers, bodies, page.digest, control)


def _kind(file: Path) -> str:
    return mimetypes.guess_type(file.name)[0] or "application/octet-stream"


def _headers(file: Path, uploaded: bool) -> list[tuple[str, str]]:
    kind = _kind(file)
    charset = "; charset=utf-8" if kind.startswith("text/") else ""
    headers = [
        ("Content-Type", kind + charset),
        ("X-Content-Type-Options", "nosniff"),
        ("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True)),
    ]
    if uploaded:
        headers.append(("Content-Security-Policy", "default-src 'none'; sandbox"))
        if kind not in _INLINE:
            name = f"attachment; filename*=UTF-8''{quote(file.name)}"
            headers.append(("Content-Disposition", name))
    return headers


def _stream(
    file: Path,
    headers: list[tuple[str, str]],
    control: str,
    environ: dict[str, Any],
    start_response: Any,
) -> Iterable[bytes]:
    stat = file.stat()
    mark = f"{stat.st_mtime_ns}:{stat.st_size}".encode()
    etag = f'"{hashlib.sha256(mark).hexdigest()[:20]}"'
    validators = [("ETag", etag), ("Cache-Control", control)]
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", validators)
        return ()
    whole = [*headers, *validators, ("Accept-Ranges", "bytes")]
    asked, unless = (environ.get(name, "") for name in ("HTTP_RANGE", "HTTP_IF_RANGE"))
    part = wanted_part(asked, unless, stat.st_size, (etag, dict(headers)["Last-Modified"]))
    is_head = environ["REQUEST_METHOD"] == "HEAD"
    if part is not None and not is_head:
        start_response(*part_answer(whole, *part, stat.st_size))
        return read_part(file, *part)
    start_response("200 OK", [*whole, ("Content-Length", str(stat.st_size))])
    return () if is_head else read_part(file, 0, stat.st_size)


def _not_found(start_response: Any) -> Iterable[bytes]:
    body = b"Este archivo no existe."
    start_response(
        "404 Not Found",
        [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))],
    )
    return (body,)
