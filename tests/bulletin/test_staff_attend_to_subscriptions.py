"""Staff enter who asked by mail, end and note complaints, and decide what looked like a machine."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.bulletin.conftest import happens, letters_to
from traza.bulletin import actions
from traza.bulletin.actions.cutting import cut
from traza.bulletin.models import Subscriber, Suppression
from traza.bulletin.streams import BULLETIN
from traza.foundation.models import AuditEntry
from traza.publishing.models import Publication
from traza.publishing.staff.desk import desk_of

State = Subscriber.State
LIST = "/admin/boletin/suscripciones/"


def test_each_line_has_its_answer_and_nothing_typed_is_lost(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    follower("ya@example.org")
    actions.leave(follower("fue@example.org"))
    typed = "nueva@example.org\n\n  <Otra@Example.org> \nno es\nya@example.org\nfue@example.org"
    client = signed_in("publisher")
    page = client.post(f"{LIST}anotar/", {
        "correos": typed, "canal": "phone", "sigue": ["boletin", "/temas/seguridad/"],
        "frecuencia": "monthly", "idioma": "es"}).content.decode()  # fmt: skip
    for words in ("Se le mandó la carta", "No es una dirección", "Ya está suscrita", "dio de baja"):
        assert words in page
    again = page.split("<textarea")[1].split("</textarea>")[0]
    assert "nueva@" not in again and "no es" in again and "fue@example.org" not in again
    new = Subscriber.objects.filter(state=State.PENDING)
    assert {one.email for one in new} == {"nueva@example.org", "Otra@example.org"}
    assert {(one.channel, str(one.entered_by)) for one in new} == {("phone", "publisher")}
    assert len(letters_to("nueva@example.org", "subscription")) == 1
    # Nothing is received before the person confirms.
    assert {one.confirmed_at for subscriber in new for one in subscriber.subscriptions.all()} == {
        None
    }


def test_what_is_missing_is_said(lines: Any, signed_in: Callable[[Any], Client]) -> None:
    client = signed_in("publisher")
    answer = client.post(f"{LIST}anotar/", {"correos": "", "canal": "mail", "idioma": "es"})
    assert answer.status_code == 400
    assert "Falta al menos un correo" in answer.content.decode()
    many = "\n".join(f"p{number}@example.org" for number in range(501))
    answer = client.post(f"{LIST}anotar/", {"correos": many, "canal": "mail", "idioma": "es",
                                           "sigue": ["boletin"]})  # fmt: skip
    assert answer.status_code == 400 and "hasta 500" in answer.content.decode()


def test_who_asks_by_mail_is_found_by_address_or_by_the_mail_that_came(
    follower: Callable[..., Subscriber],
    lines: dict[str, Publication],
    signed_in: Callable[[Any], Client],
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/")
    follower("eva@example.org")
    happens(lines["/indicadores/homicidios/"], "Homicidios: datos de 2025")
    cut("weekly", timezone.now())
    actions.tell_due()
    token = letters_to("ana@example.org", "digest")[0].token.hex
    client = signed_in("publisher")
    for asked in ("ana@example.org", "ANA@example.org", f"baja {token}", str(ana.pk)):
        page = client.get(LIST, {"buscar": asked}).content.decode()
        assert f"{LIST}{ana.pk}/" in page and page.count("tz-folio") == 1, asked
    for asked in ("ana", "nadie@example.org", "0" * 32, "9" * 30, "'; drop table"):
        assert "Nadie con ese correo" in client.get(LIST, {"buscar": asked}).content.decode()


def test_the_whole_address_is_seen_by_a_button_that_the_log_remembers(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in("publisher")
    page = client.get(f"{LIST}{ana.pk}/").content.decode()
    assert "ana@example.org" not in page and "a…a@example.org" in page
    assert "ana@example.org" in client.post(f"{LIST}{ana.pk}/correo/").content.decode()
    assert AuditEntry.objects.filter(action="subscriber.address_seen").count() == 1
    # Who writes the bulletin has no need of addresses.
    assert signed_in("analyst").get(f"{LIST}{ana.pk}/").status_code == 302
    assert signed_in("analyst").post(f"{LIST}{ana.pk}/correo/").status_code == 302
    assert AuditEntry.objects.filter(action="subscriber.address_seen").count() == 1


def test_a_complaint_is_for_ever_unless_it_was_a_mistake(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in("publisher")
    client.post(f"{LIST}{ana.pk}/queja/")
    ana.refresh_from_db()
    assert ana.state == State.COMPLAINED and Suppression.objects.get().why == "complaint"
    before = len(letters_to("ana@example.org"))
    actions.ask("ana@example.org", [(BULLETIN, "issue")])
    ana.refresh_from_db()
    assert ana.state == State.COMPLAINED and len(letters_to("ana@example.org")) == before
    client.post(f"{LIST}{ana.pk}/quitar-queja/")
    ana.refresh_from_db()
    assert ana.state == State.LEFT and Suppression.objects.get().why == "left"
    actions_told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"subscriber.complained", "subscriber.complaint_undone"} <= actions_told


def test_staff_end_a_subscription_for_who_asks(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in("publisher")
    client.post(f"{LIST}{ana.pk}/baja/")
    ana.refresh_from_db()
    assert ana.state == State.LEFT
    again = client.post(f"{LIST}{ana.pk}/baja/", follow=True).content.decode()
    assert "ya había terminado" in again


def test_a_mail_that_came_back_later_is_noted_by_hand(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in("publisher")
    client.post(f"{LIST}{ana.pk}/rebote/")
    ana.refresh_from_db()
    assert ana.state == State.BOUNCED and not Suppression.objects.exists()
    again = client.post(f"{LIST}{ana.pk}/rebote/", follow=True).content.decode()
    assert "no está activa" in again
    actions.confirm(ana, [one.pk for one in ana.subscriptions.all()])
    ana.refresh_from_db()
    assert ana.state == State.ACTIVE and actions.note_bounces() == 0


def test_what_looked_like_a_machine_waits_for_a_person(
    lines: Any, signed_in: Callable[[Any], Client], person: Callable[[str], Any]
) -> None:
    actions.ask("ana@example.org", [(BULLETIN, "issue")], signs=["fast", "trap"])
    [held] = Subscriber.objects.all()
    desk = desk_of(person("publisher"))
    assert any("apartada" in line.title.lower() for line in desk.waiting)
    client = signed_in("publisher")
    page = client.get(f"{LIST}{held.pk}/").content.decode()
    assert "antes de tres segundos" in page
    client.post(f"{LIST}{held.pk}/dejar-pasar/")
    held.refresh_from_db()
    assert held.signs == [] and len(letters_to("ana@example.org", "subscription")) == 1


@pytest.mark.parametrize("role", ["analyst", "reviewer"])
def test_who_does_not_attend_to_them_sees_only_counts(
    role: str, follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in(role)
    assert client.get("/admin/boletin/").status_code == 200
    for path in (LIST, f"{LIST}anotar/", f"{LIST}{ana.pk}/"):
        assert client.get(path).status_code == 302
    for action in ("baja", "queja", "olvidar", "escribir", "dejar-pasar", "quitar-queja"):
        client.post(f"{LIST}{ana.pk}/{action}/")
    ana.refresh_from_db()
    assert ana.state == State.ACTIVE


def test_no_get_does_anything(
    follower: Callable[..., Subscriber], lines: Any, signed_in: Callable[[Any], Client]
) -> None:
    ana = follower("ana@example.org")
    client = signed_in("administrator")
    for action in ("correo", "baja", "queja", "olvidar", "escribir", "dejar-pasar", "quitar-queja"):
        assert client.get(f"{LIST}{ana.pk}/{action}/").status_code == 405
    assert client.get("/admin/boletin/preparar/").status_code in (302, 405)
    ana.refresh_from_db()
    assert ana.state == State.ACTIVE
