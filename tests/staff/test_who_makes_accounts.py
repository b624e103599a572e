"""An administrator enters people and gives them roles, and cannot make anybody more than that."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from traza.foundation.roles import ANALYST, group_of

NEW = reverse("wagtailusers_users:add")


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "username": "nueva",
        "email": "nueva@example.org",
        "first_name": "Nueva",
        "last_name": "Persona",
        "password1": "Cerro-azul-77",
        "password2": "Cerro-azul-77",
        "groups": [group_of(ANALYST).pk],
        **changes,
    }


def edit(person: Any) -> str:
    return reverse("wagtailusers_users:edit", args=[person.pk])


@pytest.fixture
def boss(signed_in: Callable[[Any], Client]) -> Client:
    return signed_in("administrator")


@pytest.fixture
def root(db: None) -> Any:
    return get_user_model().objects.create_superuser("raiz", "raiz@example.org", "una clave 77")


def test_a_new_person_has_the_roles_that_were_ticked(boss: Client) -> None:
    assert boss.post(NEW, typed()).status_code == 302
    made = get_user_model().objects.get(username="nueva")
    assert [group.name for group in made.groups.all()] == ["Analista"]
    assert "Analista" in boss.get(reverse("wagtailusers_users:index")).content.decode()


def test_an_administrator_makes_nobody_owner_of_the_system(
    boss: Client, person: Callable[..., Any]
) -> None:
    assert 'name="is_superuser"' not in boss.get(NEW).content.decode()
    boss.post(NEW, typed(is_superuser="on"))
    assert not get_user_model().objects.get(username="nueva").is_superuser

    ana = person("analyst", "ana")
    kept = typed(username="ana", password1="", password2="", is_superuser="on")
    assert boss.post(edit(ana), kept).status_code == 302
    ana.refresh_from_db()
    assert not ana.is_superuser


def test_the_owner_of_the_system_is_not_changed_by_an_administrator(
    boss: Client, root: Any
) -> None:
    for response in (boss.get(edit(root)), boss.post(edit(root), typed(username="raiz"))):
        assert response.status_code == 302 and response.url == "/admin/"
    root.refresh_from_db()
    assert root.check_password("una clave 77") and root.is_superuser


def test_the_owner_of_the_system_is_not_taken_off_by_an_administrator(
    boss: Client, root: Any, person: Callable[..., Any]
) -> None:
    boss.post(reverse("traza_take_off", args=[root.pk]), {"heir": person("analyst").pk})
    root.refresh_from_db()
    assert root.is_active


def test_the_owner_of_the_system_may_make_another(
    root: Any, signed_in: Callable[[Any], Client]
) -> None:
    signed_in(root).post(NEW, typed(is_superuser="on"))
    assert get_user_model().objects.get(username="nueva").is_superuser


def test_an_account_is_closed_only_by_handing_its_work_over(
    boss: Client, person: Callable[..., Any]
) -> None:
    ana = person("analyst", "ana")
    assert 'name="is_active"' not in boss.get(edit(ana)).content.decode()
    boss.post(edit(ana), typed(username="ana", password1="", password2=""))
    many = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    boss.post(f"{many}?id={ana.pk}", {"mark_as_active": ""})
    ana.refresh_from_db()
    assert ana.is_active


def test_a_closed_account_offers_to_be_opened_again(
    boss: Client, person: Callable[..., Any]
) -> None:
    ana = person("analyst", "ana")
    get_user_model().objects.filter(pk=ana.pk).update(is_active=False)
    listed = boss.get(reverse("wagtailusers_users:index")).content.decode()
    assert "Volver a dar de alta" in listed


def test_nothing_typed_is_lost_when_a_person_is_refused(boss: Client) -> None:
    page = boss.post(NEW, typed(password2="otra", first_name="Guadalupe")).content.decode()
    assert 'value="Guadalupe"' in page and 'value="nueva@example.org"' in page
