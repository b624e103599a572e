"""What the indicators room puts on the desk of a person."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry, WorkflowState

from traza.foundation.people import name_of
from traza.indicators.models import ImportJob, Indicator
from traza.indicators.staff.late import late_indicators
from traza.publishing.staff.desk import DeskLists, Line

State = ImportJob.State
RECENT = 8


def put_on_desk(user: Any, lists: DeskLists) -> None:
    """Add imports that wait, indicators that are late, imports that failed, and recent work."""
    lists.waiting += _to_approve(user)
    lists.waiting += _mine(user)
    lists.waiting += _drafts(user)
    if user.has_perm("indicators.view_indicator"):
        lists.late += _late(user, timezone.localdate())
        lists.late_url = reverse("traza_late")
    lists.failed += _failed(user)
    lists.recent += _recent(user)


def _late(user: Any, today: date) -> Iterable[Line]:
    """Yield what is late, each leading to what this person may do about it."""
    for late in late_indicators(today):
        if user.has_perm("indicators.add_importjob"):
            url = f"{reverse('traza_import_new')}?indicador={late.indicator.slug}"
            todo = _("Subir datos o cambiar la fecha")
        elif user.has_perm("indicators.change_indicator"):
            url, todo = _card(late.indicator, "edit"), _("Cambiar la fecha")
        else:
            url, todo = _card(late.indicator, "inspect"), ""
        yield Line(late.indicator.name, late.reason, url, todo)


def _card(indicator: Indicator, screen: str) -> str:
    return reverse(Indicator.snippet_viewset.get_url_name(screen), args=[indicator.pk])


def _import_line(job: ImportJob, reason: str, todo: str) -> Line:
    return Line(job.title, reason, reverse("traza_import", args=[job.pk]), todo, job.updated_at)


def _to_approve(user: Any) -> Iterable[Line]:
    if not user.has_perm("indicators.approve_import"):
        return
    jobs = ImportJob.objects.filter(state=State.SUBMITTED).select_related("created_by")
    for job in jobs.order_by("updated_at"):
        who = name_of(job.created_by)
        yield _import_line(
            job, _("%(who)s la envió a revisión.") % {"who": who}, _("Aprobar o devolver")
        )


def _mine(user: Any) -> Iterable[Line]:
    mine = ImportJob.objects.filter(Q(assigned_to=user) | Q(assigned_to=None, created_by=user))
    for job in mine.filter(state=State.RETURNED).order_by("updated_at"):
        yield _import_line(job, _("Devuelta: %(note)s") % {"note": job.review_note}, _("Corregir"))
    for job in mine.filter(state__in=[State.READ, State.CHECKED]).order_by("updated_at"):
        yield _import_line(job, _("Sin enviar."), _("Terminar"))


def drafts_of(person: Any) -> QuerySet[Indicator]:
    """Return the cards that a person left as a draft, neither sent to review nor scheduled."""
    kind = ContentType.objects.get_for_model(Indicator)
    active = WorkflowState.objects.active().filter(base_content_type=kind)
    under_review = [int(pk) for pk in active.values_list("object_id", flat=True)]
    drafts: QuerySet[Indicator] = (
        Indicator.objects.filter(
            has_unpublished_changes=True,
            is_archived=False,
            latest_revision__user=person,
            latest_revision__approved_go_live_at=None,
        )
        .exclude(pk__in=under_review)
        .exclude(live=False, first_published_at__isnull=False)  # retired, not begun
        .select_related("latest_revision")
        .order_by("latest_revision__created_at")
    )
    return drafts


def _drafts(user: Any) -> Iterable[Line]:
    for card in drafts_of(user):
        saved = card.latest_revision.created_at
        yield Line(card.name, _("Borrador sin enviar."), _card(card, "edit"), _("Terminar"), saved)


def _failed(user: Any) -> Iterable[Line]:
    failed = ImportJob.objects.filter(state=State.FAILED)
    if not user.has_perm("indicators.approve_import"):
        failed = failed.filter(Q(assigned_to=user) | Q(created_by=user))
    for job in failed.order_by("-updated_at"):
        yield _import_line(job, job.problem, _("Subir de nuevo o descartar"))


def _recent(user: Any) -> Iterable[Line]:
    jobs = ImportJob.objects.filter(Q(created_by=user) | Q(reviewed_by=user))
    lines = [
        (job.updated_at, _import_line(job, str(job.get_state_display()), ""))
        for job in jobs.order_by("-updated_at")[:RECENT]
    ]
    entries = (
        ModelLogEntry.objects.filter(user=user, content_type__app_label="indicators")
        .select_related("content_type")
        .order_by("-timestamp")[:RECENT]
    )
    seen = set()
    for entry in entries:
        key = (entry.content_type_id, entry.object_id)
        model = entry.content_type.model_class()
        viewset = getattr(model, "snippet_viewset", None)
        if key in seen or viewset is None or entry.deleted:
            continue
        seen.add(key)
        url = reverse(viewset.get_url_name("edit"), args=[entry.object_id])
        lines.append((entry.timestamp, Line(entry.label, str(entry.message), url)))
    lines.sort(key=lambda pair: pair[0], reverse=True)
    return [line for _at, line in lines]
