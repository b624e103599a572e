"""People who sign in through the real door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

from traza.foundation.roles import ANALYST, create_roles, group_of

PASSWORD = "una clave larga 7"


@pytest.fixture
def analyst(db: None) -> Any:
    """Make an analyst with a password; the limits of sign-in start from nothing."""
    call_command("createcachetable", verbosity=0)
    cache.clear()
    create_roles()
    user = get_user_model().objects.create_user("ana", "ana@ejemplo.mx", PASSWORD)
    user.groups.add(group_of(ANALYST))
    return user


@pytest.fixture
def enter() -> Callable[..., Any]:
    """Return a function that types name and password at the door."""

    def type_in(client: Client, login: str = "ana", password: str = PASSWORD, **more: str) -> Any:
        data = {"login": login, "password": password, **more}
        return client.post("/admin/cuenta/login/", data)

    return type_in
