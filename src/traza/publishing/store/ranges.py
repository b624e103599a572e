"""Parts of a file (RFC 9110 §14): a broken download goes on where it stopped."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")
_FAR = 10**15
CHUNK = 256 * 1024


def wanted_part(
    asked: str, unless: str, size: int, validators: Collection[str]
) -> tuple[int, int] | None:
    """Return start and stop of the part asked for; None where the whole file is to be sent.

    ``asked`` and ``unless`` are the headers Range and If-Range. Several parts at once, and parts of
    a version that ``validators`` (its ETag or date) do not name, get the whole file. A part that
    the file does not have is empty: start and stop are equal.
    """
    part = _RANGE.fullmatch(asked.strip())
    if part is None or (unless and unless.strip() not in validators):
        return None
    first, last = part.groups()
    if first:
        start, stop = int(first), int(last) + 1 if last else _FAR
        if stop <= start:
            return None
    elif last:
        # The last zero bytes are a part that no file has.
        start, stop = (max(size - int(last), 0), _FAR) if int(last) else (size, size)
    else:
        return None
    start, stop = min(start, size), min(stop, size)
    return start, stop


def part_answer(
    headers: Iterable[tuple[str, str]], start: int, stop: int, size: int
) -> tuple[str, list[tuple[str, str]]]:
    """Return status and headers of a part, from the headers of the whole file."""
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    if start >= stop:
        plain = [(n, v) for n, v in kept if n.lower() not in {"content-type", "etag"}]
        refused = [("Content-Range", f"bytes */{size}"), ("Content-Length", "0")]
        return "416 Range Not Satisfiable", [*plain, *refused]
    told = [
        ("Content-Range", f"bytes {start}-{stop - 1}/{size}"),
        ("Content-Length", str(stop - start)),
    ]
    return "206 Partial Content", [*kept, *told]


def read_part(file: Path, start: int, stop: int) -> Iterator[bytes]:
    """Give the bytes of a file from ``start`` up to ``stop``, piece by piece.

    The file is opened at once, so that one that is gone is an OSError before anything is sent;
    one that is removed afterwards is read to its end all the same.
    """
    source = file.open("rb")
    source.seek(start)
    return _pieces(source, stop - start)


def _pieces(source: IO[bytes], left: int) -> Iterator[bytes]:
    with source:
        while left > 0 and (piece := source.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece
