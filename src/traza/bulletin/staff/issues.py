"""The issues in the back office: drafts, review by a second person, history and preview."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import Column, LiveStatusTagColumn

from traza.bulletin.actions.telling import audience
from traza.bulletin.models import Issue
from traza.foundation.templatetags.traza_dates import long_date
from traza.publishing.silence import comes_back, is_held, silence_in_force
from traza.publishing.staff.viewset import StaffViewSet


class IssueViewSet(StaffViewSet):
    """The issues, the latest first."""

    model = Issue
    icon = "doc-full"
    menu_label = gettext_lazy("Números del boletín")
    list_display = [
        "number",
        "title",
        LiveStatusTagColumn(label=gettext_lazy("Estado")),
        Column(
            "sent_at",
            label=gettext_lazy("Enviado"),
            accessor=lambda row: long_date(row.sent_at) if row.sent_at else "—",
        ),
        Column("audience", label=gettext_lazy("Destinatarios")),
    ]
    search_fields = ["title", "introduction"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("introduction"),
            FieldPanel("body"),
            PublishingPanel(),
        ]
    )


@hooks.register("before_edit_snippet")  # type: ignore[untyped-decorator]
def say_what_approving_does(request: HttpRequest, issue: Any) -> None:
    """Say above the editor to how many it will go, or that it went already."""
    if not isinstance(issue, Issue) or request.method != "GET":
        return
    silence = silence_in_force()
    board = [messages.button(reverse("traza_bulletin"), _("Boletín"))]
    if issue.is_example:
        messages.info(request, _("Es un ejemplo: no se envió a nadie."), buttons=board)
        return
    if issue.sent_at is not None:
        told = _(
            "Se envió el %(day)s. Lo que se corrija se ve en el sitio; a nadie se le vuelve a "
            "enviar."
        ) % {"day": long_date(issue.sent_at)}
        messages.info(request, told, buttons=board)
        return
    count = audience().count()
    told = ngettext(
        "Al aprobarse se publica y se envía a %(n)s persona.",
        "Al aprobarse se publica y se envía a %(n)s personas.",
        count,
    ) % {"n": count}
    if silence is not None and is_held(issue.ledger_kind):
        told += " " + _("Hay veda electoral: sale el %(day)s.") % {
            "day": long_date(comes_back(silence))
        }
    messages.info(request, told, buttons=board)


@hooks.register("before_delete_snippet")  # type: ignore[untyped-decorator]
def keep_what_was_sent(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    """Refuse to delete what was mailed: it is taken off the site instead, and its line stays."""
    for thing in things:
        if isinstance(thing, Issue) and thing.sent_at is not None:
            messages.error(
                request,
                _(
                    "El número %(number)s ya se envió y no se borra. Para quitarlo del sitio se "
                    "despublica."
                )
                % {"number": thing.number},
            )
            return redirect(IssueViewSet().get_url_name("edit"), thing.pk)
    return None
