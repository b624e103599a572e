"""The template tag that gives the address of a built file."""

from django import template

from traza.foundation.assets import asset_url

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a file of the built design: ``{% asset 'main.css' %}``."""
    return asset_url(name)
