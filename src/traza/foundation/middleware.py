"""Headers that every answer carries, and the second factor where it is required."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

PUBLIC_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
# Wagtail's own screens hold a few inline scripts and styles; nobody but staff sees them.
STAFF_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'"
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
STAFF = "/admin/"
#: Where a password is typed: the strict policy, and open before the second factor is set up.
ACCOUNT = "/admin/cuenta/"
#: What a person without the required second factor still reaches: signing out.
WITHOUT_FACTOR = (ACCOUNT, "/admin/logout/")

GetResponse = Callable[[HttpRequest], HttpResponse]


class SecurityHeaders:
    """Sets the strict content policy on public and account pages, the back office's on its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and add the headers unless a view set its own."""
        response = self.get_response(request)
        staff = request.path.startswith(STAFF) and not request.path.startswith(ACCOUNT)
        policy = STAFF_POLICY if staff else PUBLIC_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class RequireSecondFactor:
    """Sends staff who have no second factor to set one up before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or redirect."""
        if (
            settings.TRAZA_REQUIRE_MFA
            and request.path.startswith(STAFF)
            and not request.path.startswith(WITHOUT_FACTOR)
            and request.user.is_authenticated
        ):
            from traza.foundation.second_factor import has_second_factor  # needs the models

            if not has_second_factor(request.user):
                return redirect("mfa_activate_totp")
        return self.get_response(request)
