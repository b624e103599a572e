"""The bulletin's board, the subscribers, one of them, entering some, and the consent."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from traza.bulletin import actions
from traza.bulletin.actions.cutting import next_cut
from traza.bulletin.models import Consent, Frequency, Issue, Subscriber
from traza.bulletin.queries import (
    counts,
    deliveries_of,
    digests_made,
    followed,
    found,
    letters_to,
    listed,
    progress_of_things,
)
from traza.bulletin.staff.forms import EntryForm
from traza.bulletin.streams import names_of
from traza.foundation.staff.permission import needs
from traza.foundation.staff.wordings import WordingScreen, wording_screen
from traza.foundation.wordings import shown
from traza.participation.staff.words import sign_words

VIEW, MANAGE = "bulletin.view_issue", "bulletin.manage_subscriber"
SEE, ERASE = "bulletin.view_address", "bulletin.erase_subscriber"
LISTS = {
    "active": gettext_lazy("Activas"),
    "pending": gettext_lazy("Sin confirmar"),
    "held": gettext_lazy("Apartadas"),
    "left": gettext_lazy("De baja"),
    "bounced": gettext_lazy("Rebotan"),
    "complained": gettext_lazy("Con queja"),
}
_SHOWN = 12


def _crumbs(*more: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [(reverse("traza_bulletin"), _("Boletín")), *more]


@require_GET
@needs(VIEW)
def board(request: HttpRequest) -> HttpResponse:
    """Show how many receive what, the issues and digests and how far they got."""
    issues = list(Issue.objects.order_by("-number")[:_SHOWN])
    sent = progress_of_things(issues, "issue")
    told = progress_of_things(digests_made(_SHOWN), "digest")
    can = request.user.has_perm
    return render(
        request,
        "traza/bulletin/staff/board.html",
        {
            "title": _("Boletín"),
            "icon": "doc-full",
            "counts": counts(),
            "issues": sent,
            "digests": told,
            "is_moving": any(one.is_moving for one in [*sent, *told]),
            "weekly": next_cut(Frequency.WEEKLY),
            "monthly": next_cut(Frequency.MONTHLY),
            "may_write": can("bulletin.add_issue"),
            "may_change": can("bulletin.change_issue"),
            "may_manage": can(MANAGE),
            "may_see_mail": can("foundation.view_mailmessage"),
        },
    )


@require_GET
@needs(MANAGE)
def subscriber_list(request: HttpRequest) -> HttpResponse:
    """List the subscribers in a state, or who has an address or got a mail."""
    chosen = request.GET.get("estado", "active")
    chosen = chosen if chosen in LISTS else "active"
    text = request.GET.get("buscar", "").strip()[:300]
    rows = found(text) if text else listed(chosen)
    number = counts()
    return render(
        request,
        "traza/bulletin/staff/subscribers.html",
        {
            "title": _("Suscripciones"),
            "icon": "group",
            "crumbs": _crumbs(),
            "lists": [(key, name, number[key]) for key, name in LISTS.items()],
            "chosen": "" if text else chosen,
            "text": text,
            "page": Paginator(rows, 50).get_page(request.GET.get("pagina")),
            "may_see": request.user.has_perm(SEE),
        },
    )


@require_GET
@needs(MANAGE)
def subscriber_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a subscriber and what may be done."""
    return detail(request, get_object_or_404(Subscriber, pk=pk))


def detail(request: HttpRequest, subscriber: Subscriber, email: str = "") -> HttpResponse:
    """Draw the screen of a subscriber, with the whole address only where it was asked for."""
    follows = followed(subscriber)
    State = Subscriber.State
    return render(
        request,
        "traza/bulletin/staff/subscriber.html",
        {
            "title": _("Suscripción %(number)s") % {"number": subscriber.pk},
            "icon": "user",
            "crumbs": _crumbs((reverse("traza_subscribers"), _("Suscripciones"))),
            "subscriber": subscriber,
            "email": email,
            "follows": list(zip(follows, names_of(follows), strict=True)),
            "signs": [sign_words(sign) for sign in subscriber.signs],
            "deliveries": deliveries_of(subscriber),
            "letters": letters_to(subscriber),
            "may_see": request.user.has_perm(SEE),
            "may_erase": request.user.has_perm(ERASE),
            "may_write": not subscriber.signs
            and subscriber.state in (State.PENDING, State.ACTIVE, State.BOUNCED),
            "may_end": subscriber.state in (State.PENDING, State.ACTIVE, State.BOUNCED),
            "complained": subscriber.state == State.COMPLAINED,
        },
    )


@require_http_methods(["GET", "POST"])
@needs(MANAGE)
def subscriber_enter(request: HttpRequest) -> HttpResponse:
    """Enter people who asked otherwise for mail; say of each line what became of it."""
    form = EntryForm(request.POST if request.method == "POST" else None)
    results: list[actions.Entered] = []
    if request.method == "POST" and form.is_valid():
        results = actions.enter(
            form.cleaned_data["correos"],
            form.wanted(),
            channel=form.cleaned_data["canal"],
            language=form.cleaned_data["idioma"],
            actor=request.user,
        )
        done = sum(one.done for one in results)
        told = ngettext("Se mandó %(n)s carta.", "Se mandaron %(n)s cartas.", done)
        messages.success(request, told % {"n": done})
        # What is wrong stays in the form, to be corrected.
        again = request.POST.copy()
        again["correos"] = "\n".join(one.line for one in results if one.is_wrong)
        form = EntryForm(initial={**again.dict(), "sigue": again.getlist("sigue")})
    return render(
        request,
        "traza/bulletin/staff/enter.html",
        {
            "title": _("Anotar a quien lo pidió"),
            "icon": "group",
            "crumbs": _crumbs((reverse("traza_subscribers"), _("Suscripciones"))),
            "form": form,
            "results": results,
            "consent": shown(Consent),
        },
        status=400 if form.errors else 200,
    )


consent = wording_screen(
    WordingScreen(
        kind=Consent,
        permission="bulletin.add_consent",
        name="traza_consent",
        action="consent.edited",
        title=gettext_lazy("A qué se consiente al suscribirse"),
        where=gettext_lazy(
            "Se muestra donde se pide el correo. Cada suscripción recuerda a qué versión "
            "consintió: guardar no cambia las anteriores, agrega una."
        ),
        first=gettext_lazy(
            "Todavía se muestra el texto de origen; será la versión 1 con la primera suscripción."
        ),
        above=("traza_bulletin", gettext_lazy("Boletín")),
    )
)
