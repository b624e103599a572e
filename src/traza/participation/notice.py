"""The short privacy notice that stands beside every form of an institute without its own."""

from django.conf import settings
from django.utils.translation import gettext as _


def default_notice() -> str:
    """Return the notice of an institute that has not written its own, in the language in force."""
    return _(
        "El nombre y el correo se piden solo para responder. Se guardan cifrados, con los archivos "
        "y aparte de lo que se escribe; los ve únicamente quien atiende el asunto y se borran "
        "%(days)d días después de cerrado el asunto, o antes si se pide. No se entregan a nadie, "
        "salvo que una ley lo obligue. Los derechos de acceso, rectificación, cancelación y "
        "oposición se ejercen en la página de contacto."
    ) % {"days": settings.TRAZA_KEEP_IDENTITY_DAYS}
