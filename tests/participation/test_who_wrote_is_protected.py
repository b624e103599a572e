"""Who wrote is kept apart and sealed, seen by few, taken away, and forgotten on its day."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from traza.foundation.sealing import fingerprint, seal, unseal
from traza.participation.models import Identity, Message, PrivacyNotice, Sending

Received = Callable[..., tuple[Message, str]]
SignedIn = Callable[[Any], Client]
ANA = {"nombre": "Ana Ruiz", "correo": "ana@example.org"}


def test_sealed_text_is_read_only_with_the_secret(settings: Any) -> None:
    sealed = seal("Ana Ruiz")
    assert "Ana" not in sealed and sealed != seal("Ana Ruiz")
    assert unseal(sealed) == "Ana Ruiz" and unseal(seal("")) == ""
    print_ = fingerprint("ana@example.org", "email")
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "otra clave " * 6
    assert unseal(sealed) is None
    assert fingerprint("ana@example.org", "email") != print_
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "Ana Ruiz"


def test_nothing_in_the_database_says_who_wrote(received: Received) -> None:
    message, _address = received("queja", **ANA)
    everything = str([list(model.objects.values()) for model in (Message, Identity, Sending)])
    assert "Ana" not in everything and "ana@" not in everything
    assert message.identity.name == "Ana Ruiz" and message.identity.email == "ana@example.org"


def test_only_who_attends_sees_who_wrote(received: Received, signed_in: SignedIn) -> None:
    message, _address = received("queja", **ANA)
    for role, sees in (("publisher", True), ("administrator", True), ("analyst", False)):
        page = signed_in(role).get(f"/admin/contacto/{message.pk}/").content.decode()
        assert ("Ana Ruiz" in page) == sees == ("ana@example.org" in page)


def test_another_secret_is_said_and_breaks_nothing(
    received: Received, signed_in: SignedIn, settings: Any
) -> None:
    message, address = received("queja", **ANA)
    settings.SECRET_KEY = "otra clave " * 6
    page = signed_in("administrator").get(f"/admin/contacto/{message.pk}/").content.decode()
    assert "se guardó con otra clave secreta" in page
    assert Client().get(address).status_code == 200


def test_who_wrote_is_forgotten_when_the_time_is_over(
    received: Received, signed_in: SignedIn, settings: Any, client: Client
) -> None:
    settings.TRAZA_KEEP_IDENTITY_DAYS = 90
    message, address = received("queja", **ANA)
    open_one, _address = received("queja", **ANA)
    signed_in("publisher").post(f"/admin/contacto/{message.pk}/cerrar/", {"reason": "Resuelto."})
    today = timezone.localdate()
    message.refresh_from_db()
    assert message.identity.erase_on == today + timedelta(days=90)
    call_command("tick")
    assert Identity.objects.count() == 2
    Identity.objects.filter(message=message).update(erase_on=today)
    call_command("tick")
    assert [one.message for one in Identity.objects.all()] == [open_one]
    page = client.get(address).content.decode()
    assert "No se guarda ningún nombre" in page and message.folio in page


def test_counts_of_sendings_last_a_day(received: Received) -> None:
    received()
    Sending.objects.update(at=timezone.now() - timedelta(hours=25))
    call_command("tick")
    assert not Sending.objects.exists()


def test_a_person_asks_to_be_forgotten_and_is(received: Received, client: Client) -> None:
    message, address = received("queja", **ANA)
    assert client.get(f"{address}borrar/").status_code == 405  # looking changes nothing
    cross = client.post(f"{address}borrar/", headers={"Sec-Fetch-Site": "cross-site"})
    assert cross.status_code == 303 and Identity.objects.exists()
    client.post(f"{address}borrar/", headers={"Sec-Fetch-Site": "same-origin"})
    assert not Identity.objects.exists()
    assert Message.objects.get() == message  # the matter is still attended to


def test_a_person_takes_away_all_that_is_kept(received: Received, client: Client) -> None:
    message, address = received("queja", texto="Nadie contestó", **ANA)
    response = client.get(f"{address}datos.json")
    assert response["Content-Disposition"] == f'attachment; filename="{message.folio}.json"'
    kept = json.loads(response.content)
    assert kept["name"] == "Ana Ruiz" and kept["email"] == "ana@example.org"
    assert ["Qué pasó", "Nadie contestó"] in kept["written"]
    assert kept["privacy_notice"]["version"] == 1


def test_only_the_administrator_forgets_for_somebody(
    received: Received, signed_in: SignedIn
) -> None:
    message, _address = received("queja", **ANA)
    signed_in("publisher").post(f"/admin/contacto/{message.pk}/olvidar/")
    assert Identity.objects.exists()
    signed_in("administrator").post(f"/admin/contacto/{message.pk}/olvidar/")
    assert not Identity.objects.exists()


def test_each_message_remembers_the_notice_it_was_sent_under(
    received: Received, signed_in: SignedIn, client: Client
) -> None:
    first, _address = received("queja")
    admin = signed_in("administrator")
    admin.post("/admin/contacto/aviso/", {"text": "Aviso <nuevo>.", "text_en": "New notice."})
    second, _address = received("queja")
    assert (first.notice.version, second.notice.version) == (1, 2)
    assert "cifrados" in first.notice.text and "encrypted" in first.notice.text_en
    assert "Aviso &lt;nuevo&gt;." in client.get("/contacto/queja/").content.decode()
    assert "New notice." in client.get("/en/contacto/queja/").content.decode()


def test_an_empty_notice_is_refused(signed_in: SignedIn) -> None:
    response = signed_in("administrator").post("/admin/contacto/aviso/", {"text": ""})
    assert response.status_code == 400
    assert not PrivacyNotice.objects.filter(version=2).exists()


@pytest.mark.parametrize("role", ["publisher", "analyst", "reviewer"])
def test_only_the_administrator_writes_the_notice(role: str, signed_in: SignedIn) -> None:
    assert signed_in(role).get("/admin/contacto/aviso/").status_code in (302, 403)
