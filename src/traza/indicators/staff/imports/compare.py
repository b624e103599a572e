"""The difference screen: each row of the file beside what is published, and its corrections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from traza.foundation.models import Institute
from traza.foundation.periods import ensure_periods
from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob, ImportRow, ObsStatus
from traza.indicators.staff.imports import queries
from traza.indicators.staff.imports.forms import NoteForm, RowForm
from traza.indicators.staff.imports.steps import told

State = ImportJob.State


@require_GET
@needs("indicators.view_importjob")
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where an import is, what it would change, and what can be done with it."""
    job = get_object_or_404(queries.imports_seen(), pk=pk)
    counts = queries.fate_counts(job)
    tabs = queries.tabs_of(job, counts)
    tab = request.GET.get("ver", "")
    tab = tab if tab in {known.key for known in tabs} else queries.first_tab(tabs)
    text = request.GET.get("buscar", "").strip()
    compared = job.state in queries.COMPARED
    context = {
        "title": job.title,
        "subtitle": job.get_state_display(),
        "icon": "upload",
        "crumbs": [(reverse("traza_imports"), _("Importaciones"))],
        "job": job,
        "way": queries.way_of(job, counts),
        "working": job.state == State.RECEIVED,
        "unnamed": job.state == State.READ,
        "counts": counts,
        "compared": compared,
        "tabs": tabs,
        "tab": tab,
        "text": text,
        "rows": queries.rows_of(job, tab=tab, text=text, page=request.GET.get("pagina", 1))
        if compared
        else None,
        "may": what_may(request, job, counts),
        "note_form": NoteForm(),
        "statuses": list(reversed(ObsStatus.choices)),
        "places": queries.place_choices() if compared and job.state in queries.OPEN else [],
    }
    return render(request, "traza/indicators/staff/import_detail.html", context)


def what_may(request: HttpRequest, job: ImportJob, counts: dict[str, int]) -> dict[str, bool | str]:
    """Return what this person may do with the import now, and why not when it is worth saying."""
    from traza.indicators.actions import wrote as wrote_any

    user = request.user
    changes = counts["new"] + counts["revised"]
    alone = Institute.load(request_or_site=request).single_person
    wrote = wrote_any(job, user)
    may_approve = user.has_perm("indicators.approve_import") and job.state == State.SUBMITTED
    return {
        "changes": queries.changes_words(counts),
        "edit": user.has_perm("indicators.change_importjob") and job.state in queries.OPEN,
        "submit": user.has_perm("indicators.submit_import")
        and job.state in queries.OPEN
        and changes > 0
        and counts["refused"] == 0,
        "submit_wait": job.state in queries.OPEN and counts["refused"] > 0,
        "nothing_to_publish": job.state in queries.OPEN and changes == 0,
        "approve": may_approve and (alone or not wrote),
        "approve_own": may_approve and wrote and not alone,
        "return": user.has_perm("indicators.approve_import") and job.state == State.SUBMITTED,
        "discard": user.has_perm("indicators.change_importjob")
        and job.state not in {State.PUBLISHED, State.DISCARDED},
        "read": user.has_perm("indicators.change_importjob")
        and job.snapshot_id is not None
        and job.state in {State.RECEIVED, State.FAILED},
        "columns": user.has_perm("indicators.change_importjob")
        and job.snapshot_id is not None
        and job.state in {State.READ, State.CHECKED, State.RETURNED, State.FAILED},
    }


@require_POST
@needs("indicators.change_importjob")
def row_change(request: HttpRequest, pk: int, row_pk: int) -> HttpResponse:
    """Correct or discard one row, beside its problem."""
    job = get_object_or_404(ImportJob, pk=pk)
    row = get_object_or_404(job.rows, pk=row_pk)
    back = _back(request, job)
    if "descartar" in request.POST:
        from traza.indicators.actions import discard_row

        with told(request) as said:
            discard_row(job, row, user=request.user)
        if not said:
            messages.success(request, _("Renglón %(line)s descartado.") % {"line": row.line})
        return redirect(back)
    form = RowForm(request.POST)
    if not form.is_valid():
        for name, errors in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(
                request,
                _("Renglón %(line)s. %(label)s: %(error)s")
                % {"line": row.line, "label": label, "error": " ".join(map(str, errors))},
            )
        return redirect(back)
    from traza.indicators.actions import correct_row

    ensure_periods([form.cleaned_data["period"]])
    with told(request) as said:
        correct_row(
            job,
            row,
            user=request.user,
            place=form.cleaned_data["place"],
            period=form.cleaned_data["period"],
            value=form.cleaned_data["value"],
            status=form.cleaned_data["status"],
            comment=form.cleaned_data["comment"],
        )
    if not said:
        messages.success(request, _("Renglón %(line)s corregido.") % {"line": row.line})
    return redirect(back)


@require_POST
@needs("indicators.change_importjob")
def rows_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard the rows that were ticked, or all the refused ones."""
    from traza.indicators.actions import discard_rows

    job = get_object_or_404(ImportJob, pk=pk)
    rows = job.rows.filter(fate=ImportRow.Fate.REFUSED)
    if "todos" not in request.POST:
        chosen = [int(key) for key in request.POST.getlist("renglon") if key.isdecimal()]
        rows = job.rows.filter(pk__in=chosen)
    discarded = 0
    with told(request):
        discarded = discard_rows(job, rows, user=request.user)
    if discarded:
        messages.success(
            request,
            ngettext("%(n)s renglón descartado.", "%(n)s renglones descartados.", discarded)
            % {"n": discarded},
        )
    else:
        messages.info(request, _("No se marcó ningún renglón."))
    return redirect(_back(request, job))


def _back(request: HttpRequest, job: ImportJob) -> str:
    """Return the same tab, filter and page of the difference screen."""
    kept = {
        name: request.POST[name] for name in ("ver", "buscar", "pagina") if request.POST.get(name)
    }
    address = reverse("traza_import", args=[job.pk])
    return f"{address}?{urlencode(kept)}#renglones" if kept else address
