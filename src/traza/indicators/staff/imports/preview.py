"""The public page as it would be if an import were approved, before anyone approves it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob, Indicator


@require_GET
@xframe_options_sameorigin
@needs("indicators.view_importjob")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page of the indicator that the import changes, with its values in place."""
    job = get_object_or_404(ImportJob, pk=pk)
    indicator = changed_indicator(job, request.GET.get("indicador", ""))
    if indicator is None:
        messages.info(request, _("La importación no cambia ningún indicador: no hay qué ver."))
        return redirect("traza_import", pk)
    from traza.indicators.actions import preview_import
    from traza.indicators.views import render_indicator

    with preview_import(job):
        response: HttpResponse = render_indicator(request, indicator, preview=True)
    response["Cache-Control"] = "no-store"
    return response


def changed_indicator(job: ImportJob, slug: str) -> Indicator | None:
    """Return the indicator asked for among those that the import changes, else the first."""
    changed = Indicator.objects.filter(
        series__in=job.rows.filter(fate__in=["new", "revised"]).values("series")
    ).distinct()
    asked: Indicator | None = changed.filter(slug=slug).first() if slug else None
    return asked or changed.order_by("order", "name").first()
