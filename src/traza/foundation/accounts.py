"""How staff sign in: user name or mail, password, and a second factor."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from traza.foundation.models import Institute

#: Seconds during which a sign-in vouches for the person before the account itself is changed.
JUST_NOW = 300
WRONG = _("El usuario o la contraseña no son correctos.")


class StaffAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator enters staff."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Esta cuenta está cerrada."),
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _("La contraseña no es correcta."),
        "too_many_login_attempts": _(
            "Demasiados intentos fallidos. Hay que esperar cinco minutos y volver a intentar."
        ),
        "rate_limited": _("Demasiados intentos. Hay que esperar unos minutos y volver a intentar."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: registration is closed."""
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Return whether to ask who one is again; not of who has just signed in."""
        records = get_authentication_records(self.request, self.request.user)
        recent = bool(records) and time.time() - records[-1]["at"] < JUST_NOW
        return not recent and bool(super().is_reauthentication_required(app=app))


class StaffMFAAdapter(DefaultMFAAdapter):
    """The second factor: named after the institute, and not removed where it is required."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "El código no es correcto. Cambia cada 30 segundos y sirve una sola vez: "
            "hay que esperar el siguiente."
        ),
        "cannot_delete_authenticator": _(
            "En este instituto el segundo factor es obligatorio. Para cambiar de teléfono, "
            "Administración quita el actual."
        ),
        "cannot_generate_recovery_codes": _("Primero hay que activar la aplicación de códigos."),
        "rate_limited": _("Demasiados códigos fallidos. Hay que esperar unos minutos."),
    }

    def get_totp_issuer(self) -> str:
        """Return the name that the app of codes shows."""
        return Institute.load().short_name or "Traza"

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Return whether a person may remove their own second factor."""
        return not settings.TRAZA_REQUIRE_MFA
