"""Personal data at rest: sealed with a key that is derived from the installation's secret.

A copy of the database without the secret tells nobody who wrote. Sealing is authenticated
encryption (Fernet: AES-128-CBC and HMAC-SHA256; files AES-256-GCM in parts); the fingerprint lets
the same address be found again without opening anything.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
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


#: A sealed file: this mark, then parts, each a nonce, its length and its ciphertext. The number of
#: the part and whether it is the last are sealed along: none can be cut off, moved or exchanged.
_FILE_MARK = b"TRZ1"


def seal_parts(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a content sealed, part by part."""
    cipher = AESGCM(_key("file"))
    yield _FILE_MARK
    number, waiting = 0, b""
    for part in parts:
        if number:
            yield _sealed_part(cipher, number, waiting, last=False)
        number, waiting = number + 1, part
    yield _sealed_part(cipher, max(number, 1), waiting, last=True)


def _sealed_part(cipher: AESGCM, number: int, part: bytes, *, last: bool) -> bytes:
    nonce = os.urandom(12)
    closed = cipher.encrypt(nonce, part, f"{number}.{last:d}".encode())
    return nonce + len(closed).to_bytes(4, "big") + closed


def unseal_parts(path: Path) -> Iterator[bytes] | None:
    """Yield what was sealed in a file; None where the secret is another one or it is damaged.

    Every part is opened once before the first is given: half a file never leaves.
    """
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        cipher = AESGCM(_key("file", secret))
        try:
            for _part in _opened(path, cipher):
                pass
        except (InvalidTag, ValueError):
            continue
        return _opened(path, cipher)
    return None


def _opened(path: Path, cipher: AESGCM) -> Iterator[bytes]:
    with path.open("rb") as file:
        if file.read(len(_FILE_MARK)) != _FILE_MARK:
            raise ValueError("not a sealed file")
        end, number = path.stat().st_size, 0
        while file.tell() < end:
            number += 1
            nonce, length = file.read(12), int.from_bytes(file.read(4), "big")
            closed = file.read(length)
            last = file.tell() >= end
            yield cipher.decrypt(nonce, closed, f"{number}.{last:d}".encode())
