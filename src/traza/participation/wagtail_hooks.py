"""Wagtail finds this file by its name; the screens are in ``staff``."""

from traza.participation.staff import hooks

__all__ = ["hooks"]
