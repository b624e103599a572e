"""Wagtail finds this file by its name; the screens are in ``staff``."""

from traza.bulletin.staff import hooks

__all__ = ["hooks"]
