"""The bulletin's pages: its issues, what is new, and each person's own subscription.

Opening an address never changes anything: programs that guard mailboxes open every link.
"""

import json
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from traza.bulletin import actions, keys
from traza.bulletin.actions import BulletinError
from traza.bulletin.asking import PreferencesForm, SubscribeForm
from traza.bulletin.models import Consent, Issue, Subscriber
from traza.bulletin.models.issue import KIND
from traza.bulletin.queries import all_that_is_kept, followed, issues_shown, to_confirm
from traza.bulletin.streams import names_of, read_stream
from traza.bulletin.writing import grouped
from traza.foundation.jsonld import jsonld
from traza.foundation.language import language
from traza.foundation.mail.actions import MailError, hash_of, normal
from traza.foundation.models import Institute
from traza.foundation.private_pages import led_to, private
from traza.foundation.public_forms import Came, address_print, came_from
from traza.foundation.wordings import shown
from traza.participation.actions import note_sending, signs_of_haste
from traza.publishing.feeds import LONGEST, Format, feed_response
from traza.publishing.models import Publication
from traza.publishing.queries import latest_changes
from traza.publishing.silence import held_page, is_held
from traza.publishing.store.declare import public_page

State = Subscriber.State
PER_PAGE, NEWS = 20, 200


# --- Issues and what is new ----------------------------------------------------------------------


@public_page(params=("pagina",))
def archive(request: HttpRequest) -> HttpResponse:
    """List the issues, and lead to where the bulletin is subscribed."""
    held = is_held(KIND)
    listed = Paginator(issues_shown(), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request,
        "traza/bulletin/archive.html",
        {
            "listed": listed,
            "is_held": held,
            "share": {
                "title": _("Boletín"),
                "description": _("Lo que el instituto publica, por correo y aquí."),
            },
        },
    )


@public_page()
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Show an issue."""
    if is_held(KIND):
        return held_page(request)
    found = Issue.objects.filter(number=number, live=True).first()
    if found is None:
        line = Publication.objects.filter(kind=KIND, key=str(number)).first()
        if line is None:
            raise Http404(number)
        return render(request, "traza/bulletin/gone.html", {"number": number}, status=410)
    return render_issue(request, found)


def render_issue(request: HttpRequest, shown: Issue, preview: bool = False) -> HttpResponse:
    """Draw the page of an issue."""
    base = settings.TRAZA_BASE_URL
    institute = Institute.load(request_or_site=request)
    schema = {
        "@type": "NewsArticle",
        "@id": f"{base}{shown.path}#texto",
        "headline": shown.title,
        "description": shown.introduction,
        "url": f"{base}{shown.path}",
        "inLanguage": "es-MX",
        "datePublished": shown.sent_at.isoformat() if shown.sent_at else "",
        "publisher": {
            "@type": "GovernmentOrganization",
            "@id": f"{base}/#instituto",
            "name": institute.name,
        },
    }
    numbers = issues_shown().order_by("number")
    return render(
        request,
        "traza/bulletin/issue.html",
        {
            "issue": shown,
            "preview": preview,
            "before": numbers.filter(number__lt=shown.number).last(),
            "after": numbers.filter(number__gt=shown.number).first(),
            "share": {"title": shown.title, "description": shown.introduction},
            "schema": jsonld(schema),
        },
    )


@public_page()
def issues_feed(request: HttpRequest, format_name: Format) -> HttpResponse:
    """Say which issues came out."""
    institute = Institute.load(request_or_site=request)
    return feed_response(
        request,
        format_name,
        title=_("Boletín de %(name)s") % {"name": institute.name},
        page_path="/boletin/",
        subject="boletin",
        changes=latest_changes(LONGEST, kinds=[KIND]),
        holds=is_held(KIND),
    )


@public_page(params=("pagina",))
def news(request: HttpRequest) -> HttpResponse:
    """List everything that happened lately; digests too long for a letter lead here."""
    listed = Paginator(latest_changes(NEWS), 50).get_page(request.GET.get("pagina"))
    return render(
        request,
        "traza/bulletin/news.html",
        {
            "page": listed,
            "told": grouped(list(listed.object_list)),
            "share": {
                "title": _("Todo lo nuevo"),
                "description": _("Datos nuevos, correcciones y páginas publicadas."),
            },
        },
    )


# --- Subscribing --------------------------------------------------------------------------------


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(params=("sigue",), store="never")
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask what to receive and where; a letter follows, and nothing comes before it is confirmed."""
    status = 200
    asked = read_stream(request.GET.get("sigue", ""))
    if request.method == "POST":
        form = SubscribeForm(request.POST)
        came = came_from(request)
        if not form.is_valid():
            status = 400
        elif came is Came.ELSEWHERE:
            form.add_error(
                None,
                _(
                    "El envío salió de otro sitio y no se guardó. Lo escrito está aquí abajo: "
                    "para mandarlo hay que pulsar «Suscribirse» en esta página."
                ),
            )
            status = 403
        else:
            try:
                _ask(request, form, came)
            except MailError:
                form.add_error("correo", _("A esta dirección no se le puede escribir."))
                status = 400
            else:
                return led_to("/boletin/suscribir/listo/")
    else:
        form = SubscribeForm(asked=asked)
    response = render(
        request,
        "traza/bulletin/subscribe.html",
        {
            "form": form,
            "asked": asked,
            "consent": shown(Consent),
            "share": {
                "title": _("Suscribirse"),
                "description": _("Lo que se elige llega por correo, cada cuanto se quiera."),
            },
        },
        status=status,
    )
    response["Cache-Control"] = "no-store"
    return response


