"""Rows of an import, one or several: corrected, discarded, or taken back in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob, ImportRow
from traza.indicators.staff.imports.compare import show_import
from traza.indicators.staff.imports.forms import RowForm
from traza.indicators.staff.imports.steps import told


@require_POST
@needs("indicators.change_importjob")
def row_change(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Correct, discard or take back one row; what cannot be understood stays as it was written."""
    job = get_object_or_404(ImportJob, pk=pk)
    row = get_object_or_404(job.rows, pk=row_pk)
    if "descartar" in request.POST or "recuperar" in request.POST:
        return _set_aside(request, job, [row])
    from traza.indicators.actions import correct_row
    from traza.indicators.intake.errors import IntakeError

    form = RowForm(request.POST)
    if form.is_valid():
        try:
            correct_row(job, row, user=request.user, **form.cleaned_data)
        except IntakeError as error:
            form.add_error(None, str(error))
    if form.errors:
        return show_import(request, job.pk, refused=(row.pk, form))
    messages.success(request, _("Renglón %(line)s corregido.") % {"line": row.line})
    return redirect(_back(request, job))


@require_POST
@needs("indicators.change_importjob")
def rows_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard or take back the rows that were ticked, or discard all the refused ones."""
    job = get_object_or_404(ImportJob, pk=pk)
    if "todos" in request.POST:
        rows = job.rows.filter(fate=ImportRow.Fate.REFUSED)
    else:
        chosen = [int(key) for key in request.POST.getlist("renglon") if key.isdecimal()]
        rows = job.rows.filter(pk__in=chosen)
    return _set_aside(request, job, list(rows))


def _set_aside(request: HttpRequest, job: ImportJob, rows: list[ImportRow]) -> HttpResponse:
    from traza.indicators.actions import discard_rows, restore_rows

    back = "recuperar" in request.POST
    with told(request) as said:
        number = (restore_rows if back else discard_rows)(job, rows, user=request.user)
    if said:
        return redirect(_back(request, job))
    if not number:
        messages.info(
            request,
            _("Ningún renglón marcado se puede recuperar.")
            if back and rows
            else _("No se marcó ningún renglón."),
        )
    elif back:
        messages.success(
            request,
            ngettext("%(n)s renglón recuperado.", "%(n)s renglones recuperados.", number)
            % {"n": f"{number:,}"},
        )
    else:
        messages.success(
            request,
            ngettext(
                "%(n)s renglón descartado: en «Descartados» se puede recuperar.",
                "%(n)s renglones descartados: en «Descartados» se pueden recuperar.",
                number,
            )
            % {"n": f"{number:,}"},
        )
    return redirect(_back(request, job))


def _back(request: HttpRequest, job: ImportJob) -> str:
    """Return the same tab, filter and page of the difference screen."""
    kept = {
        name: request.POST[name] for name in ("ver", "buscar", "pagina") if request.POST.get(name)
    }
    address = reverse("traza_import", args=[job.pk])
    return f"{address}?{urlencode(kept)}#renglones" if kept else address
