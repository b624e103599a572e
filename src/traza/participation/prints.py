"""Hashes by which something is found again without being kept."""

from hashlib import sha256

from traza.foundation.sealing import fingerprint


def email_print(email: str) -> str:
    """Return the keyed hash by which an e-mail address is found again."""
    return fingerprint(email.strip().casefold(), "email") if email.strip() else ""


def secret_hash(secret: str) -> str:
    """Return what is kept of the secret part of an address."""
    return sha256(secret.encode()).hexdigest()
