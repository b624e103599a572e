"""The electoral silence in the back office, and what the desk says of things with an hour."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList

from traza.foundation.templatetags.traza_dates import long_date
from traza.publishing.models import ScheduleFailure, Silence
from traza.publishing.schedule import waiting
from traza.publishing.silence import comes_back, held_kinds, is_held, silence_in_force
from traza.publishing.staff.desk import DeskLists, Line, add_to_desk, edit_url
from traza.publishing.staff.viewset import StaffViewSet

_HELP = gettext_lazy(
    "<p>De las cero horas del primer día a la medianoche del último, el sitio guarda las noticias, "
    "los números del boletín y las imágenes para redes sociales, y lo explica a quien llega. "
    "Los datos, los estudios y los servicios siguen igual. Todo vuelve solo; lo que se apruebe "
    "mientras tanto sale al terminar. Para terminar antes, se cambia el último día.</p>"
)


class SilenceViewSet(StaffViewSet):
    """The silences of the institute, past and to come."""

    model = Silence
    icon = "no-view"
    menu_label = gettext_lazy("Veda electoral")
    menu_order = 79
    add_to_admin_menu = True
    list_display = ["reason", "starts", "ends", "basis", "set_by"]
    search_fields = ["reason", "basis"]
    edit_handler = ObjectList(
        [
            HelpPanel(content=_HELP),
            FieldPanel("reason"),
            FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
            FieldPanel("basis"),
        ]
    )

    @staticmethod
    def follow_change(silence: Silence, user: Any) -> None:
        """Keep who set it."""
        if silence.set_by_id is None:
            silence.set_by = user
            silence.save(update_fields=["set_by"])


def put_on_desk(user: Any, lists: DeskLists) -> None:
    """Say that a silence is in force, and what could not come out at its hour."""
    silence = silence_in_force()
    if silence is not None:
        n = waiting(held_kinds())
        texts = ngettext("%(n)d texto aprobado espera.", "%(n)d textos aprobados esperan.", n)
        lists.waiting.append(
            Line(
                title=_("Veda electoral hasta el %(day)s") % {"day": long_date(silence.ends)},
                reason=f"{silence.basis} {texts % {'n': n} if n else ''}".strip(),
                url=edit_url(silence),
            )
        )
    for failure in ScheduleFailure.objects.select_related("content_type").order_by("at"):
        target = failure.content_type.model_class()._default_manager.filter(  # type: ignore[union-attr]
            pk=failure.object_id
        )
        found = target.first()
        if found is None:
            continue
        lists.failed.append(
            Line(
                title=failure.title,
                reason=_("No salió a su hora: %(why)s. Se intenta cada minuto.")
                % {"why": failure.reason.rstrip(".")},
                url=edit_url(found),
                todo=_("Revisar"),
                at=failure.at,
            )
        )


add_to_desk(put_on_desk)


@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def say_it_is_held(request: HttpRequest, page: Any) -> None:
    """Tell who writes what is held when it will come out."""
    silence = silence_in_force() if request.method == "GET" else None
    if silence is not None and is_held(getattr(page.specific_class, "ledger_kind", "")):
        messages.info(
            request,
            _("Hay veda electoral: lo que se apruebe aquí sale el %(day)s.")
            % {"day": long_date(comes_back(silence))},
        )
