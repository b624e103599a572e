"""The electoral silence: what the law forbids is held for some days, and comes back by itself.

Held are the kinds that rooms declare as press (``registry.add_kind(..., is_press=True)``: news,
bulletin issues) and the cards drawn for social networks. Data, indicators, services and studies
stay. Nothing is rewritten: readers of the ledger ask ``Publication.objects.shown()``, other rooms
``is_held(kind)``, and the revision is raised when a silence is saved and on every new day. What is
approved meanwhile waits, and ``publishing.schedule`` lets it out in the minute in which it ends.
"""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.publishing.models import Silence

#: Unavailable for legal reasons (RFC 7725): not an error of ours, and not gone.
HELD_STATUS = 451


def silence_in_force(day: date | None = None) -> Silence | None:
    """Return the silence of a day, today's if none is given; the one that ends last."""
    day = day or timezone.localdate()
    return Silence.objects.filter(starts__lte=day, ends__gte=day).order_by("-ends").first()


def held_kinds() -> list[str]:
    """Return the kinds of publication that a silence holds today; none where there is none."""
    from traza.publishing.registry import registry  # it reads models too

    press = [kind for kind, words in registry.kinds.items() if words.is_press]
    return press if press and silence_in_force() is not None else []


def is_held(kind: str) -> bool:
    """Return whether a kind of publication is held today."""
    return kind in held_kinds()


def comes_back(silence: Silence) -> date:
    """Return the first day on which what is held is public again."""
    day = silence.ends + timedelta(days=1)
    while (after := silence_in_force(day)) is not None:
        day = after.ends + timedelta(days=1)
    return day


def held_page(request: HttpRequest) -> HttpResponse:
    """Say at a held address why it is not shown and when it will be."""
    silence = silence_in_force()
    answer = render(
        request,
        "traza/publishing/held.html",
        {"silence": silence, "comes_back": comes_back(silence) if silence else None},
        status=HELD_STATUS,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def held_file(request: HttpRequest) -> HttpResponse:
    """Say the same where an image was asked for."""
    silence = silence_in_force()
    words = _("Esta imagen no se muestra durante la veda electoral.")
    basis = f" {silence.basis}" if silence else ""
    return HttpResponse(
        f"{words}{basis}\n",
        status=HELD_STATUS,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
