"""One door to the back office, with limits, and cookies that never leave it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from traza.foundation.models import AuditEntry

Enter = Callable[..., Any]


@pytest.mark.parametrize("login", ["ana", "ana@ejemplo.mx", "ANA@ejemplo.mx"])
def test_by_name_or_mail(analyst: Any, enter: Enter, login: str) -> None:
    client = Client()
    assert enter(client, login).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200
    assert AuditEntry.objects.filter(action="login", actor=analyst).count() == 1


def test_back_to_where_one_was_going(analyst: Any, enter: Enter) -> None:
    client = Client()
    asked = client.get("/admin/reports/site-history/")
    assert asked.headers["Location"] == "/admin/cuenta/login/?next=/admin/reports/site-history/"
    answer = enter(client, next="/admin/reports/site-history/")
    assert answer.headers["Location"] == "/admin/reports/site-history/"
    assert enter(Client(), next="https://malo.example/").headers["Location"] == "/admin/"


def test_the_old_door_leads_to_the_new_one(analyst: Any) -> None:
    client = Client()
    answer = client.get("/admin/login/?next=/admin/bitacora/")
    assert answer.headers["Location"] == "/admin/cuenta/login/?next=/admin/bitacora/"
    client.post("/admin/login/", {"username": "ana", "password": "una clave larga 7"}, follow=True)
    assert client.get("/admin/").status_code == 302


def test_wrong_words_say_one_thing_for_all(analyst: Any, enter: Enter) -> None:
    for login, password in [("ana", "otra"), ("nadie", "otra"), ("no@ejemplo.mx", "otra")]:
        page = enter(Client(), login, password).content.decode()
        assert "El usuario o la contraseña no son correctos." in page
    entries = AuditEntry.objects.filter(action="login_failed")
    # What was typed in place of a name may be a password: it is not kept.
    assert sorted(e.target_label for e in entries) == ["", "", "ana"]


def test_guessing_is_slowed_down(analyst: Any, enter: Enter) -> None:
    for number in range(8):
        enter(Client(), password=f"intento {number}")
    answer = enter(Client())
    assert "Demasiados intentos fallidos" in answer.content.decode()
    assert "traza_staff" not in answer.cookies
    # Each account has its own count: nobody locks the others out.
    assert "Demasiados" not in enter(Client(), "otra", "x").content.decode()


def test_many_requests_from_one_place_are_refused(analyst: Any) -> None:
    answers = [Client().post("/admin/cuenta/login/", {"login": "x"}).status_code for _ in range(32)]
    assert answers[:5] == [200] * 5
    assert answers[-1] == 429


def test_the_address_behind_a_proxy_is_the_readers(
    analyst: Any, enter: Enter, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(31):
        Client(headers={"x-forwarded-for": "198.51.100.7"}).post(
            "/admin/cuenta/login/", {"login": str(number)}
        )
    refused = Client(headers={"x-forwarded-for": "203.0.113.1, 198.51.100.7"})
    assert enter(refused).status_code == 429
    assert enter(Client(headers={"x-forwarded-for": "198.51.100.8"})).status_code == 302


def test_nobody_floods_a_mailbox_with_new_passwords(analyst: Any) -> None:
    for _ in range(5):
        answer = Client().post("/admin/password_reset/", {"email": "ana@ejemplo.mx"})
    assert answer.status_code == 429
    assert len(mail.outbox) == 3


def test_nobody_signs_up(analyst: Any) -> None:
    assert Client().get("/admin/cuenta/signup/").status_code == 302
    Client().post("/admin/cuenta/signup/", {"username": "x", "email": "x@x.mx", "password1": "y"})
    assert not type(analyst).objects.filter(username="x").exists()


def test_a_closed_account_does_not_enter(analyst: Any, enter: Enter) -> None:
    analyst.is_active = False
    analyst.save()
    client = Client()
    enter(client)
    assert client.get("/admin/").status_code == 302


def test_cookies_belong_to_the_back_office(analyst: Any, enter: Enter) -> None:
    client = Client()
    answer = enter(client)
    cookie = answer.cookies["traza_staff"]
    assert cookie["path"] == "/admin/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["max-age"]
    assert settings.CSRF_COOKIE_PATH == "/admin/"


def test_without_a_token_nothing_is_posted(analyst: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/cuenta/login/", {"login": "ana", "password": "una clave larga 7"})
    assert answer.status_code == 403


def test_leaving_ends_the_session(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    client.get("/admin/cuenta/logout/")
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert AuditEntry.objects.filter(action="logout", actor=analyst).count() == 1


@pytest.mark.parametrize("address", ["/admin/cuenta/login/", "/admin/cuenta/2fa/activate/"])
def test_where_a_password_is_typed_no_foreign_script_runs(analyst: Any, address: str) -> None:
    answer = Client().get(address, follow=True)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert "<script" not in page
    assert " style=" not in page
