"""Wagtail finds this file by its name; the screens are in ``staff``."""

from wagtail.snippets.models import register_snippet

from traza.publishing.staff import desk
from traza.publishing.staff.places import PlacesGroup

register_snippet(PlacesGroup)

__all__ = ["desk"]
