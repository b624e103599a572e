"""The buttons of the bulletin: each does one thing and goes back."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from traza.bulletin import actions
from traza.bulletin.models import Issue, Subscriber
from traza.bulletin.staff.issues import IssueViewSet
from traza.bulletin.staff.screens import ERASE, MANAGE, SEE, detail
from traza.foundation.audit import record
from traza.foundation.mail.actions import MailError
from traza.foundation.staff.permission import needs
from traza.foundation.staff.pressing import button

REFUSALS = (actions.BulletinError, MailError)


@require_POST
@needs("bulletin.add_issue")
def issue_prepare(request: HttpRequest) -> HttpResponse:
    """Compose the draft of the next issue and open it."""
    try:
        issue = actions.prepare(request.user)
    except actions.BulletinError as error:
        messages.error(request, str(error))
        return redirect("traza_bulletin")
    messages.success(
        request, _("Borrador del número %(number)s, con lo nuevo.") % {"number": issue.number}
    )
    return redirect(IssueViewSet().get_url_name("edit"), issue.pk)


@require_POST
@needs("bulletin.change_issue")
def issue_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the draft to whoever presses."""
    issue = get_object_or_404(Issue, pk=pk)
    try:
        address = actions.send_trial(issue, request.user)
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("La prueba va a %(address)s.") % {"address": address})
    return redirect("traza_bulletin")


@require_POST
@needs("bulletin.add_issue")
def issue_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    issue = get_object_or_404(Issue, pk=pk)
    try:
        actions.discard(issue, request.user)
    except actions.BulletinError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Borrador descartado. Sus novedades quedan para el siguiente número.")
        )
    return redirect("traza_bulletin")


@require_POST
@needs(SEE)
def subscriber_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole address; the audit remembers who looked."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    with transaction.atomic():
        by: Any = request.user
        record(by, "subscriber.address_seen", subscriber)
    unreadable = _("No se puede leer: se guardó con otra clave secreta.")
    return detail(request, subscriber, subscriber.email or unreadable)


@require_POST
@needs(ERASE)
def subscriber_forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a subscriber whole, as that person may ask."""
    actions.forget(get_object_or_404(Subscriber, pk=pk), request.user)
    messages.success(request, _("Se borró. Queda solo la huella que impide volver a anotarla."))
    return redirect("traza_subscribers")


def _let_through(subscriber: Subscriber, user: Any) -> str:
    sent = actions.let_through(subscriber, user)
    return _("Se le mandó la carta para confirmar.") if sent else _("Hoy ya se le escribió.")


def _write(subscriber: Subscriber, user: Any) -> str:
    actions.send_letter_again(subscriber, user)
    return _("Se le mandó la carta.")


def _end(subscriber: Subscriber, user: Any) -> str:
    actions.end_for(subscriber, user)
    return _("De baja: no recibe nada más. Si quiere volver, se suscribe otra vez.")


def _bounce(subscriber: Subscriber, user: Any) -> str:
    actions.bounce(subscriber, user)
    return _("Anotado: no se le envía nada más hasta que confirme otra vez.")


def _complain(subscriber: Subscriber, user: Any) -> str:
    actions.complain(subscriber, user)
    return _("Anotada la queja: no se le vuelve a escribir.")


def _undo(subscriber: Subscriber, user: Any) -> str:
    actions.take_complaint_back(subscriber, user)
    return _("Se quitó la queja. Queda de baja y puede volver a suscribirse.")


subscriber_let_through = button(MANAGE, Subscriber, "traza_subscriber", _let_through, REFUSALS)
subscriber_write = button(MANAGE, Subscriber, "traza_subscriber", _write, REFUSALS)
subscriber_end = button(MANAGE, Subscriber, "traza_subscriber", _end, REFUSALS)
subscriber_bounce = button(MANAGE, Subscriber, "traza_subscriber", _bounce, REFUSALS)
subscriber_complain = button(MANAGE, Subscriber, "traza_subscriber", _complain, REFUSALS)
subscriber_undo = button(MANAGE, Subscriber, "traza_subscriber", _undo, REFUSALS)
