"""Wagtail finds this file by its name; the screens are in ``staff``."""

from wagtail.snippets.models import register_snippet

from traza.publishing.staff import desk
from traza.publishing.staff.places import PlacesGroup
from traza.publishing.staff.silence import SilenceViewSet

register_snippet(PlacesGroup)
register_snippet(SilenceViewSet)

__all__ = ["desk"]
