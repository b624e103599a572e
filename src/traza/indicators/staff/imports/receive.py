"""Imports: the list, a new file, and a value corrected by hand."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from traza.foundation.periods import ensure_periods
from traza.foundation.staff.permission import needs
from traza.indicators.actions import NewIndicator
from traza.indicators.models import ImportJob, Observation, Series, Source, Unit
from traza.indicators.staff.imports.forms import CorrectionForm, UploadForm
from traza.indicators.staff.imports.queries import (
    imports_seen,
    place_choices,
    series_choices,
    value_words,
)
from traza.indicators.staff.imports.steps import advance, told


@require_GET
@needs("indicators.view_importjob")
def import_list(request: HttpRequest) -> HttpResponse:
    """List imports by state and text."""
    state = request.GET.get("estado", "")
    text = request.GET.get("buscar", "").strip()
    state = state if state in ImportJob.State.values else ""
    page = Paginator(imports_seen(state=state, text=text), 50).get_page(request.GET.get("pagina"))
    return render(
        request,
        "traza/indicators/staff/import_list.html",
        {
            "title": _("Importaciones"),
            "icon": "upload",
            "page": page,
            "state": state,
            "states": ImportJob.State.choices,
            "text": text,
        },
    )


@require_http_methods(["GET", "POST"])
@needs("indicators.add_importjob")
def import_new(request: HttpRequest) -> HttpResponse:
    """Take a file in, read it and check it."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else None
    asked = request.GET.get("series") or headline_code(request.GET.get("indicador", ""))
    form = form or UploadForm(initial={"series": asked})
    if request.method == "POST" and form.is_valid():
        from traza.indicators.actions import create_import

        cleaned = form.cleaned_data
        file = cleaned["file"]
        with told(request, aloud=False) as said:
            job = create_import(
                file,
                filename=file.name,
                user=request.user,
                series=cleaned["series"],
                new=new_indicator(cleaned),
                title=cleaned["title"],
            )
        if not said:
            # What fails in the file is written on the import itself.
            with told(request, aloud=False) as said:
                advance(job, user=request.user)
            if said and job.state != ImportJob.State.FAILED:
                messages.warning(request, said[0])
            return redirect(next_screen(job))
        form.add_error("file", said[0])
    return render(
        request,
        "traza/indicators/staff/import_new.html",
        {
            "title": _("Subir datos"),
            "icon": "upload",
            "crumbs": [(reverse("traza_imports"), _("Importaciones"))],
            "form": form,
            "series": series_choices(),
            "may_create": request.user.has_perm("indicators.add_indicator"),
            "units": Unit.objects.values_list("name", flat=True),
            "sources": Source.objects.values_list("producer", flat=True).distinct(),
        },
        status=400 if form.errors else 200,
    )


def new_indicator(cleaned: dict[str, Any]) -> NewIndicator | None:
    """Return the new indicator that the form describes, if it describes one."""
    if not cleaned["new_name"]:
        return None
    return NewIndicator(
        name=cleaned["new_name"],
        unit=cleaned["new_unit"],
        source=cleaned["new_source"],
        freq=cleaned["new_freq"],
        decimals=cleaned["new_decimals"] or 0,
    )


def headline_code(slug: str) -> str:
    """Return the code of the main series of an indicator, or nothing."""
    headline = Series.objects.filter(indicator__slug=slug, is_headline=True).first()
    return headline.code if headline is not None else ""


def next_screen(job: ImportJob) -> str:
    """Return the screen on which an import goes on: columns to name, or differences to see."""
    job.refresh_from_db()
    waiting = job.snapshot is not None and job.state == ImportJob.State.READ
    return reverse("traza_import_columns" if waiting else "traza_import", args=[job.pk])


@require_http_methods(["GET", "POST"])
@needs("indicators.add_importjob")
def correction_new(request: HttpRequest) -> HttpResponse:
    """Correct one value by hand: it goes through the same checks and the same approval."""
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, initial=request.GET.dict()
    )
    if request.method == "POST" and form.is_valid():
        from traza.indicators.actions import correct_value

        ensure_periods([form.cleaned_data["period"]])
        with told(request, aloud=False) as said:
            job = correct_value(
                form.cleaned_data["series"],
                form.cleaned_data["place"],
                form.cleaned_data["period"],
                value=form.cleaned_data["value"],
                status=form.cleaned_data["status"],
                comment=form.cleaned_data["comment"],
                user=request.user,
            )
        if not said:
            return redirect("traza_import", job.pk)
        form.add_error(None, said[0])
    return render(
        request,
        "traza/indicators/staff/correction_new.html",
        {
            "title": _("Corregir un valor"),
            "icon": "edit",
            "crumbs": [(reverse("traza_imports"), _("Importaciones"))],
            "form": form,
            "series": series_choices(),
            "places": place_choices(),
            "published": _published(form),
        },
        status=400 if form.errors else 200,
    )


def _published(form: CorrectionForm) -> str:
    """Return the value now published for what the form names, in words."""
    if not form.is_bound:
        return ""
    cleaned: dict[str, Any] = form.cleaned_data
    series, place, period = (cleaned.get(name) for name in ("series", "place", "period"))
    if series is None or place is None or period is None:
        return ""
    found = Observation.objects.filter(series=series, place=place, period_id=period.key).first()
    return value_words(found.value, found.status) if found else _("sin dato publicado")
