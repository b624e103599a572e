"""What the indicators publish: their public addresses and which are rendered ahead."""

from collections.abc import Iterable

from django.urls import URLPattern

from traza.indicators import indicator_paths, overview
from traza.publishing.registry import PublicPath

urlpatterns: list[URLPattern] = [
    *overview.urlpatterns,
    *indicator_paths.urlpatterns,
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the addresses of the indicators rendered at publication."""
    yield from overview.public_paths()
    yield from indicator_paths.public_paths()
