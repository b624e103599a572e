"""Pages that only who has their address reads: out of caches, search engines and other sites."""

from django.http import HttpResponse, HttpResponseRedirect

from traza.foundation.language import prefix


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines, and its address out of other sites."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def led_to(path: str) -> HttpResponse:
    """After a POST the browser is led to a page that may be loaded again."""
    answer = HttpResponseRedirect(f"{prefix()}{path}")
    answer.status_code = 303
    return private(answer)
