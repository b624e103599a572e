"""What every template may use."""

from typing import Any

from django.http import HttpRequest

from traza.foundation.models import Institute


def institute(request: HttpRequest) -> dict[str, Any]:
    """Give templates the institute's settings as ``institute``."""
    return {"institute": Institute.load(request_or_site=request)}
