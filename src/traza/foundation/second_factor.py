"""The second factor of staff: who has one, taking it off, and what the audit keeps of sign-ins."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from traza.foundation.audit import record
from traza.foundation.people import end_sessions


def has_second_factor(person: Any) -> bool:
    """Return whether a person signs in with a code beside the password."""
    return bool(
        Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists()
    )


@transaction.atomic
def remove_second_factor(person: AbstractBaseUser, *, actor: AbstractBaseUser | None) -> bool:
    """Take off a person's second factor (a lost phone) and end their sessions.

    Returns False where there was none. Where the second factor is required, the person sets up
    another one when they next sign in.
    """
    removed, _details = Authenticator.objects.filter(user_id=person.pk).delete()
    if not removed:
        return False
    record(actor, "second_factor.removed", person, sessions=end_sessions(person))
    return True


# --- What the audit keeps ---------------------------------------------------------------------


@receiver(user_logged_in, dispatch_uid="traza.login")
def _logged_in(user: Any, **_details: Any) -> None:
    record(user, "login")


@receiver(user_logged_out, dispatch_uid="traza.logout")
def _logged_out(user: Any, **_details: Any) -> None:
    if user is not None:
        record(user, "logout")


@receiver(user_login_failed, dispatch_uid="traza.login_failed")
def _login_failed(credentials: dict[str, Any], **_details: Any) -> None:
    """Note whose account was tried; what belongs to nobody may be a password and is not kept."""
    tried = credentials.get("username") or credentials.get("email") or ""
    people = get_user_model()._default_manager
    person = people.filter(username=tried).first() or people.filter(email__iexact=tried).first()
    record(None, "login_failed", person if tried else None)


@receiver(authentication_failed, dispatch_uid="traza.second_factor_failed")
def _code_failed(user: Any, **_details: Any) -> None:
    record(None, "second_factor.failed", user)


@receiver(post_save, sender=Authenticator, dispatch_uid="traza.second_factor_added")
def _added(instance: Any, created: bool, **_details: Any) -> None:
    if created and instance.type == Authenticator.Type.TOTP:
        record(instance.user, "second_factor.added", instance.user)


@receiver(authenticator_removed, dispatch_uid="traza.second_factor_removed")
def _removed(user: Any, authenticator: Any, **_details: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        record(user, "second_factor.removed", user)


@receiver(authenticator_reset, dispatch_uid="traza.recovery_codes")
def _codes_renewed(user: Any, **_details: Any) -> None:
    record(user, "recovery_codes.renewed", user)
