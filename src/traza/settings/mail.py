"""Settings of mail whose words changed, or that need more than one variable."""

import re

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

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


def dkim_key() -> tuple[str, str]:
    """Return selector and private key with which mail is signed; both empty where it is not."""
    selector, key = env.text("TRAZA_DKIM_SELECTOR").strip(), env.text("TRAZA_DKIM_KEY").strip()
    if not selector and not key:
        return "", ""
    if not (selector and key):
        raise SettingError(
            "Para firmar el correo hacen falta las dos: TRAZA_DKIM_SELECTOR (por ejemplo, traza) y "
            "TRAZA_DKIM_KEY_FILE, el archivo con la clave privada."
        )
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", selector):
        raise SettingError(
            "TRAZA_DKIM_SELECTOR: se esperaba una palabra de letras minúsculas, cifras y guiones, "
            f"y se leyó «{selector}»."
        )
    try:
        read = load_pem_private_key(key.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SettingError(f"TRAZA_DKIM_KEY: no es una clave privada PEM ({error}).") from error
    if not isinstance(read, RSAPrivateKey) or read.key_size < 2048:
        raise SettingError("TRAZA_DKIM_KEY: se esperaba una clave RSA de 2048 bits o más.")
    return selector, key
