"""What people agree to when they subscribe, and its versions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from traza.bulletin.models import Consent
from traza.foundation.audit import record
from traza.foundation.language import language


def default_consent() -> str:
    """Return the words of an institute that has not written its own, in the language in force."""
    return _(
        "El correo se usa solo para enviar lo que aquí se elige. Se guarda cifrado, no se entrega "
        "a nadie y no se registra quién abre los mensajes ni qué enlaces sigue. Cada mensaje trae "
        "con qué cambiar lo que se recibe, darse de baja o pedir que se borre todo."
    )


def shown_consent() -> str:
    """Return the words in force in the language in force."""
    consent = Consent.objects.first()
    if consent is None:
        return default_consent()
    return consent.text_en or consent.text if language() == "en" else consent.text


def consent_in_force() -> Consent:
    """Return the version in force; the first one is written when it is first needed."""
    consent = Consent.objects.first()
    if consent is None:
        with override("es-mx"):
            text = default_consent()
        with override("en"):
            text_en = default_consent()
        consent, _made = Consent.objects.get_or_create(
            version=1, defaults={"text": text, "text_en": text_en}
        )
    return consent


def write_consent(text: str, text_en: str, actor: Any) -> Consent:
    """Add a version; call it inside a transaction."""
    consent = Consent.objects.create(
        version=consent_in_force().version + 1, text=text, text_en=text_en, written_by=actor
    )
    record(actor, "consent.edited", consent)
    return consent
