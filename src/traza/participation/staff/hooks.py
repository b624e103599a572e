"""What this room adds to the back office: addresses, menu, desk, handover of work."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from traza.foundation.people import HandoverStep, Work, register_handover
from traza.foundation.staff.menu import PermittedMenuItem
from traza.foundation.staff.origins import Origin, tell_origins
from traza.foundation.staff.outbox import KINDS
from traza.foundation.templatetags.traza_dates import long_date
from traza.participation import actions
from traza.participation.actions.becoming import can_become, origins
from traza.participation.letters import KIND as LETTER_KIND
from traza.participation.models import Message
from traza.participation.queries import overdue, tray, undelivered
from traza.participation.staff import doing, screens
from traza.participation.staff.data_import import DATA_IMPORT
from traza.publishing.staff.desk import DeskLists, Line, add_to_desk


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[Any]:
    """Return the addresses of this room's screens, below ``/admin/``."""
    one = "contacto/<int:pk>/"
    return [
        path("contacto/", screens.message_list, name="traza_messages"),
        path("contacto/aviso/", screens.privacy_notice, name="traza_privacy_notice"),
        path("contacto/nuevo/", screens.message_new, name="traza_message_new"),
        path("contacto/nuevo/<slug:slug>/", screens.message_new, name="traza_message_new"),
        path(one, screens.message_detail, name="traza_message"),
        path(f"{one}archivos/<int:file_pk>/", screens.message_file, name="traza_message_file"),
        path(f"{one}asignar/", doing.message_assign, name="traza_message_assign"),
        path(f"{one}responder/", doing.message_answer, name="traza_message_answer"),
        path(f"{one}cerrar/", doing.message_close, name="traza_message_close"),
        path(f"{one}abrir/", doing.message_reopen, name="traza_message_reopen"),
        path(f"{one}apartar/", doing.message_set_apart, name="traza_message_set_apart"),
        path(f"{one}recuperar/", doing.message_restore, name="traza_message_restore"),
        path(f"{one}olvidar/", doing.message_forget, name="traza_message_forget"),
        path(f"{one}convertir/<slug:what>/", doing.message_become, name="traza_message_become"),
    ]


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def contact_item() -> MenuItem:
    """Return the entry «Contacto»."""
    return PermittedMenuItem(
        gettext_lazy("Contacto"),
        reverse("traza_messages"),
        "participation.view_message",
        name="contacto",
        icon_name="mail",
        order=50,
    )


def put_on_desk(user: Any, lists: DeskLists) -> None:
    """Add what nobody has in hand or this person has, and what is late."""
    if not user.has_perm(screens.ATTEND):
        return
    today = timezone.localdate()
    late = overdue(Message.objects.all()).order_by("due_on")
    lists.late += [_line(message, _("Debía responderse el %(day)s.")) for message in late]
    waiting = tray("abiertos").filter(due_on__gte=today)
    for message in waiting:
        if message.assigned_to_id in (None, user.pk):
            lists.waiting.append(_line(message, _("Se responde a más tardar el %(day)s.")))
    lists.failed += [
        Line(
            _("Un correo del folio %(folio)s no llegó") % {"folio": letter.message.folio},
            letter.problem or _("El servidor de correo lo rechazó, o no se sabe si llegó."),
            reverse("traza_message", args=[letter.message_id]) + "#correos",
            _("Ver qué pasó"),
            letter.at,
        )
        for letter in undelivered()
    ]


def _line(message: Message, reason: str) -> Line:
    return Line(
        f"{message.folio} · {message.title}",
        reason % {"day": long_date(message.due_on)},
        reverse("traza_message", args=[message.pk]),
        _("Responder"),
        message.received_at,
    )


def messages_of(person: Any) -> Iterable[Work]:
    """Yield the open messages in a person's hands."""
    mine = Message.objects.filter(assigned_to=person).exclude(state=Message.State.CLOSED)
    yield Work(_("Mensajes por atender"), mine.count(), tuple(str(one) for one in mine[:3]))


def origins_of(target: Any) -> Iterable[Origin]:
    """Yield the messages from which a thing of any room was made."""
    for message in origins(target):
        title = f"{message.described.name}, {message.folio}"
        yield Origin(title, reverse("traza_message", args=[message.pk]))


@hooks.register("before_edit_page")  # type: ignore[untyped-decorator]
def say_where_a_page_came_from(request: HttpRequest, page: Any) -> None:
    """Say above the editor of a page that it was made from a message."""
    if request.method == "GET":
        for origin in origins_of(page.specific):
            told = _("Esta página se hizo a partir de: %(origin)s") % {"origin": origin.text}
            messages.info(request, told, buttons=[messages.button(origin.url, _("Ver el mensaje"))])


add_to_desk(put_on_desk)
tell_origins(origins_of)
can_become(DATA_IMPORT)
KINDS[LETTER_KIND] = gettext_lazy("Contacto")
register_handover("participation", HandoverStep(messages_of, actions.hand_over))
