"""The short privacy notice that stands beside every form, and its versions."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from traza.foundation.audit import record
from traza.participation.models import PrivacyNotice


def default_notice() -> str:
    """Return the notice of an institute that has not written its own, in the language in force."""
    return _(
        "El nombre y el correo se piden solo para responder. Se guardan cifrados, con los archivos "
        "y aparte de lo que se escribe; los ve únicamente quien atiende el asunto y se borran "
        "%(days)d días después de cerrado el asunto, o antes si se pide. No se entregan a nadie, "
        "salvo que una ley lo obligue. Los derechos de acceso, rectificación, cancelación y "
        "oposición se ejercen en la página de contacto."
    ) % {"days": settings.TRAZA_KEEP_IDENTITY_DAYS}


def shown_notice() -> str:
    """Return the notice in force in the language in force."""
    notice = PrivacyNotice.objects.first()
    if notice is None:
        return default_notice()
    english = (get_language() or "").startswith("en")
    return notice.text_en or notice.text if english else notice.text


def notice_in_force() -> PrivacyNotice:
    """Return the version in force; the first one is written when it is first needed."""
    notice = PrivacyNotice.objects.first()
    if notice is None:
        with override("es-mx"):
            text = default_notice()
        with override("en"):
            text_en = default_notice()
        notice, _made = PrivacyNotice.objects.get_or_create(
            version=1, defaults={"text": text, "text_en": text_en}
        )
    return notice


def write_notice(text: str, text_en: str, actor: Any) -> PrivacyNotice:
    """Add a version; call it inside a transaction."""
    notice = PrivacyNotice.objects.create(
        version=notice_in_force().version + 1, text=text, text_en=text_en, written_by=actor
    )
    record(actor, "privacy_notice.edited", notice)
    return notice
