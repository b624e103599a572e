"""Open data: what can be taken away, the files themselves, the catalogue and the sitemap.

What shows the files is rendered every time: they are built after the pages of their revision.
"""

import gzip
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.opendata import catalogue, dumps, examples, queries, sitemap
from traza.opendata.parts import file_answer
from traza.publishing.store.declare import ACCEPT_KEY, public_page

_CHUNK = 256 * 1024
_JSON = {"ensure_ascii": False, "indent": 1}


@public_page(store="never")
def datos(request: HttpRequest) -> HttpResponse:
    """Show what can be downloaded, how it is written and how to cite it."""
    institute = Institute.load(request_or_site=request)
    offered = dumps.current()
    lang = "en" if (get_language() or "").startswith("en") else "es"
    return render(
        request,
        "traza/opendata/datos.html",
        {
            "dumps": offered,
            "files": [_shown(dump) for dump in offered.files] if offered else [],
            "built_at": datetime.fromisoformat(offered.built_at) if offered else None,
            "columns": dumps.COLUMNS,
            "citation": _citation(institute),
            "schema": queries.datos_schema(institute, offered, lang=lang),
            "share": {
                "title": f"{_('Datos abiertos')} · {institute.short_name}",
                "description": _(
                    "Todo lo que publica el instituto, para descargar y volver a usar."
                ),
            },
        },
    )


@public_page()
def use(request: HttpRequest) -> HttpResponse:
    """Show how the data are used, with examples to copy."""
    institute = Institute.load(request_or_site=request)
    lang = "en" if (get_language() or "").startswith("en") else "es"
    about = examples.subject(institute)
    return render(
        request,
        "traza/opendata/usar.html",
        {
            "about": about,
            "examples": examples.examples(about, institute, lang) if about else [],
            "citation": _citation(institute),
            "share": {
                "title": f"{_('Usar nuestros datos')} · {institute.short_name}",
                "description": _(
                    "Ejemplos para copiar: Excel, LibreOffice, pandas, R, curl, DuckDB, canales y "
                    "gráficas en otras páginas."
                ),
            },
        },
    )


def _citation(institute: Institute) -> str:
    return f"{institute.name}. {_('Indicadores')}. {settings.TRAZA_BASE_URL}/datos/"


def _shown(dump: dumps.Dump) -> dict[str, Any]:
    if dump.name.startswith("definiciones"):
        holds = _("Nombre, definición, fórmula y tema de cada indicador")
    elif dump.name.endswith("parquet"):
        holds = _("Todos los valores, para DuckDB, R, Python o Spark")
    else:
        holds = _("Todos los valores, para hojas de cálculo")
    plain = dump.name.removesuffix(".gz")
    return {
        "plain": plain,
        "packed": dump.name if plain != dump.name else "",
        "holds": holds,
        "rows": dump.rows,
        "size": dump.size,
    }


@public_page(store="never")
def dump_file(request: HttpRequest, name: str) -> HttpResponse | StreamingHttpResponse:
    """Give one of the files on offer; a table compressed with gzip also under its plain name."""
    path = dumps.path_of(name)
    if path is None and (packed := dumps.path_of(f"{name}.gz")) is not None:
        return _unpacked(request, packed, name)
    if path is None:
        raise Http404(f"/datos/{name}")
    media_type = "application/gzip" if name.endswith(".gz") else "application/vnd.apache.parquet"
    return file_answer(request, path, name=name, media_type=media_type)


def _unpacked(request: HttpRequest, packed: Path, name: str) -> StreamingHttpResponse:
    """Give a table as spreadsheets open it; the browser unpacks it where it can."""
    accepted = request.META.get(ACCEPT_KEY, request.headers.get("Accept-Encoding", ""))
    as_stored = "gzip" in accepted
    response = StreamingHttpResponse(
        _chunks(packed, unpack=not as_stored),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Last-Modified": http_date(packed.stat().st_mtime),
            "Vary": "Accept-Encoding",
        },
    )
    if as_stored:
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(packed.stat().st_size)
    return response


def _chunks(packed: Path, *, unpack: bool) -> Iterator[bytes]:
    with gzip.open(packed) if unpack else packed.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@public_page(store="never")
def data_package(request: HttpRequest) -> JsonResponse:
    """Describe the files for machines (Frictionless Data Package)."""
    return _json(request, queries.data_package, "application/json")


@public_page(store="never")
def catalogue_jsonld(request: HttpRequest) -> JsonResponse:
    """Give the catalogue as DCAT in JSON-LD."""
    return _json(request, catalogue.dcat, "application/ld+json")


@public_page(store="never")
def data_json(request: HttpRequest) -> JsonResponse:
    """Give the catalogue as harvesters of ``data.json`` read it."""
    return _json(request, catalogue.data_json, "application/json")


def _json(request: HttpRequest, describe: Any, media_type: str) -> JsonResponse:
    institute = Institute.load(request_or_site=request)
    # The data and their names are in Spanish, whatever the language of the page.
    with override("es-mx"):
        described = describe(institute, dumps.current())
    return JsonResponse(described, json_dumps_params=_JSON, content_type=media_type)


@public_page()
def site_map(request: HttpRequest) -> HttpResponse:
    """List every public page in both languages, or the files that do."""
    text = sitemap.write_file(1) if sitemap.sitemap_files() == 1 else sitemap.write_index()
    return _xml(text)


@public_page()
def site_map_file(request: HttpRequest, number: int) -> HttpResponse:
    """Give one of several files of addresses."""
    if not 1 <= number <= sitemap.sitemap_files():
        raise Http404(f"sitemap-{number}.xml")
    return _xml(sitemap.write_file(number))


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Let everybody read everything public; searches are not worth an index."""
    text = (
        "User-agent: *\nDisallow: /admin/\nDisallow: /buscar/\nDisallow: /en/buscar/\n"
        f"Sitemap: {settings.TRAZA_BASE_URL}/sitemap.xml\n"
    )
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
