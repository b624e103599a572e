"""Wagtail finds this file by its name; the screens are in ``staff``."""

from traza.foundation.staff import menu

__all__ = ["menu"]
