"""The trays, one message, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from traza.foundation.staff.permission import needs
from traza.participation import actions
from traza.participation.models import Message, PrivacyNotice
from traza.participation.notice import default_notice, notice_in_force, write_notice
from traza.participation.queries import found, identity_of, overdue, tray
from traza.participation.staff.forms import AnswerForm, AssignForm, CloseForm, NoticeForm
from traza.participation.staff.words import sign_words

TRAYS = {
    "abiertos": gettext_lazy("Por responder"),
    "respondidos": gettext_lazy("Respondidos"),
    "cerrados": gettext_lazy("Cerrados"),
    "spam": gettext_lazy("Posible spam"),
}
ATTEND = "participation.answer_message"


@require_GET
@needs("participation.view_message")
def message_list(request: HttpRequest) -> HttpResponse:
    """List a tray, or what was looked for in all of them."""
    chosen = request.GET.get("bandeja", "abiertos")
    chosen = chosen if chosen in TRAYS else "abiertos"
    text = request.GET.get("buscar", "").strip()[:200]
    see = request.user.has_perm("participation.view_identity")
    listed = found(text, may_see_identity=see) if text else tray(chosen)
    page = Paginator(listed, 50).get_page(request.GET.get("pagina"))
    return render(
        request,
        "traza/participation/staff/list.html",
        {
            "title": _("Contacto"),
            "icon": "mail",
            "trays": [(key, name, tray(key).count()) for key, name in TRAYS.items()],
            "chosen": "" if text else chosen,
            "late": overdue(Message.objects.all()).count(),
            "text": text,
            "may_search_email": see,
            "page": page,
        },
    )


@require_GET
@needs("participation.view_message")
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message and what may be done with it."""
    return _detail(request, _get(pk))


def _get(pk: int) -> Message:
    return get_object_or_404(Message.objects.select_related("assigned_to", "notice"), pk=pk)


def _detail(request: HttpRequest, message: Message, **forms_: forms.Form) -> HttpResponse:
    """Draw the screen; a form with errors comes back as it was typed."""
    see = request.user.has_perm("participation.view_identity")
    identity = identity_of(message)
    context = {
        "title": str(message.described.name),
        "subtitle": message.folio,
        "icon": "mail",
        "crumbs": [(reverse("traza_messages"), _("Contacto"))],
        "message": message,
        "replies": message.replies.select_related("by"),
        "signs": [sign_words(sign) for sign in message.signs],
        "identity": identity if see else None,
        "has_identity": identity is not None,
        "may_attend": request.user.has_perm(ATTEND),
        "may_erase": request.user.has_perm("participation.erase_identity") and identity,
        "assign_form": AssignForm(initial={"person": message.assigned_to_id}),
        "answer_form": AnswerForm(),
        "close_form": CloseForm(auto_id="id_close_%s"),
        **forms_,
    }
    bad = any(form.errors for form in forms_.values())
    return render(
        request, "traza/participation/staff/detail.html", context, status=400 if bad else 200
    )


@require_POST
@needs(ATTEND)
def message_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it in somebody's hands."""
    message, form = _get(pk), AssignForm(request.POST)
    if not form.is_valid():
        return _detail(request, message, assign_form=form)
    person = form.cleaned_data["person"]
    return _done(request, pk, _("Asignado."), lambda: actions.assign(message, person, request.user))


@require_POST
@needs(ATTEND)
def message_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer it."""
    message, form = _get(pk), AnswerForm(request.POST)
    if form.is_valid():
        try:
            actions.answer(message, form.cleaned_data["text"], request.user)
        except actions.MessageError as error:
            form.add_error(None, str(error))
        else:
            said = _("Respondido: quien escribió ya lo ve en su página de seguimiento.")
            messages.success(request, said)
            return redirect("traza_message", pk)
    return _detail(request, message, answer_form=form)


@require_POST
@needs(ATTEND)
def message_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close it with a reason."""
    message, form = _get(pk), CloseForm(request.POST, auto_id="id_close_%s")
    if form.is_valid():
        try:
            actions.close(message, form.cleaned_data["reason"], request.user)
        except actions.MessageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Cerrado: quien escribió ve el motivo en su página."))
            return redirect("traza_message", pk)
    return _detail(request, message, close_form=form)


@require_POST
@needs(ATTEND)
def message_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up again."""
    message = _get(pk)
    said = _("Abierto otra vez.")
    return _done(request, pk, said, lambda: actions.reopen(message, request.user))


@require_POST
@needs(ATTEND)
def message_set_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Move it to the tray of possible spam."""
    message = _get(pk)
    said = _("Apartado en «Posible spam». De ahí se puede recuperar.")
    return _done(request, pk, said, lambda: actions.set_apart(message, request.user))


@require_POST
@needs(ATTEND)
def message_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it back from the tray of possible spam."""
    message = _get(pk)
    said = _("Recuperado: está en «Por responder» y su plazo empieza hoy.")
    return _done(request, pk, said, lambda: actions.restore(message, request.user))


@require_POST
@needs("participation.erase_identity")
def message_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase who sent it."""
    message = _get(pk)
    said = _("Se borró quién escribió. El mensaje y sus respuestas quedan.")
    return _done(request, pk, said, lambda: actions.erase_identity(message, request.user))


def _done(request: HttpRequest, pk: int, said: str, do: Callable[[], Any]) -> HttpResponse:
    try:
        do()
    except actions.MessageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("traza_message", pk)


@require_http_methods(["GET", "POST"])
@needs("participation.add_privacynotice")
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """Show the versions of the privacy notice, and write another."""
    with transaction.atomic():
        now = notice_in_force() if request.method == "POST" else PrivacyNotice.objects.first()
    initial = {"text": now.text if now else default_notice(), "text_en": now.text_en if now else ""}
    form = NoticeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            notice = write_notice(
                form.cleaned_data["text"], form.cleaned_data["text_en"], request.user
            )
        messages.success(
            request, _("Guardado: desde ahora se muestra la %(version)s.") % {"version": notice}
        )
        return redirect("traza_privacy_notice")
    return render(
        request,
        "traza/participation/staff/notice.html",
        {
            "title": _("Aviso de privacidad de los formularios"),
            "icon": "lock",
            "crumbs": [(reverse("traza_messages"), _("Contacto"))],
            "form": form,
            "versions": PrivacyNotice.objects.select_related("written_by"),
        },
        status=400 if form.errors else 200,
    )
