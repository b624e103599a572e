"""A large file whole or in part: a broken download goes on, a Parquet is read in place."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date

from traza.publishing.store.declare import IF_RANGE_KEY, RANGE_KEY

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,15})-([0-9]{0,15})")


def file_answer(
    request: HttpRequest, path: Path, *, name: str, media_type: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a file to keep: 200, 206 for a part asked for, 416 for one it does not have.

    Several parts at once, and parts of a version that is no longer there, get the whole file.
    """
    stat = path.stat()
    modified = http_date(stat.st_mtime)
    headers = {"Accept-Ranges": "bytes", "Last-Modified": modified}
    part = _RANGE.fullmatch(_asked(request, RANGE_KEY, "Range").strip())
    unless = _asked(request, IF_RANGE_KEY, "If-Range")
    bounds = _bounds(part[1], part[2]) if part and unless in ("", modified) else None
    if bounds is None:
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=name,
            content_type=media_type,
            headers=headers,
        )
    start, stop = bounds
    if start < 0:
        start = max(stat.st_size + start, 0)
    stop = min(stop, stat.st_size)
    if start >= stop:
        headers["Content-Range"] = f"bytes */{stat.st_size}"
        return HttpResponse(status=416, headers=headers)
    return StreamingHttpResponse(
        _read(path, start, stop),
        status=206,
        content_type=media_type,
        headers={
            **headers,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Length": str(stop - start),
            "Content-Range": f"bytes {start}-{stop - 1}/{stat.st_size}",
        },
    )


def _asked(request: HttpRequest, key: str, header: str) -> str:
    return str(request.META.get(key, request.headers.get(header, "")))


def _bounds(first: str, last: str) -> tuple[int, int] | None:
    """Return start and stop, the start negative where counted from the end; None if senseless."""
    far = 10**15
    if first:
        stop = int(last) + 1 if last else far
        return (int(first), stop) if stop > int(first) else None
    # The last zero bytes are a part that no file has.
    return ((-int(last), far) if int(last) else (far, far)) if last else None


def _read(path: Path, start: int, stop: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < stop and (chunk := file.read(min(_CHUNK, stop - start))):
            start += len(chunk)
            yield chunk
