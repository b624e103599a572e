"""Writing to the institute, and following what was written."""

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from traza.foundation.public_forms import Came, address_print, came_from
from traza.participation.actions import Sender, erase_identity, receive
from traza.participation.asking import MessageForm
from traza.participation.kinds import BY_SLUG
from traza.participation.models import Message
from traza.participation.notice import shown_notice
from traza.participation.queries import (
    all_that_is_kept,
    identity_of,
    message_by_secret,
    page_named,
)
from traza.publishing.store.declare import public_page


def _prefix() -> str:
    return "/en" if (get_language() or "").startswith("en") else ""


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines, and its address out of other sites."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(params=("pagina",), store="never")
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a kind; keep what is sent and lead to where it is followed."""
    kind = BY_SLUG[slug]
    form = MessageForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        initial={"pagina": page_named(request.GET.get("pagina", ""))},
    )
    status = 200
    if request.method == "POST":
        came = came_from(request)
        if not form.is_valid():
            status = 400
        elif came is Came.ELSEWHERE:
            form.add_error(
                None,
                _(
                    "El envío salió de otro sitio y no se guardó. Lo escrito está aquí abajo: "
                    "para mandarlo hay que pulsar «Enviar» en esta página."
                ),
            )
            status = 403
        else:
            return _keep(request, form, came)
    response = render(
        request,
        "traza/participation/write.html",
        {
            "kind": kind,
            "form": form,
            "notice": shown_notice(),
            "share": {"title": kind.name, "description": kind.about},
        },
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response


def _keep(request: HttpRequest, form: MessageForm, came: Came) -> HttpResponse:
    signs = form.machine_signs()
    if came is Came.UNKNOWN:
        signs.append("origin")
    _message, secret = receive(
        form.kind,
        form.answers(),
        Sender(form.cleaned_data["nombre"], form.cleaned_data["correo"], address_print(request)),
        language="en" if _prefix() else "es",
        signs=signs,
    )
    # After a POST the browser is led to a page that may be loaded again.
    answer = HttpResponseRedirect(f"{_prefix()}/contacto/seguimiento/{secret}/")
    answer.status_code = 303
    return _private(answer)


def _followed(secret: str) -> Message:
    message = message_by_secret(secret)
    if message is None:
        raise Http404("mensaje")
    return message


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """Show how far the institute is with a message, to whoever has its address."""
    message = _followed(secret)
    return _private(
        render(
            request,
            "traza/participation/follow.html",
            {
                "message": message,
                "secret": secret,
                "replies": message.replies.all(),
                "identity": identity_of(message),
                "address": f"{settings.TRAZA_BASE_URL}{request.path}",
                "is_new": message.state == Message.State.RECEIVED
                and (timezone.now() - message.received_at).total_seconds() < 1800,
            },
        )
    )


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def take_away(request: HttpRequest, secret: str) -> HttpResponse:
    """Give everything that is kept about a message, as a file."""
    message = _followed(secret)
    text = json.dumps(all_that_is_kept(message), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{message.folio}.json"'
    return _private(response)


@csrf_exempt
@require_POST
@public_page(store="never")
def forget(request: HttpRequest, secret: str) -> HttpResponse:
    """Erase the name and the e-mail of a message at the wish of whoever sent it."""
    message = _followed(secret)
    # The address is the proof of who asks; another site does not know it.
    if came_from(request) is not Came.ELSEWHERE:
        erase_identity(message)
    answer = HttpResponseRedirect(f"{_prefix()}/contacto/seguimiento/{secret}/#datos")
    answer.status_code = 303
    return _private(answer)
