"""The archive of what was published before: a list that is narrowed, and the same as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from traza.publishing.store.declare import public_page
from traza.site.archive import PARAMS, archive_context, to_csv


@public_page(params=(*PARAMS, "pagina"))
def archive(request: HttpRequest) -> HttpResponse:
    """List what was published before, narrowed by words, kind, year and topic."""
    title = _("Archivo de publicaciones")
    words = _("Lo que el instituto publicó antes en otros sitios: títulos, fechas y direcciones.")
    return render(
        request,
        "traza/site/archive.html",
        {"title": title, "share": {"title": title, "description": words}}
        | archive_context(request.GET),
    )


@public_page()
def archive_file(request: HttpRequest) -> HttpResponse:
    """Give the whole archive as a table."""
    response = HttpResponse(to_csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="archivo.csv"'
    return response
