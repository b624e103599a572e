"""The buttons of a message: each does one thing and goes back to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traza.foundation.staff.permission import needs
from traza.foundation.staff.pressing import button
from traza.participation import actions
from traza.participation.actions import becoming
from traza.participation.models import Message
from traza.participation.staff.forms import AnswerForm, AssignForm, CloseForm
from traza.participation.staff.screens import ATTEND, detail, get_message

REFUSALS = (actions.MessageError,)


@require_POST
@needs(ATTEND)
def message_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in somebody's hands."""
    message, form = get_message(pk), AssignForm(request.POST)
    if not form.is_valid():
        return detail(request, message, assign_form=form)
    actions.assign(message, form.cleaned_data["person"], request.user)
    messages.success(request, _("Asignado."))
    return redirect("traza_message", pk)


@require_POST
@needs(ATTEND)
def message_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it, or ask for more."""
    message, form = get_message(pk), AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        asks = form.cleaned_data["kind"] == "question"
        say = actions.ask if asks else actions.answer
        try:
            say(message, form.cleaned_data["text"], request.user, form.sent_files())
        except actions.MessageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request,
                _("Preguntado: el plazo no corre hasta que conteste.")
                if asks
                else _("Respondido: quien escribió ya lo ve en su página de seguimiento."),
            )
            return redirect("traza_message", pk)
    return detail(request, message, answer_form=form)


@require_POST
@needs(ATTEND)
def message_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it with a reason."""
    message, form = get_message(pk), CloseForm(request.POST, auto_id="id_close_%s")
    if form.is_valid():
        try:
            actions.close(message, form.cleaned_data["reason"], request.user)
        except actions.MessageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Cerrado: quien escribió ve el motivo en su página."))
            return redirect("traza_message", pk)
    return detail(request, message, close_form=form)


@require_POST
@needs("participation.view_message")
def message_become(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Make something of it, and go on there."""
    message = get_message(pk)
    try:
        made = becoming.become(message, what, request.POST.get("file", ""), request.user)
    except actions.MessageError as error:
        messages.error(request, str(error))
        return redirect("traza_message", pk)
    messages.success(request, _("Hecho a partir del folio %(folio)s.") % {"folio": message.folio})
    return redirect(becoming.url_of(made) or reverse("traza_message", args=[pk]))


def _reopen(message: Message, user: Any) -> str:
    actions.reopen(message, user)
    return _("Abierto otra vez.")


def _set_apart(message: Message, user: Any) -> str:
    actions.set_apart(message, user)
    return _("Apartado en «Posible spam». De ahí se puede recuperar.")


def _restore(message: Message, user: Any) -> str:
    actions.restore(message, user)
    return _("Recuperado: está en «Por responder» y su plazo empieza hoy.")


def _forget(message: Message, user: Any) -> str:
    actions.forget_sender(message, user)
    return _("Se borró quién escribió, con sus archivos. El mensaje y sus respuestas quedan.")


message_reopen = button(ATTEND, Message, "traza_message", _reopen, REFUSALS)
message_set_apart = button(ATTEND, Message, "traza_message", _set_apart, REFUSALS)
message_restore = button(ATTEND, Message, "traza_message", _restore, REFUSALS)
message_forget = button("participation.erase_identity", Message, "traza_message", _forget, REFUSALS)
