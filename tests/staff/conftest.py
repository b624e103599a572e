"""People of the staff, one for each role, signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from traza.foundation.roles import ROLES, create_roles, group_of


@pytest.fixture
def roles(db: None) -> None:
    """Make the four roles."""
    report = create_roles()
    assert report.unknown == []


@pytest.fixture
def person(roles: None) -> Callable[[str], Any]:
    """Return a maker of people: ``person("analyst")``."""
    known = {role.code: role for role in ROLES}

    def make(role: str, username: str = "") -> Any:
        user = get_user_model().objects.create_user(
            username or role, f"{username or role}@example.org", "una clave larga 7"
        )
        user.groups.add(group_of(known[role]))
        return user

    return make


@pytest.fixture
def signed_in(person: Callable[[str], Any]) -> Callable[[Any], Client]:
    """Return a maker of browsers in which a person is signed in."""

    def make(who: Any) -> Client:
        if isinstance(who, str):
            known = get_user_model().objects.filter(username=who).first()
            who = known or person(who)
        client = Client(enforce_csrf_checks=False)
        client.force_login(who)
        return client

    return make
