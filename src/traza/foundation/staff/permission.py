"""Who may open a screen of the back office."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpResponse
from wagtail.admin.auth import permission_required

Screen = TypeVar("Screen", bound=Callable[..., HttpResponse])


def needs(permission: str) -> Callable[[Screen], Screen]:
    """Open the screen only to who has the permission; others go back to the desk with a message.

    Nobody who has not signed in gets this far: Wagtail sends them to the login first.
    """
    guard: Any = permission_required(permission)

    def decorate(screen: Screen) -> Screen:
        return cast(Screen, guard(screen))

    return decorate
