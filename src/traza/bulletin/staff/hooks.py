"""What this room adds to the back office: addresses, menu, desk."""

from typing import Any

from django.db.models import Max
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from traza.bulletin.actions.cutting import pending
from traza.bulletin.actions.issuing import TRIAL
from traza.bulletin.actions.telling import DIGEST, ISSUE
from traza.bulletin.letters import KIND as LETTER
from traza.bulletin.models import Frequency, Issue
from traza.bulletin.queries import held
from traza.bulletin.staff import doing, screens
from traza.bulletin.staff.issues import IssueViewSet
from traza.foundation.staff.menu import PermittedMenuItem
from traza.foundation.staff.outbox import KINDS
from traza.publishing.staff.desk import DeskLists, Line, add_to_desk


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[Any]:
    """Return the addresses of this room's screens, below ``/admin/``."""
    people = "boletin/suscripciones/"
    one = f"{people}<int:pk>/"
    return [
        path("boletin/", screens.board, name="traza_bulletin"),
        path("boletin/preparar/", doing.issue_prepare, name="traza_issue_prepare"),
        path("boletin/<int:pk>/prueba/", doing.issue_trial, name="traza_issue_trial"),
        path("boletin/<int:pk>/descartar/", doing.issue_discard, name="traza_issue_discard"),
        path("boletin/consentimiento/", screens.consent, name="traza_consent"),
        path(people, screens.subscriber_list, name="traza_subscribers"),
        path(f"{people}anotar/", screens.subscriber_enter, name="traza_subscriber_enter"),
        path(one, screens.subscriber_detail, name="traza_subscriber"),
        path(f"{one}correo/", doing.subscriber_address, name="traza_subscriber_address"),
        path(f"{one}dejar-pasar/", doing.subscriber_let_through, name="traza_subscriber_let"),
        path(f"{one}escribir/", doing.subscriber_write, name="traza_subscriber_write"),
        path(f"{one}baja/", doing.subscriber_end, name="traza_subscriber_end"),
        path(f"{one}rebote/", doing.subscriber_bounce, name="traza_subscriber_bounce"),
        path(f"{one}queja/", doing.subscriber_complain, name="traza_subscriber_complain"),
        path(f"{one}quitar-queja/", doing.subscriber_undo, name="traza_subscriber_undo"),
        path(f"{one}olvidar/", doing.subscriber_forget, name="traza_subscriber_forget"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def bulletin_item() -> MenuItem:
    """Return the entry «Boletín»."""
    return PermittedMenuItem(
        gettext_lazy("Boletín"),
        reverse("traza_bulletin"),
        screens.VIEW,
        name="boletin",
        icon_name="doc-full",
        order=52,
    )


def put_on_desk(user: Any, lists: DeskLists) -> None:
    """Say that the month's issue is to be prepared, and which requests wait apart."""
    if user.has_perm("bulletin.add_issue") and _a_month_without_issue():
        count = pending(Frequency.ISSUE, timezone.now()).count()
        told = ngettext("Hay %(n)s novedad sin contar.", "Hay %(n)s novedades sin contar.", count)
        if count:
            lists.waiting.append(
                Line(
                    _("Preparar el boletín del mes"),
                    told % {"n": count},
                    reverse("traza_bulletin"),
                    _("Preparar"),
                )
            )
    waiting = held().order_by("asked_at") if user.has_perm(screens.MANAGE) else ()
    for subscriber in waiting:
        lists.waiting.append(
            Line(
                _("Suscripción apartada"),
                _("Parece de una máquina: hay que decidir si se le escribe."),
                reverse("traza_subscriber", args=[subscriber.pk]),
                _("Decidir"),
                subscriber.asked_at,
            )
        )


def _a_month_without_issue() -> bool:
    """Return whether no issue is being written and none came out this month."""
    if Issue.objects.filter(sent_at=None).exists():
        return False
    last = Issue.objects.filter(is_example=False).aggregate(at=Max("sent_at"))["at"]
    today = timezone.localdate()
    return last is None or timezone.localdate(last).replace(day=1) < today.replace(day=1)


register_snippet(IssueViewSet)
add_to_desk(put_on_desk)
KINDS[LETTER] = gettext_lazy("Suscripción")
KINDS[DIGEST] = gettext_lazy("Novedades")
KINDS[ISSUE] = gettext_lazy("Boletín")
KINDS[TRIAL] = gettext_lazy("Prueba del boletín")
