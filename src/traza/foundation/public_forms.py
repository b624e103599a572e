"""Forms that anybody may send: no cookie, no token of a visitor, no third party.

What looks like a machine is told apart here and judged by the room; nothing is thrown away.
"""

from collections.abc import Iterable
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traza.foundation.sealing import fingerprint

STAMP_SALT = "traza.form"
#: Nobody reads a form and writes in it within three seconds, or goes on the day after.
SHORTEST, LONGEST = 3, 24 * 3600


class Came(Enum):
    """Where a form was sent from."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


def came_from(request: HttpRequest) -> Came:
    """Return whether a page of this site sent the form, as the browser says."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return Came.HERE if site == "same-origin" else Came.ELSEWHERE
    origin = request.headers.get("Origin", "")
    if not origin or origin == "null":
        return Came.UNKNOWN
    here = {urlsplit(settings.TRAZA_BASE_URL).netloc, request.get_host()}
    return Came.HERE if urlsplit(origin).netloc in here else Came.ELSEWHERE


def new_stamp() -> str:
    """Return the hour, signed, for a form that is being shown."""
    return signing.TimestampSigner(salt=STAMP_SALT).sign("f")


def stamp_problem(stamp: str) -> str:
    """Return "" where the form was shown long enough ago; otherwise what is odd about it."""
    signer = signing.TimestampSigner(salt=STAMP_SALT)
    try:
        signer.unsign(stamp, max_age=LONGEST)
    except signing.SignatureExpired:
        return "old"
    except signing.BadSignature:
        return "unsigned"
    try:
        signer.unsign(stamp, max_age=SHORTEST)
    except signing.SignatureExpired:
        return ""
    return "fast"


def address_of(request: HttpRequest) -> str:
    """Return the network address of who asks, behind as many proxies of ours as were declared."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies < 1 or len(hops) < proxies or not hops[-proxies]:
        return direct
    return hops[-proxies]


def address_print(request: HttpRequest) -> str:
    """Return a hash of the network address that means nothing the day after."""
    return fingerprint(f"{timezone.now():%Y-%m-%d} {address_of(request)}", "address")


class PublicForm(forms.Form):
    """A form with a trap for machines and the signed hour at which it was shown."""

    trampa = forms.CharField(
        label=_("Este campo se deja vacío"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    hora = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hora"].initial = new_stamp()

    def questions(self) -> Iterable[forms.BoundField]:
        """Yield the fields that people fill in."""
        return [field for field in self if field.name not in {"trampa", "hora"}]

    def machine_signs(self) -> list[str]:
        """Return what in a valid form speaks of a machine."""
        signs = ["trap"] if self.cleaned_data["trampa"] else []
        problem = stamp_problem(self.cleaned_data["hora"])
        return [*signs, problem] if problem else signs
