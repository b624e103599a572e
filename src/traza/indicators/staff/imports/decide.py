"""Decisions on an import: send, approve, return, discard, and see the page before it changes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traza.foundation.staff.permission import needs
from traza.indicators.models import ImportJob
from traza.indicators.staff.imports.compare import show_import
from traza.indicators.staff.imports.forms import NoteForm
from traza.indicators.staff.imports.receive import next_screen
from traza.indicators.staff.imports.steps import advance, told


@require_POST
@needs("indicators.change_importjob")
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the stored file again, after a failure or an interruption."""
    job = get_object_or_404(ImportJob, pk=pk)
    with told(request):
        advance(job, user=request.user)
    return redirect(next_screen(job))


@require_POST
@needs("indicators.submit_import")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an import to whoever approves."""
    from traza.indicators.actions import submit_import

    return _do(request, pk, lambda job: submit_import(job, request.user), _("Enviada a revisión."))


@require_POST
@needs("indicators.approve_import")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish an import as a release."""
    from traza.indicators.actions import approve_import

    return _do(
        request,
        pk,
        lambda job: approve_import(job, request.user),
        _("Publicada: las páginas ya muestran los datos."),
    )


@require_POST
@needs("indicators.approve_import")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return an import with a note on what to correct."""
    from traza.indicators.actions import return_import

    form = NoteForm(request.POST)
    if not form.is_valid():
        return show_import(request, pk, note=form)
    note = form.cleaned_data["note"]
    return _do(
        request, pk, lambda job: return_import(job, request.user, note), _("Devuelta con la nota.")
    )


@require_POST
@needs("indicators.change_importjob")
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an import aside; nothing of it is published and the file is kept."""
    from traza.indicators.actions import discard_import

    return _do(
        request,
        pk,
        lambda job: discard_import(job, request.user),
        _("Descartada: nada de ella se publicó. El archivo se conserva."),
    )


def _do(
    request: HttpRequest, pk: int, action: Callable[[ImportJob], Any], done: str
) -> HttpResponse:
    job = get_object_or_404(ImportJob, pk=pk)
    with told(request) as said:
        action(job)
    if not said:
        messages.success(request, done)
    return redirect("traza_import", pk)
