"""The addresses that only one subscriber has, each good for one purpose.

They hold the subscriber's key, signed with the installation's secret under the name of the
purpose: one of them cannot be made into another, and nothing about them is kept. Who knows one
acts as its owner; nothing happens by opening it.
"""

from django.conf import settings
from django.core import signing

from traza.bulletin.models.subscribers import CONFIRM_WITHIN, Subscriber
from traza.foundation.language import prefix

#: Letters of a signature never hold a point.
_SEPARATOR = "."
CONFIRM, PREFERENCES, LEAVE = "confirmar", "preferencias", "baja"


class KeyExpired(Exception):
    """The address was good once and is too old."""


def address(purpose: str, key: str, lang: str = "") -> str:
    """Return the whole address of a subscriber for a purpose, in a language."""
    token = _signer(purpose).sign(key)
    return f"{settings.TRAZA_BASE_URL}{prefix(lang)}/boletin/{purpose}/{token}/"


def key_of(purpose: str, token: str) -> str | None:
    """Return the key in an address; None where nobody signed it for this purpose.

    Raises:
        KeyExpired: it is older than the time in which a subscription must be confirmed.
    """
    signer = _signer(purpose)
    try:
        if isinstance(signer, signing.TimestampSigner):
            return signer.unsign(token, max_age=CONFIRM_WITHIN)
        return signer.unsign(token)
    except signing.SignatureExpired as error:
        raise KeyExpired from error
    except signing.BadSignature:
        return None


def owner_of(key: str) -> Subscriber | None:
    """Return whose key it is; None where that person was forgotten."""
    return Subscriber.objects.filter(key=key).first()


def _signer(purpose: str) -> signing.Signer:
    kind = signing.TimestampSigner if purpose == CONFIRM else signing.Signer
    return kind(sep=_SEPARATOR, salt=f"traza.bulletin.{purpose}")
