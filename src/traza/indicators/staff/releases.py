"""Releases in the back office: what each changed, and taking one back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from traza.foundation.staff.permission import needs
from traza.indicators.models import IndicatorVersion, Observation, ObservationHistory
from traza.indicators.staff.imports.forms import NoteForm
from traza.indicators.staff.imports.steps import told
from traza.publishing.models import Release


class WithdrawForm(NoteForm):
    """Why a release is taken back; readers see it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label = _("Nota pública")
        note.help_text = _("Se publica junto a la entrega: qué estaba mal y qué se restituye.")
        note.error_messages["required"] = _("Falta la nota: qué estaba mal y qué se restituye.")


@require_GET
@needs("publishing.view_release")
def release_list(request: HttpRequest) -> HttpResponse:
    """List the releases, newest first."""
    text = request.GET.get("buscar", "").strip()
    releases = Release.objects.select_related("approved_by", "prepared_by", "withdrawn_by")
    if text:
        releases = releases.filter(title__icontains=text)
    return render(
        request,
        "traza/indicators/staff/release_list.html",
        {
            "title": _("Entregas"),
            "icon": "history",
            "page": Paginator(releases, 50).get_page(request.GET.get("pagina")),
            "text": text,
        },
    )


@require_GET
@needs("publishing.view_release")
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a release changed, indicator by indicator."""
    release = get_object_or_404(
        Release.objects.select_related("approved_by", "prepared_by", "withdraws"), pk=pk
    )
    return render(
        request,
        "traza/indicators/staff/release_detail.html",
        {
            "title": release.title,
            "icon": "history",
            "crumbs": [(reverse("traza_releases"), _("Entregas"))],
            "release": release,
            "withdrawn_by": Release.objects.filter(withdraws=release).first(),
            "versions": versions_of(release),
            "job": getattr(release, "import_job", None),
            "may_withdraw": can_withdraw(request, release),
        },
    )


def versions_of(release: Release) -> list[IndicatorVersion]:
    """Return what a release changed, one entry an indicator, in order of name."""
    return list(
        IndicatorVersion.objects.filter(release=release)
        .select_related("indicator")
        .order_by("indicator__name")[:500]
    )


def can_withdraw(request: HttpRequest, release: Release) -> bool:
    """Return whether this person may take back this release."""
    return (
        request.user.has_perm("indicators.withdraw_release")
        and release.withdraws_id is None
        and not release.is_withdrawn
    )


@require_http_methods(["GET", "POST"])
@needs("indicators.withdraw_release")
def release_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what taking back would restore, ask for the public note, and do it."""
    release = get_object_or_404(Release, pk=pk)
    if not can_withdraw(request, release):
        messages.error(request, _("Esta entrega ya se retiró o es ella misma un retiro."))
        return redirect("traza_release", pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        from traza.indicators.actions import withdraw_release

        with told(request, aloud=False) as said:
            restoring = withdraw_release(release, request.user, form.cleaned_data["note"])
        if not said:
            messages.success(request, _("Retirada: las páginas ya muestran los datos anteriores."))
            return redirect("traza_release", restoring.pk)
        form.add_error(None, said[0])
    still_held = Observation.objects.filter(release=release)
    restored = ObservationHistory.objects.filter(replaced_by=release)
    return render(
        request,
        "traza/indicators/staff/release_withdraw.html",
        {
            "title": _("Retirar entrega"),
            "subtitle": release.title,
            "icon": "history",
            "crumbs": [
                (reverse("traza_releases"), _("Entregas")),
                (reverse("traza_release", args=[release.pk]), release.title),
            ],
            "release": release,
            "form": form,
            "held": still_held.count(),
            "restored": restored.count(),
            "versions": versions_of(release),
        },
        status=400 if form.errors else 200,
    )
