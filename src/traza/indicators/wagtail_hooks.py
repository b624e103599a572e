"""Wagtail finds this file by its name; the screens are in ``staff``."""

from wagtail.snippets.models import register_snippet

from traza.indicators.staff.catalogue import CatalogueGroup

register_snippet(CatalogueGroup)
