"""Beside the password, a code that changes on the phone; required where the institute says so."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from traza.foundation.models import AuditEntry
from traza.foundation.roles import ADMINISTRATOR, group_of
from traza.foundation.second_factor import has_second_factor

Enter = Callable[..., Any]
ACTIVATE = "/admin/cuenta/2fa/totp/activate/"
ASK = "/admin/cuenta/2fa/authenticate/"


@pytest.fixture
def required(settings: Any) -> None:
    settings.TRAZA_REQUIRE_MFA = True


def code_of(secret: str, offset: int = 0) -> str:
    """Return what the phone shows; each code serves once, so tests forget the used ones."""
    cache.clear()
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + offset))


def activate(client: Client) -> str:
    page = client.get(ACTIVATE).content.decode()
    match = re.search(r'id="secret">([A-Z2-7]+)<', page)
    assert match
    answer = client.post(ACTIVATE, {"code": code_of(match[1])})
    assert answer.headers["Location"] == "/admin/cuenta/2fa/recovery-codes/"
    return match[1]


def test_the_whole_way_where_it_is_required(required: None, analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    for address in ("/admin/", "/admin/bitacora/", "/admin/account/"):
        assert client.get(address).headers["Location"] == ACTIVATE
    assert client.post("/admin/pages/1/delete/").headers["Location"] == ACTIVATE
    page = client.get(ACTIVATE).content.decode()
    assert "obligatorio" in page
    assert 'src="data:image/svg+xml;base64,' in page
    secret = activate(client)
    assert client.get("/admin/").status_code == 200

    again = Client()
    assert enter(again).headers["Location"] == ASK
    # The password alone opens nothing.
    assert again.get("/admin/").status_code == 302
    assert "no es correcto" in again.post(ASK, {"code": "000000"}).content.decode()
    assert again.get("/admin/").status_code == 302
    assert again.post(ASK, {"code": code_of(secret)}).headers["Location"] == "/admin/"
    assert again.get("/admin/").status_code == 200
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"second_factor.added", "second_factor.failed", "login"} <= actions


def test_a_code_serves_once(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    secret = activate(client)
    code = code_of(secret)
    first, second = Client(), Client()
    enter(first)
    enter(second)
    assert first.post(ASK, {"code": code}).status_code == 302
    assert "sirve una sola vez" in second.post(ASK, {"code": code}).content.decode()


def test_codes_are_not_guessed(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    secret = activate(client)
    thief = Client()
    enter(thief)
    good = code_of(secret)
    for number in range(9):
        page = thief.post(ASK, {"code": f"{number:06}"}).content.decode()
    assert "Demasiados intentos fallidos" in page
    assert thief.post(ASK, {"code": good}).status_code == 200


def test_without_the_phone_a_recovery_code_serves_once(
    required: None, analyst: Any, enter: Enter
) -> None:
    client = Client()
    enter(client)
    activate(client)
    page = client.get("/admin/cuenta/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>([^<]+)</code>", page)
    assert len(codes) == 10
    download = client.get("/admin/cuenta/2fa/recovery-codes/download/")
    assert codes[0] in download.content.decode()
    for expected in (302, 200):
        other = Client()
        enter(other)
        cache.clear()
        assert other.post(ASK, {"code": codes[0]}).status_code == expected
    index = client.get("/admin/cuenta/2fa/").content.decode()
    assert "Quedan 9 códigos" in index
    assert client.post("/admin/cuenta/2fa/recovery-codes/generate/").status_code == 302
    renewed = client.get("/admin/cuenta/2fa/recovery-codes/").content.decode()
    assert codes[1] not in renewed


def test_it_is_not_taken_off_where_it_is_required(
    required: None, analyst: Any, enter: Enter
) -> None:
    client = Client()
    enter(client)
    activate(client)
    answer = client.post("/admin/cuenta/2fa/totp/deactivate/")
    assert "es obligatorio" in answer.content.decode()
    assert has_second_factor(analyst)


def test_it_is_optional_elsewhere(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    assert client.get("/admin/").status_code == 200
    assert "Sin activar" in client.get("/admin/cuenta/2fa/").content.decode()
    activate(client)
    assert client.post("/admin/cuenta/2fa/totp/deactivate/").status_code == 302
    assert not has_second_factor(analyst)


def test_changing_it_later_asks_who_one_is(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    session = client.session
    for entry in session["account_authentication_methods"]:
        entry["at"] -= 3600
    session.save()
    asked = client.get(ACTIVATE)
    assert asked.headers["Location"].startswith("/admin/cuenta/reauthenticate/")
    wrong = client.post(asked.headers["Location"], {"password": "otra"})
    assert "La contraseña no es correcta." in wrong.content.decode()
    right = client.post(asked.headers["Location"], {"password": "una clave larga 7"})
    assert right.headers["Location"] == ACTIVATE
    assert client.get(ACTIVATE).status_code == 200


def test_administration_helps_who_lost_the_phone(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    activate(client)
    admin = get_user_model().objects.create_user("rosa", "r@ejemplo.mx", "otra clave larga 8")
    admin.groups.add(group_of(ADMINISTRATOR))
    desk = Client()
    desk.force_login(admin)
    address = reverse("traza_remove_factor", args=[analyst.pk])
    assert "Quitar el segundo factor de ana" in desk.get(address).content.decode()
    assert has_second_factor(analyst)
    desk.post(address)
    assert not has_second_factor(analyst)
    assert client.get("/admin/").status_code == 302
    assert AuditEntry.objects.filter(action="second_factor.removed", actor=admin).exists()


def test_the_account_above_all_is_helped_only_by_its_like(analyst: Any, enter: Enter) -> None:
    client = Client()
    enter(client)
    activate(client)
    analyst.is_superuser = True
    analyst.save()
    admin = get_user_model().objects.create_user("rosa", "r@ejemplo.mx", "otra clave larga 8")
    admin.groups.add(group_of(ADMINISTRATOR))
    desk = Client()
    desk.force_login(admin)
    desk.post(reverse("traza_remove_factor", args=[analyst.pk]))
    assert has_second_factor(analyst)
    call_command("remove_second_factor", "ana")
    assert not has_second_factor(analyst)
    with pytest.raises(CommandError, match="No hay ninguna cuenta «nadie»"):
        call_command("remove_second_factor", "nadie")
