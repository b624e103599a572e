"""DKIM: a signature by which mailbox providers see that a mail comes from the domain it names."""

import base64
from email import message_from_bytes
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

#: Headers that are signed where a mail has them: nobody can change or add one on the way.
SIGNED = (
    "From", "To", "Subject", "Date", "Message-ID", "Reply-To", "MIME-Version", "Content-Type",
    "Auto-Submitted", "Precedence", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post",
    "Feedback-ID",
)  # fmt: skip


def signed(raw: bytes, domain: str) -> bytes:
    """Return a mail with the signature of its domain before it; as it is where no key is set."""
    if not settings.TRAZA_DKIM_SELECTOR:
        return raw
    import dkim  # 4 MB that only the process which sends signed mail needs

    mail = message_from_bytes(raw)
    headers = [name.lower().encode() for name in SIGNED if name in mail]
    signature: bytes = dkim.sign(
        raw,
        settings.TRAZA_DKIM_SELECTOR.encode(),
        domain.encode(),
        _as_read_by_dkim(settings.TRAZA_DKIM_KEY),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=[*headers, b"from"],  # once more: a second From cannot be added
    )
    return signature + raw


def public_record() -> str:
    """Return the text of the DNS record with the public half of the key."""
    public = _key(settings.TRAZA_DKIM_KEY).public_key()
    half = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(half).decode()}"


@lru_cache(maxsize=2)
def _as_read_by_dkim(pem: str) -> bytes:
    return _key(pem).private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())


def _key(pem: str) -> RSAPrivateKey:
    key = load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("RSA")
    return key
