"""The difference screen: each row of the file beside what is published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from traza.foundation.models import Institute
from traza.foundation.staff.permission import needs
from traza.indicators.intake.reading import how_far
from traza.indicators.models import ImportJob, ObsStatus
from traza.indicators.staff.imports import queries
from traza.indicators.staff.imports.forms import NoteForm, RowForm

State = ImportJob.State
#: From so many changes on, publishing takes long enough to say so beforehand.
_MANY = 10_000


@require_GET
@needs("indicators.view_importjob")
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where an import is, what it would change, and what can be done with it."""
    return show_import(request, pk)


def show_import(
    request: HttpRequest,
    pk: int,
    *,
    note: NoteForm | None = None,
    refused: tuple[int, RowForm] | None = None,
) -> HttpResponse:
    """Render an import; with a form that was refused, what was written in it stands as it was.

    ``refused`` is the key of a row and the form with which it could not be corrected.
    """
    job = get_object_or_404(queries.imports_seen(), pk=pk)
    counts = queries.fate_counts(job)
    tabs = queries.tabs_of(job, counts)
    asked = request.POST if request.method == "POST" else request.GET
    tab = asked.get("ver", "")
    tab = tab if tab in {known.key for known in tabs} else queries.first_tab(tabs)
    text = asked.get("buscar", "").strip()
    compared = job.state in queries.COMPARED
    going = how_far(job.pk) if job.state in {State.RECEIVED, State.READ} else None
    context = {
        "title": job.title,
        "subtitle": job.get_state_display(),
        "icon": "upload",
        "crumbs": [(reverse("traza_imports"), _("Importaciones"))],
        "job": job,
        "way": queries.way_of(job, counts),
        "working": job.state == State.RECEIVED or going is not None,
        "reading": going,
        "unnamed": job.state == State.READ and going is None,
        "counts": counts,
        "compared": compared,
        "tabs": tabs,
        "tab": tab,
        "text": text,
        "rows": queries.rows_of(
            job, tab=tab, text=text, page=asked.get("pagina", 1), refused=refused
        )
        if compared
        else None,
        "refused_form": refused[1] if refused else None,
        "series_words": queries.series_words(job.series) if job.series else "",
        "may": what_may(request, job, counts, going=going is not None),
        "takes_long": counts["new"] + counts["revised"] >= _MANY,
        "note_form": note or NoteForm(),
        "statuses": list(reversed(ObsStatus.choices)),
        "places": queries.place_choices() if compared and job.state in queries.OPEN else [],
    }
    status = 400 if note is not None or refused is not None else 200
    return render(request, "traza/indicators/staff/import_detail.html", context, status=status)


def what_may(
    request: HttpRequest, job: ImportJob, counts: dict[str, int], *, going: bool = False
) -> dict[str, bool | str]:
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
        and job.state in {State.RECEIVED, State.FAILED}
        and not going,
        "columns": user.has_perm("indicators.change_importjob")
        and job.snapshot_id is not None
        and job.state in {State.READ, State.CHECKED, State.RETURNED, State.FAILED}
        and not going,
    }
