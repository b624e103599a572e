"""The desk: what waits for me, what is late, what failed. Each room adds its own lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    RecentEditsPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import TaskState, WorkflowState

from traza.foundation.mail.queries import failing_server, stopped_mailings
from traza.foundation.people import name_of

#: Lines of one list shown on the desk; the rest are counted.
SHOWN = 12


@dataclass(frozen=True)
class Line:
    """One thing on the desk: what it is, why it is here, and where to see to it."""

    title: str
    reason: str
    url: str
    todo: str = ""
    at: datetime | None = None


@dataclass
class DeskLists:
    """The three lists and the recent work of one person; ``late_url`` lists all that is late."""

    waiting: list[Line] = field(default_factory=list)
    late: list[Line] = field(default_factory=list)
    failed: list[Line] = field(default_factory=list)
    late_url: str = ""
    recent: list[Line] = field(default_factory=list)


#: What the rooms add: functions that put their lines on a person's desk.
_providers: list[Callable[[Any, DeskLists], None]] = []


def add_to_desk(provider: Callable[[Any, DeskLists], None]) -> None:
    """Declare what a room puts on the desk."""
    if provider not in _providers:
        _providers.append(provider)


def desk_of(user: Any) -> DeskLists:
    """Return the desk of a person."""
    lists = DeskLists()
    lists.waiting += _reviews(user)
    lists.waiting += _returned(user)
    if user.has_perm("foundation.view_auditentry"):
        lists.failed += _failed_tasks()
    if user.has_perm("foundation.view_mailmessage"):
        lists.failed += _stopped_mail()
    for provider in _providers:
        provider(user, lists)
    return lists


def _reviews(user: Any) -> Iterable[Line]:
    states = (
        TaskState.objects.reviewable_by(user)
        .select_related("workflow_state__requested_by", "revision")
        .order_by("started_at")
    )
    for state in states:
        target = state.revision.content_object if state.revision else None
        if target is None:
            continue
        who = name_of(state.workflow_state.requested_by)
        yield Line(
            title=str(target),
            reason=_("%(who)s pide revisión.") % {"who": who},
            url=edit_url(target),
            todo=_("Revisar"),
            at=state.started_at,
        )


def _returned(user: Any) -> Iterable[Line]:
    states = WorkflowState.objects.filter(
        requested_by=user, status=WorkflowState.STATUS_NEEDS_CHANGES
    ).select_related("current_task_state")
    for state in states.order_by("created_at"):
        target, step = state.content_object, state.current_task_state
        if target is None:
            continue
        note = step.comment if step is not None else ""
        yield Line(
            title=str(target),
            reason=_("Devuelta: %(note)s") % {"note": note} if note else _("Devuelta."),
            url=edit_url(target),
            todo=_("Corregir"),
            at=step.finished_at if step is not None else None,
        )


def edit_url(target: Any) -> str:
    """Return the address at which a page or a card is edited."""
    viewset = getattr(target, "snippet_viewset", None)
    if viewset is not None:
        return reverse(viewset.get_url_name("edit"), args=[target.pk])
    return reverse("wagtailadmin_pages:edit", args=[target.pk])


def _failed_tasks() -> Iterable[Line]:
    from django_tasks_db.models import DBTaskResult

    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")
    for result in failed[:SHOWN]:
        name = result.task_path.rsplit(".", 1)[-1].replace("_", " ")
        cause = (result.exception_class_path or "").rsplit(".", 1)[-1]
        yield Line(
            title=_("Tarea de fondo: %(name)s") % {"name": name},
            reason=cause or _("Terminó con un error."),
            url=reverse("traza_audit_log"),
            todo=_("Avise a quien administra el servidor"),
            at=result.finished_at,
        )


def _stopped_mail() -> Iterable[Line]:
    server = failing_server()
    if server is not None:
        yield Line(
            title=_("Correo saliente"),
            reason=server.reason,
            url=reverse("traza_outbox"),
            todo=_("Ver el correo que espera"),
            at=server.failing_since,
        )
    for message in stopped_mailings():
        yield Line(
            title=message.subject,
            reason=message.pause_reason,
            url=reverse("traza_outbox_message", args=[message.pk]),
            todo=_("Revisar los rechazos"),
            at=message.paused_at,
        )


class DeskPanel(Component):
    """The three lists, one search and recent work, on the first screen."""

    name = "traza_desk"
    template_name = "traza/publishing/staff/desk.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the desk of whoever is looking."""
        request = parent_context["request"]
        lists = desk_of(request.user)
        named = [
            (_("Me espera"), lists.waiting, _("Nada por atender."), ""),
            (_("Va tarde"), lists.late, _("Todo está al día."), lists.late_url),
            (_("Falló"), lists.failed, _("Nada ha fallado."), ""),
        ]
        return {
            "lists": [
                (name, all_[:SHOWN], len(all_), none, url) for name, all_, none, url in named
            ],
            "recent": lists.recent[:SHOWN],
            "request": request,
        }


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def desk_first(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk first; it says in three lists what Wagtail says in several tables."""
    ours = (
        WorkflowObjectsToModeratePanel,
        UserObjectsInWorkflowModerationPanel,
        RecentEditsPanel,
        LockedPagesPanel,
    )
    panels[:] = [panel for panel in panels if not isinstance(panel, ours)]
    panels.append(DeskPanel())
