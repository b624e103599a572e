"""What is kept: who asked for mail and of what, what was cut for whom, and the issues."""

from traza.bulletin.models.digests import Delivery, Digest, DigestItem, Letter
from traza.bulletin.models.issue import Issue
from traza.bulletin.models.subscribers import (
    Consent,
    Frequency,
    Subscriber,
    Subscription,
    Suppression,
)

__all__ = [
    "Consent",
    "Delivery",
    "Digest",
    "DigestItem",
    "Frequency",
    "Issue",
    "Letter",
    "Subscriber",
    "Subscription",
    "Suppression",
]
