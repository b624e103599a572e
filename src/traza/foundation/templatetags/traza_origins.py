"""Where a thing came from, for its screen."""

from typing import Any

from django import template

from traza.foundation.staff.origins import Origin, origins_of

register = template.Library()


@register.simple_tag
def origins(target: Any) -> list[Origin]:
    """Return where a thing came from."""
    return origins_of(target)
