"""Words of the indicators' templates: fields and days in the page's language."""

from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from traza.indicators.grammar import day_words
from traza.indicators.words import current_lang, is_foreign, say
from traza.stats.period_words import SHORT_MONTHS

register = template.Library()


@register.simple_tag
def in_lang(thing: Any, field: str) -> str | SafeString:
    """Return a field in the page's language; Spanish words of an English page are marked."""
    lang = current_lang()
    words = say(thing, field, lang)
    return (
        format_html('<span lang="es">{}</span>', words) if is_foreign(thing, field, lang) else words
    )


@register.simple_tag
def short_day(day: date) -> str:
    """Return "23 nov 2026"."""
    return f"{day.day} {SHORT_MONTHS[current_lang()][day.month - 1]} {day.year}"


@register.simple_tag
def long_day(day: date) -> str:
    """Return "23 de noviembre de 2026"."""
    return day_words(day, current_lang())
