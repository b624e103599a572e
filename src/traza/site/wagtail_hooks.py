"""Wagtail finds this file by its name; the screens are in ``staff``."""

from wagtail.snippets.models import register_snippet

from traza.site import staff
from traza.site.archive_staff import ArchiveViewSet

register_snippet(ArchiveViewSet)

__all__ = ["staff"]
