"""The trays, one message, its files, and a message written down by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_GET, require_http_methods

from traza.foundation.attachments import store
from traza.foundation.attachments.giving import as_download
from traza.foundation.audit import record
from traza.foundation.staff.permission import needs
from traza.foundation.staff.wordings import WordingScreen, wording_screen
from traza.foundation.wordings import shown
from traza.participation import actions
from traza.participation.actions.becoming import becomings_of, name_of, url_of
from traza.participation.kinds import BY_SLUG, KINDS
from traza.participation.letters import follow_address
from traza.participation.models import Attachment, Message, PrivacyNotice
from traza.participation.queries import (
    conversation,
    found,
    identity_of,
    letters_of,
    overdue,
    tray,
)
from traza.participation.staff.forms import (
    AnswerForm,
    AssignForm,
    CloseForm,
    EntryForm,
)
from traza.participation.staff.words import sign_words

TRAYS = {
    "abiertos": gettext_lazy("Por responder"),
    "preguntados": gettext_lazy("En espera de quien escribió"),
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
            "may_attend": request.user.has_perm(ATTEND),
            "page": page,
        },
    )


@require_GET
@needs("participation.view_message")
def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message and what may be done with it."""
    return detail(request, get_message(pk))


def get_message(pk: int) -> Message:
    """Return a message, or the page that says there is none."""
    return get_object_or_404(Message.objects.select_related("assigned_to", "notice"), pk=pk)


def detail(request: HttpRequest, message: Message, **forms_: forms.Form) -> HttpResponse:
    """Draw the screen; a form with errors comes back as it was typed."""
    see = request.user.has_perm("participation.view_identity")
    identity = identity_of(message)
    context = {
        "title": str(message.described.name),
        "subtitle": message.folio,
        "icon": "mail",
        "crumbs": [(reverse("traza_messages"), _("Contacto"))],
        "message": message,
        "replies": conversation(message),
        "files": message.files.filter(reply=None),
        "may_take_files": see,
        "letters": letters_of(message),
        "outcomes": [(name_of(one), one, url_of(one)) for one in message.outcomes.all()],
        "becomings": list(becomings_of(message, request.user)),
        "signs": [sign_words(sign) for sign in message.signs],
        "identity": identity if see else None,
        "has_identity": identity is not None,
        "may_attend": request.user.has_perm(ATTEND),
        "may_erase": request.user.has_perm("participation.erase_identity")
        and (identity is not None or message.files.exists()),
        "assign_form": AssignForm(initial={"person": message.assigned_to_id}),
        "answer_form": AnswerForm(),
        "close_form": CloseForm(auto_id="id_close_%s"),
        **forms_,
    }
    bad = any(form.errors for form in forms_.values())
    return render(
        request, "traza/participation/staff/detail.html", context, status=400 if bad else 200
    )


@require_GET
@needs("participation.view_identity")
def message_file(request: HttpRequest, pk: int, file_pk: int) -> Any:
    """Hand over a file of a message, as a download; the audit remembers it."""
    file = get_object_or_404(Attachment, pk=file_pk, message=pk)
    content = store.content(file.token)
    if content is None:
        messages.error(request, _("El archivo no se puede leer: se guardó con otra clave secreta."))
        return redirect("traza_message", pk)
    with transaction.atomic():
        by: Any = request.user
        record(by, "message.file_taken", file.message, rows=file.pk)
    return as_download(content, file.name, file.size)


@require_http_methods(["GET", "POST"])
@needs(ATTEND)
def message_new(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Write down what came by mail, by phone or at the desk."""
    kind = BY_SLUG.get(slug)
    form = None
    if kind is not None:
        form = EntryForm(request.POST or None, request.FILES or None, kind=kind)
        if request.method == "POST" and form.is_valid():
            return _entered(request, form)
    elif slug:
        raise Http404(slug)
    return render(
        request,
        "traza/participation/staff/new.html",
        {
            "title": kind.name if kind else _("Anotar lo que llegó de otra manera"),
            "icon": "mail",
            "crumbs": [(reverse("traza_messages"), _("Contacto"))],
            "kinds": KINDS,
            "kind": kind,
            "form": form,
            "notice": shown(PrivacyNotice),
        },
        status=400 if form is not None and form.errors else 200,
    )


def _entered(request: HttpRequest, form: EntryForm) -> HttpResponse:
    cleaned = form.cleaned_data
    message, secret = actions.receive(
        form.kind,
        form.answers(),
        actions.Sender(cleaned["nombre"], cleaned["correo"]),
        language=cleaned["idioma"],
        files=form.sent_files(),
        by_hand=actions.ByHand(request.user, cleaned["canal"], cleaned["dia"]),
    )
    with override("en" if message.language == "en" else "es-mx"):
        address = follow_address(secret)
    # Only its hash is kept: this is the one time that staff can hand it over.
    messages.success(
        request,
        _("Folio %(folio)s. Para dar a quien lo trajo, pues no se vuelve a mostrar: %(address)s")
        % {"folio": message.folio, "address": address},
    )
    return redirect("traza_message", message.pk)


privacy_notice = wording_screen(
    WordingScreen(
        kind=PrivacyNotice,
        permission="participation.add_privacynotice",
        name="traza_privacy_notice",
        action="privacy_notice.edited",
        title=gettext_lazy("Aviso de privacidad de los formularios"),
        where=gettext_lazy(
            "Se muestra junto a cada formulario de contacto. Cada mensaje recuerda con qué versión "
            "se envió: guardar no cambia las anteriores, agrega una."
        ),
        first=gettext_lazy(
            "Todavía se muestra el texto de origen; será la versión 1 con el primer mensaje."
        ),
        above=("traza_messages", gettext_lazy("Contacto")),
    )
)
