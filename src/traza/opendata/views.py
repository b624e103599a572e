"""Open data: what can be taken away, the files themselves, and the sitemap."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import escape

from traza.foundation.models import Institute
from traza.opendata import dumps, queries
from traza.publishing.store.declare import public_page


@public_page()
def datos(request: HttpRequest) -> HttpResponse:
    """Show what can be downloaded, how it is written and how to cite it."""
    return render(
        request,
        "traza/opendata/datos.html",
        {"dumps": dumps.current(), "columns": dumps.COLUMNS},
    )


@public_page(store="never")
def dump_file(request: HttpRequest, name: str) -> FileResponse:
    """Give one of the files on offer."""
    path = dumps.path_of(name)
    if path is None:
        raise Http404(f"/datos/{name}")
    media_type = "application/gzip" if name.endswith(".gz") else "application/octet-stream"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=media_type)


@public_page()
def data_package(request: HttpRequest) -> JsonResponse:
    """Describe the files for machines (Frictionless Data Package)."""
    institute = Institute.load(request_or_site=request)
    return JsonResponse(
        queries.data_package(institute, dumps.current()),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@public_page()
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page in both languages."""
    base = settings.TRAZA_BASE_URL
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    fixed = ["/", "/indicadores/", "/temas/", "/lugares/", "/matriz/", "/datos/"]
    for path in fixed:
        lines.append(f"<url><loc>{base}{path}</loc></url>")
    for count, entry in enumerate(queries.sitemap_entries()):
        if count >= queries.URLS_PER_SITEMAP:
            break
        path = escape(entry.path)
        lines.append(
            f"<url><loc>{base}{path}</loc><lastmod>{entry.changed:%Y-%m-%d}</lastmod>"
            f'<xhtml:link rel="alternate" hreflang="en" href="{base}/en{path}"/></url>'
        )
    lines.append("</urlset>")
    return HttpResponse("\n".join(lines), content_type="application/xml; charset=utf-8")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read everything public."""
    text = (
        "User-agent: *\nDisallow: /admin/\nDisallow: /buscar/\n"
        f"Sitemap: {settings.TRAZA_BASE_URL}/sitemap.xml\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
