"""Addresses of signing in, in place of Wagtail's own: one door, with its limits and second factor.

Only what staff need of django-allauth is here: no sign-up, no mail addresses to manage.
"""

from allauth.account import views as account
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin.views.account import PasswordResetView


def password_reset(request: HttpRequest) -> HttpResponseBase:
    """Wagtail's screen to recover a password, which mails nobody more than a few times."""
    if request.method == "POST":
        key = request.POST.get("email", "").strip().lower()
        refused: HttpResponseBase | None = ratelimit.consume_or_429(
            request, action="reset_password", key=key
        )
        if refused is not None:
            return refused
    answer: HttpResponseBase = PasswordResetView.as_view()(request)
    return answer


urlpatterns = [
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("password_reset/", password_reset),
    path("cuenta/login/", account.login, name="account_login"),
    path("cuenta/logout/", account.logout, name="account_logout"),
    path("cuenta/inactive/", account.account_inactive, name="account_inactive"),
    path("cuenta/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("cuenta/2fa/", include("allauth.mfa.urls")),
]
