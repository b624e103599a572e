"""People who write to the institute, and those who answer."""

import time
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from tests.staff.conftest import person, roles, signed_in
from traza.foundation.public_forms import new_stamp
from traza.participation.models import Message

__all__ = ["person", "roles", "signed_in"]


def stamp(seconds_ago: float = 20) -> str:
    """Return the hour of a form that was opened some time ago."""
    with patch("time.time", return_value=time.time() - seconds_ago):
        return new_stamp()


@pytest.fixture
def send(db: None) -> Callable[..., Any]:
    """Return a function that sends a form as the browser of a person does."""

    def write(kind: str = "informacion", address: str = "198.51.100.7", **data: Any) -> Any:
        headers = {"Sec-Fetch-Site": data.pop("site", "same-origin")}
        if data.pop("bare", ""):
            headers = {}
        path = data.pop("path", f"/contacto/{kind}/")
        sent = {"texto": "¿Cuándo sale el plan?", "hora": stamp(), "trampa": "", **data}
        return Client(enforce_csrf_checks=True).post(
            path, sent, headers=headers, REMOTE_ADDR=address
        )

    return write


@pytest.fixture
def received(send: Callable[..., Any]) -> Callable[..., tuple[Message, str]]:
    """Return a function that sends a form and gives the message and its address."""

    def write(*args: str, **data: Any) -> tuple[Message, str]:
        response = send(*args, **data)
        assert response.status_code == 303, response.content.decode()
        return Message.objects.latest("pk"), response.url

    return write
