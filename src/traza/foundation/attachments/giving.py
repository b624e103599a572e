"""Handing a file over: always as a download, never as something the browser would run or draw."""

from collections.abc import Iterable

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header


def as_download(content: Iterable[bytes], name: str, size: int) -> StreamingHttpResponse:
    """Return an answer that the browser saves, whatever is in the file."""
    response = StreamingHttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Length"] = str(size)
    _harmless(response)
    return response


def _harmless(response: HttpResponse | StreamingHttpResponse) -> None:
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
