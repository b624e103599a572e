"""Settings of mail whose words changed, or that need more than one variable."""

from traza.foundation.setting_error import SettingError
from traza.settings import env


def mail_security() -> str:
    """Return how the connection is protected: none, starttls or tls.

    Until 0.1.0 ``TRAZA_EMAIL_TLS=1`` asked for STARTTLS and ``TRAZA_EMAIL_BACKEND`` chose to send.
    """
    if env.text("TRAZA_EMAIL_BACKEND") and not env.text("TRAZA_EMAIL_HOST"):
        raise SettingError(
            "TRAZA_EMAIL_BACKEND ya no se usa. Para enviar por un servidor de correo se escribe "
            "TRAZA_EMAIL_HOST (por ejemplo, localhost); sin él, cada correo es un archivo."
        )
    if not env.text("TRAZA_EMAIL_SECURITY") and env.flag("TRAZA_EMAIL_TLS"):
        return "starttls"
    return env.choice("TRAZA_EMAIL_SECURITY", ("none", "starttls", "tls"))
