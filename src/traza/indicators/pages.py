"""What the indicators publish: their public addresses and which are rendered ahead."""

from collections.abc import Iterable

from django.urls import URLPattern

from traza.publishing.registry import PublicPath

urlpatterns: list[URLPattern] = []


def public_paths() -> Iterable[PublicPath]:
    """Yield the addresses of the indicators rendered at publication."""
    yield from ()
