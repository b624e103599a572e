"""Outgoing mail in the back office: what went out, what waits and what failed."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from traza.foundation.mail import actions, queries
from traza.foundation.mail.compose import fill
from traza.foundation.mail.models import MailDelivery, MailMessage
from traza.foundation.staff.permission import needs
from traza.foundation.staff.pressing import button

VIEW = "foundation.view_mailmessage"
MANAGE = "foundation.manage_mailmessage"
#: Kinds in words; rooms above may add theirs.
KINDS: dict[str, Any] = {"account": gettext_lazy("Cuentas y avisos")}
PAGE = 50


@require_GET
@needs(VIEW)
def outbox_list(request: HttpRequest) -> HttpResponse:
    """List the messages, newest first, each with how far it got."""
    text, show = request.GET.get("buscar", "").strip(), request.GET.get("ver", "")
    page = Paginator(queries.outbox(text, show), PAGE).get_page(request.GET.get("pagina"))
    found = list(page.object_list)
    progress = queries.progress_of(found)
    addresses = queries.first_addresses(found)
    return render(
        request,
        "traza/foundation/staff/outbox_list.html",
        {
            "title": _("Correo saliente"),
            "icon": "mail",
            "page": page,
            "rows": [
                {
                    "message": message,
                    "kind": _kind(message),
                    "progress": progress[message.pk],
                    "address": addresses.get(message.pk, ""),
                }
                for message in found
            ],
            "text": text,
            "show": show,
            "server": queries.failing_server(),
            "to_folder": not settings.TRAZA_EMAIL_HOST,
            "may_manage": request.user.has_perm(MANAGE),
        },
    )


@require_GET
@needs(VIEW)
def outbox_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message as its first addressee gets it, and what became of each one."""
    message = get_object_or_404(MailMessage, pk=pk)
    state = request.GET.get("estado", "")
    deliveries = message.deliveries.all()
    if state:
        deliveries = deliveries.filter(state=state)
    first = message.deliveries.first()
    values = {key: str(value) for key, value in (first.values if first else {}).items()}
    progress = queries.progress_of([message])[message.pk]
    return render(
        request,
        "traza/foundation/staff/outbox_message.html",
        {
            "title": message.subject,
            "icon": "mail",
            "crumbs": [(reverse("traza_outbox"), _("Correo saliente"))],
            "message": message,
            "kind": _kind(message),
            "body": fill(message.text, values) if _may_be_read(message) else "",
            "hidden": bool(message.text) and not _may_be_read(message),
            "page": Paginator(deliveries, PAGE).get_page(request.GET.get("pagina")),
            "progress": progress,
            "state": state,
            "states": MailDelivery.State.choices,
            "may_manage": request.user.has_perm(MANAGE),
            "may_retry": bool(message.text) and (progress.failed or progress.doubtful),
        },
    )


def _retry(message: MailMessage, user: Any) -> str:
    count = actions.retry(message, actor=user)
    told = ngettext("%(n)s correo vuelve a la cola.", "%(n)s correos vuelven a la cola.", count)
    return told % {"n": count}


def _cancel(message: MailMessage, user: Any) -> str:
    count = actions.cancel(message, actor=user)
    told = ngettext("%(n)s correo ya no se envía.", "%(n)s correos ya no se envían.", count)
    return told % {"n": count}


def _resume(message: MailMessage, user: Any) -> str:
    return _("El envío sigue.") if actions.resume(message, actor=user) else ""


#: Queue again what failed; give up what still waits; go on with a mailing that stopped by itself.
outbox_retry = button(MANAGE, MailMessage, "traza_outbox_message", _retry)
outbox_cancel = button(MANAGE, MailMessage, "traza_outbox_message", _cancel)
outbox_resume = button(MANAGE, MailMessage, "traza_outbox_message", _resume)


@require_POST
@needs(MANAGE)
def outbox_server(request: HttpRequest) -> HttpResponse:
    """Try the mail server now."""
    actions.try_server_now(actor=request.user)
    messages.success(request, _("Se intenta de inmediato; en unos segundos se ve el resultado."))
    return redirect("traza_outbox")


def _kind(message: MailMessage) -> str:
    usual = _("Envío a una lista") if message.list_id else _("Carta")
    return str(KINDS.get(message.kind, usual))


def _may_be_read(message: MailMessage) -> bool:
    """Return whether staff may read the text: a link to choose a password is its owner's.

    In the demo nobody else could hand it over.
    """
    in_demo = settings.TRAZA_ENV != "production" and not settings.TRAZA_EMAIL_HOST
    return not message.private or in_demo