def _ask(request: HttpRequest, form: SubscribeForm, came: Came) -> None:
    email, _domain = normal(form.cleaned_data["correo"])
    here = address_print(request)
    signs = [*form.machine_signs(), *signs_of_haste(here, hash_of(email))]
    if came is Came.UNKNOWN:
        signs.append("origin")
    note_sending(here, hash_of(email))
    wanted = form.wanted()
    actions.ask(email, wanted, language=language(), source=wanted[0][0].code, signs=signs)


@public_page()
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens next: the same to everybody, whatever is known of the address."""
    return render(request, "traza/bulletin/asked.html", {})


# --- A person's own pages -----------------------------------------------------------------------


def _owner(purpose: str, token: str) -> Subscriber | None:
    """Return whose address it is; None where that person was forgotten."""
    key = keys.key_of(purpose, token)
    if key is None:
        raise Http404(purpose)
    return keys.owner_of(key)


def _own(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return private(render(request, f"traza/bulletin/{name}.html", context, status=status))


def _nothing_kept(request: HttpRequest) -> HttpResponse:
    return _own(request, "forgotten", {})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(store="never")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what waits to be confirmed; pressing the button confirms it."""
    try:
        subscriber = _owner(keys.CONFIRM, token)
    except keys.KeyExpired:
        return _own(request, "expired", {}, 410)
    if subscriber is None:
        return _nothing_kept(request)
    error = ""
    if request.method == "POST" and came_from(request) is not Came.ELSEWHERE:
        chosen = [int(one) for one in request.POST.getlist("cuales") if one.isdecimal()]
        try:
            actions.confirm(subscriber, chosen)
        except BulletinError as refusal:
            error = str(refusal)
        else:
            return led_to(f"/boletin/confirmar/{token}/")
    waiting = to_confirm(subscriber)
    return _own(
        request,
        "confirm",
        {
            "subscriber": subscriber,
            "waiting": list(zip(waiting, names_of(waiting), strict=True)),
            "follows": names_of(one for one in followed(subscriber) if one.confirmed_at),
            "is_active": subscriber.state == State.ACTIVE,
            "preferences_url": keys.address(keys.PREFERENCES, subscriber.key, language()),
            "error": error,
        },
        403 if error else 200,
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(params=("guardado",), store="never")
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody receives, and change it; who left may come back here."""
    subscriber = _owner(keys.PREFERENCES, token)
    if subscriber is None:
        return _nothing_kept(request)
    follows = followed(subscriber)
    status, refusal = 200, ""
    form = PreferencesForm(follows=follows, initial={"idioma": subscriber.language})
    if request.method == "POST":
        form = PreferencesForm(request.POST, follows=follows)
        if not form.is_valid():
            status = 400
        elif came_from(request) is Came.ELSEWHERE:
            status, refusal = 403, _("El envío salió de otro sitio: no se cambió nada.")
        else:
            try:
                actions.choose(
                    subscriber,
                    form.frequencies(),
                    form.added(),
                    language=form.cleaned_data["idioma"],
                )
            except BulletinError as error:
                status, refusal = 403, str(error)
            else:
                return led_to(f"/boletin/preferencias/{token}/?guardado=1")
    return _own(
        request,
        "preferences",
        {
            "subscriber": subscriber,
            "form": form,
            "token": token,
            "saved": request.GET.get("guardado") == "1" and request.method != "POST",
            "refusal": refusal,
            "is_active": subscriber.state == State.ACTIVE,
            "has_left": subscriber.state == State.LEFT,
            "has_bounced": subscriber.state == State.BOUNCED,
            "leave_url": keys.address(keys.LEAVE, subscriber.key, language()),
            "consent": subscriber.consent,
        },
        status,
    )


@require_http_methods(["GET", "HEAD"])
@public_page(store="never")
def take_away(request: HttpRequest, token: str) -> HttpResponse:
    """Give everything that is kept about a subscriber, as a file."""
    subscriber = _owner(keys.PREFERENCES, token)
    if subscriber is None:
        return _nothing_kept(request)
    text = json.dumps(all_that_is_kept(subscriber), ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="suscripcion.json"'
    return private(response)


@csrf_exempt
@require_POST
@public_page(store="never")
def forget(request: HttpRequest, token: str) -> HttpResponse:
    """Erase a subscriber at the wish of its owner; what is left is that it was asked for."""
    subscriber = _owner(keys.PREFERENCES, token)
    # The address is the proof of who asks; another site does not know it.
    if subscriber is not None and came_from(request) is not Came.ELSEWHERE:
        actions.forget(subscriber)
    return led_to(f"/boletin/preferencias/{token}/")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public_page(store="never")
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that ends everything; a POST, also a mailbox's own (RFC 8058), ends it.

    A mailbox posts without cookies and from no page of ours: the address is the whole proof.
    """
    subscriber = _owner(keys.LEAVE, token)
    if subscriber is None:
        return _nothing_kept(request)
    if request.method == "POST":
        actions.leave(subscriber)
        subscriber.refresh_from_db()
    over = subscriber.state not in (State.ACTIVE, State.PENDING, State.BOUNCED)
    return _own(
        request,
        "leave",
        {
            "subscriber": subscriber,
            "over": over,
            "complained": subscriber.state == State.COMPLAINED,
            "follows": names_of(followed(subscriber)),
            "preferences_url": keys.address(keys.PREFERENCES, subscriber.key, language()),
        },
    )
