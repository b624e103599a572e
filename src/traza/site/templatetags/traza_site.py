"""Words and addresses in the reader's language."""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.foundation.templatetags.traza_dates import long_date
from traza.publishing.registry import registry

register = template.Library()
register.filter(long_date)


def _english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def words(thing: Any, field: str) -> str | SafeString:
    """Return a field of a thing in the page's language.

    Where there is no English, the Spanish words stand, marked with their language.
    """
    spanish = str(getattr(thing, field, "") or "")
    if not _english():
        return spanish
    english = str(getattr(thing, f"{field}_en", "") or "")
    if english or not spanish:
        return english
    return format_html('<span lang="es">{}</span>', spanish)


@register.filter
def plain_words(thing: Any, field: str) -> str:
    """Return a field in the page's language without markup (titles, attributes)."""
    spanish = str(getattr(thing, field, "") or "")
    return str(getattr(thing, f"{field}_en", "") or "") or spanish if _english() else spanish


@register.filter
def localised(path: str) -> str:
    """Return a public path in the page's language."""
    return f"/en{path}" if _english() and path.startswith("/") else path


@register.filter
def kind_name(kind: str) -> str:
    """Return the word for a kind of publication."""
    words = registry.kinds.get(kind)
    return str(words.one) if words else kind


@register.filter
def kind_names(kind: str) -> str:
    """Return the word for several publications of a kind, to begin a line."""
    words = registry.kinds.get(kind)
    return str(words.many) if words else kind.capitalize()


@register.filter
def short_date(day: date | datetime | None) -> str:
    """Write a day in short: «23 nov 2026», "23 Nov 2026"."""
    if day is None:
        return ""
    text = date_format(_local(day), "j M Y")
    return text if _english() else text.lower()


def _local(day: date | datetime) -> date | datetime:
    return timezone.localtime(day) if isinstance(day, datetime) else day


@register.filter
def level_name(level: str) -> str:
    """Return the word for a level of territory."""
    return {
        "world": _("Mundo"),
        "group": _("Grupo de países"),
        "country": _("País"),
        "state": _("Estado"),
        "metro": _("Zona metropolitana"),
        "municipality": _("Municipio"),
        "locality": _("Localidad"),
        "colonia": _("Colonia"),
    }.get(level, level)
