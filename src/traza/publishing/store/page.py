"""One stored page: its bytes in each encoding, and the headers that were precomputed with them."""

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli

from traza.publishing.store.ranges import part_answer, read_part, wanted_part

Headers = list[tuple[str, str]]

#: Smaller bodies are not worth compressing.
MIN_COMPRESSED = 200
#: Larger bodies are compressed the quick way: 16 MB in half of the time, a fifth larger.
LARGE = 1024 * 1024
#: What a page takes in memory beside its bytes: headers, objects, its key.
OVERHEAD = 4000
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/javascript")
_COMPRESSIBLE_SUFFIXES = ("+json", "+xml", "javascript")
#: Computed here for every encoding, never taken over from the view.
_OWN_HEADERS = {"content-length", "etag", "vary", "content-encoding", "cache-control", "date"}
CACHE_CONTROL = "public, max-age=0, must-revalidate"


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Bytes that stay in the file of their page, because they are too many for the memory."""

    file: Path
    start: int
    stop: int

    def __len__(self) -> int:
        """Return how many bytes they are."""
        return self.stop - self.start

    def part(self, start: int, stop: int) -> Iterable[bytes]:
        """Give some of them, piece by piece; OSError at once where the file is gone."""
        return read_part(self.file, self.start + start, self.start + stop)


Body = bytes | OnDisk


@dataclass(frozen=True, slots=True)
class Encoded:
    """The bytes of a page in one encoding and the complete headers of its 200 and 304."""

    body: Body
    etag: str
    headers: Headers
    not_modified: Headers


@dataclass(slots=True)
class StoredPage:
    """A page of one revision. ``headers`` are the view's own; ``encoded`` is ready to be sent.

    A file is whatever is no HTML: it may be asked for in parts. ``digest`` is of the content,
    whatever its encoding; ``size`` is what the page takes in memory.
    """

    revision: int
    headers: Headers
    digest: str
    encoded: dict[str, Encoded]
    size: int
    is_file: bool
    hits: int = field(default=0)


def build_page(revision: int, headers: Iterable[tuple[str, str]], body: bytes) -> StoredPage:
    """Compress a body and compute what is sent with it (brotli 5: 0.7 ms for 21 kB)."""
    bodies = {"identity": body}
    if len(body) >= MIN_COMPRESSED and is_compressible(headers := list(headers)):
        is_large = len(body) > LARGE
        bodies["gzip"] = gzip.compress(body, 1 if is_large else 6, mtime=0)
        bodies["br"] = brotli.compress(body, quality=4 if is_large else 5)
    return assemble_page(revision, headers, bodies, digest_of(body))


def digest_of(body: bytes) -> str:
    """Return what stands for a content in its ETag."""
    return hashlib.sha256(body).hexdigest()[:20]


def assemble_page(
    revision: int,
    headers: Iterable[tuple[str, str]],
    bodies: Mapping[str, Body],
    digest: str,
    cache_control: str = CACHE_CONTROL,
) -> StoredPage:
    """Return a page from its bytes in each encoding; the ETag is strong and of the content."""
    own = [(name, value) for name, value in headers if name.lower() not in _OWN_HEADERS]
    is_file = not _kind(own).startswith("text/html")
    encoded = {}
    for encoding, body in bodies.items():
        etag = f'"{digest}-{encoding[:2]}"'
        validators = [("ETag", etag), ("Cache-Control", cache_control)]
        if len(bodies) > 1:
            validators.append(("Vary", "Accept-Encoding"))
        sent = [*own, *validators, ("Content-Length", str(len(body)))]
        if is_file:
            sent.append(("Accept-Ranges", "bytes"))
        if encoding != "identity":
            sent.append(("Content-Encoding", encoding))
        encoded[encoding] = Encoded(body, etag, sent, validators)
    size = OVERHEAD + sum(len(body) for body in bodies.values() if isinstance(body, bytes))
    return StoredPage(revision, own, digest, encoded, size, is_file)


def is_compressible(headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether the content type is one that compression makes smaller."""
    kind = _kind(headers)
    return kind.startswith(_COMPRESSIBLE) or kind.endswith(_COMPRESSIBLE_SUFFIXES)


def send_page(
    page: StoredPage, encoding: str, environ: dict[str, Any], start_response: Any
) -> Iterable[bytes]:
    """Answer with a page in an encoding, with the part of it asked for, or with 304.

    Raises OSError, before anything is answered, where the page was on disk and is gone.
    """
    sent = page.encoded.get(encoding) or page.encoded["identity"]
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted and (sent.etag in wanted or wanted.strip() == "*"):
        start_response("304 Not Modified", list(sent.not_modified))
        return ()
    is_head = environ["REQUEST_METHOD"] == "HEAD"
    if page.is_file and not is_head and (asked := environ.get("HTTP_RANGE")):
        whole = page.encoded["identity"]
        size = len(whole.body)
        part = wanted_part(asked, environ.get("HTTP_IF_RANGE", ""), size, (whole.etag,))
        if part is not None:
            content = _part(whole.body, *part)
            start_response(*part_answer(whole.headers, *part, size))
            return content
    content = () if is_head else _part(sent.body, 0, len(sent.body))
    start_response("200 OK", list(sent.headers))
    return content


def _part(body: Body, start: int, stop: int) -> Iterable[bytes]:
    if isinstance(body, OnDisk):
        return body.part(start, stop)
    return (body if (start, stop) == (0, len(body)) else body[start:stop],)


def _kind(headers: Iterable[tuple[str, str]]) -> str:
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    return kind.partition(";")[0].strip().lower()


def choose_encoding(accept: str) -> str:
    """Return ``br``, ``gzip`` or ``identity`` for an Accept-Encoding header (RFC 9110 §12.5.3)."""
    weights: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, _, parameter = part.partition(";")
        weight = 1.0
        if parameter.strip().startswith("q="):
            try:
                weight = float(parameter.strip()[2:])
            except ValueError:
                weight = 0.0
        weights[name.strip()] = weight
    for encoding in ("br", "gzip"):
        if weights.get(encoding, weights.get("*", 0.0)) > 0:
            return encoding
    return "identity"
