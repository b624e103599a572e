"""What a view says of itself: that its page is public, and which query parameters it reads.

For whoever writes a page::

    @public_page()                                     # an address and nothing else
    @public_page(params=("q", "pagina"), store="memory")   # a GET form
    @public_page(store="never")                        # public, but different every time

A public page is the same for everyone: it reads no cookie and no session, holds no CSRF token and
takes its language from the path. Parameters that were not declared are dropped by a redirect,
empty ones too, and the others are put into the declared order, so that one page has one address.
Tracking parameters (``utm_source``, ``fbclid``...) never reach a view.

Undeclared views outside ``/admin/`` that answer 200 with HTML are stored when their address has
no query.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal, ParamSpec
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

Where = Literal["disk", "memory", "never"]
P = ParamSpec("P")

#: Key under which a view that is never stored finds the Accept-Encoding of the request: the pages
#: are rendered for a reader who is nobody.
ACCEPT_KEY = "traza.accept_encoding"
#: Which part of a file is wanted; only answers that are not stored may look at it.
RANGE_KEY = "traza.range"
IF_RANGE_KEY = "traza.if_range"
#: Key under which a view's declaration travels to the page store, in the WSGI environment.
ENVIRON_KEY = "traza.public_page"


@dataclass(frozen=True)
class Declaration:
    """What a public view reads from the query and where its answer may be kept.

    Answers to an address with a query are never kept on disk, whatever ``store`` says.
    """

    params: tuple[str, ...] = ()
    store: Where = "disk"


def public_page(
    *, params: tuple[str, ...] = (), store: Where = "disk"
) -> Callable[[Callable[P, HttpResponseBase]], Callable[P, HttpResponseBase]]:
    """Declare a view public; ``params`` are the query parameters it reads, in their order."""
    declaration = Declaration(params=tuple(params), store=store)

    def decorate(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
        @wraps(view)
        def declared(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request = next(a for a in (*args, *kwargs.values()) if isinstance(a, HttpRequest))
            request.META[ENVIRON_KEY] = declaration
            if request.method in {"GET", "HEAD"}:
                asked = request.META.get("QUERY_STRING", "")
                wanted = normalise(asked, declaration.params)
                if parse_qsl(asked, keep_blank_values=True) != parse_qsl(wanted):
                    return HttpResponseRedirect(request.path + (f"?{wanted}" if wanted else ""))
            return view(*args, **kwargs)

        declared.public_page = declaration  # type: ignore[attr-defined]
        return declared

    return decorate


def normalise(query: str, params: tuple[str, ...]) -> str:
    """Return the query with the declared parameters only, in declared order, without blanks.

    Repeated values keep the order in which they came.
    """
    given = parse_qsl(query)
    return urlencode([(name, value) for key in params for name, value in given if name == key])
