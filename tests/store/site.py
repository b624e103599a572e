"""A site of a few views, to see what the store does with each kind."""

import threading
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path

from traza.foundation.models import Institute
from traza.publishing.store.declare import public_page

#: How often each view ran, and what a test wants to happen in the middle of a rendering.
rendered: list[str] = []
during: list[Any] = []
gate = threading.Event()


def _name() -> str:
    return Institute.objects.get(pk=1).name


@public_page()
def two_readings(request: HttpRequest) -> HttpResponse:
    """Read the same thing twice; a mix shows as two different names."""
    rendered.append(request.path)
    first = _name()
    if during:
        during.pop()()
    return HttpResponse(f"<p>{first}</p><p>{_name()}</p>" + "<!-- relleno -->" * 40)


@public_page(params=("q", "pagina"), store="memory")
def form(request: HttpRequest) -> HttpResponse:
    rendered.append(request.get_full_path())
    return HttpResponse(f"buscar {request.GET.get('q', '')}")


@public_page(store="never")
def clock(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    return HttpResponse("ahora")


def undeclared(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    return HttpResponse("hola")


def undeclared_json(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    return HttpResponse("{}", content_type="application/json")


def with_cookie(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    response = HttpResponse("galleta")
    response.set_cookie("a", "b")
    return response


def visitor(request: HttpRequest) -> HttpResponse:
    """Say what of the visitor reached the view."""
    cookies = ",".join(request.COOKIES)
    return HttpResponse(f"{request.get_host()}|{cookies}|{request.headers.get('Accept-Language')}")


@public_page()
def large(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    return HttpResponse("x,y\n" * 2_000_000, content_type="text/csv")


def stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse([b"a", b"b"], content_type="text/html")


def slow(request: HttpRequest) -> HttpResponse:
    rendered.append(request.path)
    gate.wait(10)
    return HttpResponse("lento")


urlpatterns = [
    path("", two_readings),
    path("buscar/", form),
    path("ahora/", clock),
    path("suelta/", undeclared),
    path("suelta.json", undeclared_json),
    path("galleta/", with_cookie),
    path("quien/", visitor),
    path("corriente/", stream),
    path("lenta/", slow),
    path("todo.csv", large),
    path("lugares/ñandú/", undeclared),
    path("admin/secreto/", undeclared),
]
