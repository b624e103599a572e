"""What looks like a machine waits in «Posible spam»: never refused, never lost, brought back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory

from tests.participation.conftest import stamp
from traza.foundation.public_forms import Came, address_of, came_from
from traza.participation.actions import PER_ADDRESS, PER_EMAIL
from traza.participation.models import Message, Sending

Received = Callable[..., tuple[Message, str]]


def test_a_person_is_not_taken_for_a_machine(received: Received) -> None:
    message, _address = received(texto="Vean https://example.org y https://example.com")
    assert message.signs == [] and not message.is_spam


@pytest.mark.parametrize(
    ("data", "sign"),
    [
        ({"trampa": "https://compra.example"}, "trap"),
        ({"opened": "1"}, "fast"),
        ({"opened": str(25 * 3600)}, "old"),
        ({"hora": ""}, "unsigned"),
        ({"hora": "f:1abc:firma-inventada"}, "unsigned"),
        ({"texto": "http://a.example " * 4}, "links"),
        ({"texto": "[url=http://a.example]pastillas[/url]"}, "markup"),
        ({"bare": "yes"}, "origin"),
    ],
)
def test_each_sign_of_a_machine(
    data: dict[str, str], sign: str, received: Received, client: Client
) -> None:
    data = dict(data)
    if seconds_ago := data.pop("opened", ""):
        data["hora"] = stamp(int(seconds_ago))
    message, address = received(**data)
    assert message.is_spam and sign in message.signs
    # Whoever sent it is told nothing else than a person would be.
    page = client.get(address).content.decode()
    assert message.folio in page and "spam" not in page


def test_300_in_a_burst_are_kept_and_people_still_get_through(received: Received) -> None:
    for number in range(300):
        received(texto=f"Oferta {number}", address="203.0.113.9")
        if number % 60 == 59:
            received("queja", texto=f"Persona {number}", address=f"198.51.100.{number}")
    assert Message.objects.count() == 305  # nothing is lost
    tray = Message.objects.filter(is_spam=False)
    assert tray.filter(kind="queja").count() == 5
    assert tray.filter(kind="informacion").count() == PER_ADDRESS


def test_one_address_of_mail_from_many_places(received: Received) -> None:
    for number in range(PER_EMAIL + 2):
        received(correo="Ana@example.org", address=f"198.51.100.{number}")
    apart = Message.objects.filter(is_spam=True)
    assert apart.count() == 2 and all(one.signs == ["email"] for one in apart)


def test_network_addresses_are_kept_as_hashes_only(received: Received) -> None:
    received(address="198.51.100.77", correo="ana@example.org")
    kept = str(list(Sending.objects.values())) + str(list(Message.objects.values()))
    assert "198.51.100.77" not in kept and "ana@example.org" not in kept


def test_behind_proxies_the_right_address_is_counted(settings: Any) -> None:
    request = RequestFactory().get(
        "/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 198.51.100.7"
    )
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert address_of(request) == "10.0.0.1"  # anybody can write that header
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert address_of(request) == "198.51.100.7"


@pytest.mark.parametrize(
    ("headers", "came"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, Came.HERE),
        ({"Sec-Fetch-Site": "cross-site"}, Came.ELSEWHERE),
        ({"Sec-Fetch-Site": "same-site"}, Came.ELSEWHERE),
        ({"Origin": "http://testserver"}, Came.HERE),
        ({"Origin": "https://evil.example"}, Came.ELSEWHERE),
        ({"Origin": "http://testserver.evil.example"}, Came.ELSEWHERE),
        ({"Origin": "null"}, Came.UNKNOWN),
        ({}, Came.UNKNOWN),
    ],
)
def test_the_browser_says_where_a_form_came_from(headers: dict[str, str], came: Came) -> None:
    assert came_from(RequestFactory().post("/", headers=headers)) is came


def test_what_a_person_wrote_is_brought_back(
    received: Received, signed_in: Callable[[Any], Client]
) -> None:
    message, _address = received(trampa="x")
    staff = signed_in("publisher")
    listed = staff.get("/admin/contacto/?bandeja=spam").content.decode()
    assert message.folio in listed
    assert message.folio not in staff.get("/admin/contacto/").content.decode()
    detail = staff.get(f"/admin/contacto/{message.pk}/").content.decode()
    assert "llenó el campo oculto" in detail
    staff.post(f"/admin/contacto/{message.pk}/recuperar/")
    assert message.folio in staff.get("/admin/contacto/").content.decode()
