"""Personal data at rest: sealed with a key that is derived from the installation's secret.

A copy of the database without the secret tells nobody who wrote. Sealing is authenticated
encryption (Fernet: AES-128-CBC and HMAC-SHA256); the fingerprint lets the same address be found
again without opening anything.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def seal(text: str) -> str:
    """Return a text that only this installation can read; the empty text stays empty."""
    if not text:
        return ""
    key = base64.urlsafe_b64encode(_key("seal"))
    return Fernet(key).encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str | None:
    """Return what was sealed; None where the secret is another one than then."""
    if not sealed:
        return ""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            key = base64.urlsafe_b64encode(_key("seal", secret))
            return Fernet(key).decrypt(sealed.encode("ascii")).decode()
        except InvalidToken:
            continue
    return None


def fingerprint(text: str, purpose: str) -> str:
    """Return a keyed hash: equal for equal texts, and it cannot be guessed without the secret."""
    return hmac.new(_key(purpose), text.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str, secret: str | bytes = "") -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"traza.{purpose}".encode())
    return derive.derive(force_bytes(secret or settings.SECRET_KEY))
