"""Dates in the reader's language."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

register = template.Library()


@register.filter
def long_date(day: date | datetime | None) -> str:
    """Write a day in full: «23 de noviembre de 2026», "23 November 2026"."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    if (get_language() or "").startswith("en"):
        return date_format(day, "j F Y")
    return date_format(day, r"j \d\e F \d\e Y").lower()
