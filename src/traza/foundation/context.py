"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from traza.foundation.models import Institute


def institute(request: HttpRequest) -> dict[str, Any]:
    """Give templates the institute's settings, and whether staff need a second factor."""
    return {
        "institute": Institute.load(request_or_site=request),
        "require_mfa": settings.TRAZA_REQUIRE_MFA,
    }
