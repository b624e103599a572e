"""Writing to the institute, and following what was written."""

import json
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from traza.foundation.attachments import store
from traza.foundation.attachments.giving import as_download
from traza.foundation.attachments.upload import bound_uploads
from traza.foundation.language import language, prefix
from traza.foundation.private_pages import led_to, private
from traza.foundation.public_forms import Came, address_print, came_from
from traza.foundation.wordings import shown
from traza.participation.actions import (
    MessageError,
    Sender,
    add,
    forget_sender,
    receive,
    sends_in_haste,
)
from traza.participation.asking import AdditionForm, FormWithFiles, MessageForm
from traza.participation.kinds import BY_SLUG
from traza.participation.models import Message, PrivacyNotice
from traza.participation.queries import (
    all_that_is_kept,
    conversation,
    forgotten_on,
    identity_of,
    message_by_secret,
    page_named,
)
from traza.publishing.store.declare import public_page


def _refuse_elsewhere(form: FormWithFiles, came: Came) -> bool:
    """Refuse a form that another site sent; what was written stays."""
    if came is Came.ELSEWHERE:
        form.add_error(
            None,
            _(
                "El envío salió de otro sitio y no se guardó. Lo escrito está aquí abajo: "
                "para mandarlo hay que pulsar «Enviar» en esta página."
            ),
        )
    return came is Came.ELSEWHERE


def _refuse_haste(form: FormWithFiles, request: HttpRequest) -> bool:
    """Refuse files, never words, from where too much came: a flood must not fill the disk."""
    in_haste = bool(form.sent_files()) and sends_in_haste(address_print(request))
    if in_haste:
        form.add_error(
            "archivos",
            _(
                "Desde el mismo lugar de la red llegaron muchos envíos en una hora: ahora no "
                "se reciben más archivos. Lo escrito se puede enviar sin ellos."
            ),
        )
    return in_haste


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(params=("pagina",), store="never")
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form of a kind; keep what is sent and lead to where it is followed."""
    kind = BY_SLUG[slug]
    status = 200
    if request.method == "POST":
        bounded = bound_uploads(request)
        form = MessageForm(request.POST, request.FILES, kind=kind, dropped=bounded.dropped)
        came = came_from(request)
        if not form.is_valid():
            status = 400
        elif _refuse_elsewhere(form, came):
            status = 403
        elif _refuse_haste(form, request):
            status = 429
        else:
            return _keep(request, form, came)
    else:
        named = page_named(request.GET.get("pagina", ""))
        form = MessageForm(kind=kind, initial={"pagina": named})
    response = render(
        request,
        "traza/participation/write.html",
        {
            "kind": kind,
            "form": form,
            "notice": shown(PrivacyNotice),
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
        language=language(),
        signs=signs,
        files=form.sent_files(),
    )
    return led_to(f"/contacto/seguimiento/{secret}/")


def _followed(secret: str) -> Message:
    message = message_by_secret(secret)
    if message is None:
        raise Http404("mensaje")
    return message


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def follow(request: HttpRequest, secret: str) -> HttpResponse:
    """Show how far the institute is with a message, to whoever has its address."""
    return _page(request, _followed(secret), secret)


def _page(
    request: HttpRequest,
    message: Message,
    secret: str,
    form: AdditionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    age = (timezone.now() - message.received_at).total_seconds()
    context: dict[str, Any] = {
        "message": message,
        "secret": secret,
        "replies": conversation(message),
        "files": message.files.filter(reply=None),
        "erase_on": forgotten_on(message),
        "has_files": message.files.exists(),
        "identity": identity_of(message),
        "address": f"{settings.TRAZA_BASE_URL}{prefix()}/contacto/seguimiento/{secret}/",
        "is_new": message.state == Message.State.RECEIVED and age < 1800,
        "was_mailed": message.letters.filter(problem="").exists(),
        "form": form or AdditionForm(),
    }
    return private(render(request, "traza/participation/follow.html", context, status=status))


@csrf_exempt
@require_POST
@public_page(store="never")
def add_more(request: HttpRequest, secret: str) -> HttpResponse:
    """Take what whoever wrote adds; what cannot be taken is shown again as it was written."""
    message = _followed(secret)
    bounded = bound_uploads(request)
    form = AdditionForm(request.POST, request.FILES, dropped=bounded.dropped)
    status = 400
    if form.is_valid():
        if _refuse_elsewhere(form, came_from(request)):
            status = 403
        elif _refuse_haste(form, request):
            status = 429
        else:
            text, origin = form.cleaned_data["texto"], address_print(request)
            try:
                add(message, text, form.sent_files(), origin)
            except MessageError as error:
                form.add_error(None, str(error))
            else:
                return led_to(f"/contacto/seguimiento/{secret}/#dicho")
    return _page(request, message, secret, form, status)


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def take_file(request: HttpRequest, secret: str, pk: int) -> HttpResponseBase:
    """Hand over a file of a message, of either side, to whoever has its address."""
    file = _followed(secret).files.filter(pk=pk).first()
    content = store.content(file.token) if file is not None else None
    if file is None or content is None:
        raise Http404("archivo")
    return as_download(content, file.name, file.size)


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def take_away(request: HttpRequest, secret: str) -> HttpResponse:
    """Give everything that is kept about a message, as a file."""
    message = _followed(secret)
    text = json.dumps(all_that_is_kept(message), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{message.folio}.json"'
    return private(response)


@csrf_exempt
@require_POST
@public_page(store="never")
def forget(request: HttpRequest, secret: str) -> HttpResponse:
    """Erase the name, the e-mail and the files of a message at the wish of whoever sent it."""
    message = _followed(secret)
    # The address is the proof of who asks; another site does not know it.
    if came_from(request) is not Came.ELSEWHERE:
        forget_sender(message)
    return led_to(f"/contacto/seguimiento/{secret}/#datos")
