"""A button of the back office: one POST that does one thing, says what it did and goes back."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from traza.foundation.staff.permission import needs

Thing = TypeVar("Thing", bound=models.Model)


def button(
    permission: str,
    model: type[Thing],
    back: str,
    do: Callable[[Thing, Any], str],
    refusals: tuple[type[Exception], ...] = (),
) -> Callable[..., HttpResponse]:
    """Return the screen of a button on a thing; ``do`` returns what to say, "" for nothing.

    ``back`` is the thing's own screen. What ``do`` refuses with one of ``refusals`` is said too.
    """

    def press(request: HttpRequest, pk: int) -> HttpResponse:
        thing = get_object_or_404(model, pk=pk)
        try:
            said = do(thing, request.user)
        except refusals as error:
            messages.error(request, str(error))
        else:
            if said:
                messages.success(request, said)
        return redirect(back, pk)

    return require_POST(needs(permission)(press))
