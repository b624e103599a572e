"""One search of the back office over indicators, series, imports, places and pages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from wagtail.models import Page

from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob, Indicator, Series
from traza.places.models import Place
from traza.stats.text import fold

LIMIT = 15


@dataclass(frozen=True)
class Found:
    """One thing found: its name, where it is edited, and what tells it apart."""

    title: str
    url: str
    detail: str = ""


@require_GET
@needs("wagtailadmin.access_admin")
def staff_search(request: HttpRequest) -> HttpResponse:
    """Show what has every word of the query, without accents, in groups."""
    text = request.GET.get("q", "").strip()
    return render(
        request,
        "traza/indicators/staff/search.html",
        {
            "title": _("Buscar"),
            "icon": "search",
            "text": text,
            "groups": find(text, request) if text else [],
        },
    )


def find(text: str, request: HttpRequest) -> list[tuple[str, list[Found]]]:
    """Return (label, found) of each group that has something and that the person may see."""
    words = fold(text).split()
    user = request.user
    groups: list[tuple[str, list[Found]]] = []

    def has(*cells: object) -> bool:
        folded = fold(" ".join(str(cell or "") for cell in cells))
        return all(word in folded for word in words)

    if user.has_perm("indicators.view_indicator"):
        groups.append(
            (
                _("Indicadores"),
                [
                    Found(name, _screen(Indicator, pk, user), slug)
                    for pk, name, slug in Indicator.objects.values_list("pk", "name", "slug")
                    if has(name, slug)
                ],
            )
        )
    if user.has_perm("indicators.view_series"):
        groups.append(
            (
                _("Series"),
                [
                    Found(title or name, _screen(Series, pk, user), code)
                    for pk, title, name, code in Series.objects.values_list(
                        "pk", "title", "indicator__name", "code"
                    )
                    if has(title, name, code)
                ],
            )
        )
    if user.has_perm("indicators.view_importjob"):
        groups.append(
            (
                _("Importaciones"),
                [
                    Found(
                        job.title, reverse("traza_import", args=[job.pk]), job.get_state_display()
                    )
                    for job in ImportJob.objects.all()[:2000]
                    if has(job.title)
                ],
            )
        )
    if user.has_perm("places.view_place"):
        places = Place.objects.all()
        for word in words:
            places = places.filter(folded__contains=word)
        coded = Place.objects.filter(code__iexact=text)
        groups.append(
            (
                _("Lugares"),
                [
                    Found(
                        place.name,
                        _screen(Place, place.pk, user),
                        place.code,
                    )
                    for place in [*coded, *places[:LIMIT]]
                ],
            )
        )
    pages = Page.objects.filter(depth__gt=1).values_list("pk", "title")
    groups.append(
        (
            _("Páginas"),
            [
                Found(title, reverse("wagtailadmin_pages:edit", args=[pk]))
                for pk, title in pages
                if has(title)
            ],
        )
    )
    return [(label, found[:LIMIT]) for label, found in groups if found]


def _screen(model: Any, pk: int, user: Any) -> str:
    """Return where a person edits a thing, or looks at it where that is all they may."""
    may = user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}")
    return reverse(model.snippet_viewset.get_url_name("edit" if may else "inspect"), args=[pk])
