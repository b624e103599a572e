"""Answers former addresses with the present one, in the same language."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri

from traza.publishing.models import Redirect

_DEEPEST = 8


class RedirectMiddleware:
    """Turns a 404 for an address that moved into a 301; whatever lies below it moves along.

    The language prefix is kept and the query is dropped.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or say where its address moved to."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        moved = moved_to(request.path_info)
        return HttpResponsePermanentRedirect(iri_to_uri(moved)) if moved else response


def moved_to(path: str) -> str | None:
    """Return where an address with its language prefix moved to, or None.

    An address below one that moved follows it: ``/indicadores/a/tabla/`` goes with
    ``/indicadores/a/``. The nearest redirect decides.
    """
    prefix, bare = ("/en", path[3:]) if path.startswith("/en/") else ("", path)
    # PostgreSQL holds no NUL, and no address of ours is longer than its column.
    if "\0" in bare or not bare.startswith("/") or len(bare) > 300:
        return None
    parts = bare.strip("/").split("/")[:_DEEPEST]
    above = [f"/{'/'.join(parts[:n])}/" for n in range(len(parts), 0, -1)]
    candidates = [bare, *above]
    known = dict(
        Redirect.objects.filter(old_path__in=candidates).values_list("old_path", "new_path")
    )
    for candidate in candidates:
        if candidate in known:
            rest = bare[len(candidate) :] if bare.startswith(candidate) else ""
            return f"{prefix}{known[candidate]}{rest}"
    return None
