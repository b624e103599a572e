"""Wagtail finds this file by its name; the screens are in ``staff``."""

from traza.site import staff

__all__ = ["staff"]
