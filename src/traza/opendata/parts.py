"""A large file whole or in part: a broken download goes on, a Parquet is read in place."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date

from traza.publishing.store.declare import IF_RANGE_KEY, RANGE_KEY
from traza.publishing.store.ranges import part_answer, read_part, wanted_part


def file_answer(
    request: HttpRequest, path: Path, *, name: str, media_type: str
) -> HttpResponse | StreamingHttpResponse:
    """Answer with a file to keep: 200, 206 for a part asked for, 416 for one it does not have.

    Several parts at once, and parts of a version that is no longer there, get the whole file.
    """
    size = path.stat().st_size
    modified = http_date(path.stat().st_mtime)
    headers = [("Accept-Ranges", "bytes"), ("Last-Modified", modified)]
    asked, unless = _asked(request, RANGE_KEY, "Range"), _asked(request, IF_RANGE_KEY, "If-Range")
    part = wanted_part(asked, unless, size, (modified,))
    if part is None:
        return FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=name,
            content_type=media_type,
            headers=dict(headers),
        )
    status, told = part_answer(headers, *part, size)
    if part[0] == part[1]:
        return HttpResponse(status=416, headers=dict(told))
    named = ("Content-Disposition", f'attachment; filename="{name}"')
    return StreamingHttpResponse(
        read_part(path, *part),
        status=int(status[:3]),
        content_type=media_type,
        headers=dict([*told, named]),
    )


def _asked(request: HttpRequest, key: str, header: str) -> str:
    return str(request.META.get(key, request.headers.get(header, "")))
