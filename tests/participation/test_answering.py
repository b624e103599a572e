"""Staff take a message in hand, answer it and close it; whoever wrote follows it all."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from traza.foundation.models import AuditEntry
from traza.participation.models import Message

Received = Callable[..., tuple[Message, str]]
SignedIn = Callable[[Any], Client]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_from_received_to_closed(received: Received, signed_in: SignedIn, client: Client) -> None:
    message, address = received("queja", nombre="Ana Ruiz", correo="ana@example.org")
    assert "Se recibió." in text(client, address)
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"
    person = staff.session["_auth_user_id"]
    staff.post(f"{base}asignar/", {"person": person})
    assert "Alguien del instituto ya lo atiende" in text(client, address)
    staff.post(f"{base}responder/", {"text": "Ya se corrigió <b>hoy</b>."})
    page = text(client, address)
    assert "Ya tiene respuesta" in page and "Ya se corrigió &lt;b&gt;hoy" in page
    assert "publisher" not in page  # the institute answers, not a person
    staff.post(f"{base}cerrar/", {"reason": "Se resolvió."})
    page = text(client, address)
    assert "Se cerró el" in page and "Se resolvió." in page
    staff.post(f"{base}abrir/")
    assert "ya lo atiende" in text(client, address)
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {
        "message.assigned", "message.answered", "message.closed", "message.reopened"
    } <= actions  # fmt: skip
    told = str(list(AuditEntry.objects.values("target_label", "detail")))
    assert "Ana Ruiz" not in told and "ana@example.org" not in told


def test_closing_needs_a_reason_and_answering_a_text(
    received: Received, signed_in: SignedIn
) -> None:
    message, _address = received()
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"
    for action, said in (("cerrar", "Falta el motivo"), ("responder", "Falta la respuesta.")):
        response = staff.post(f"{base}{action}/", {"text": "", "reason": " "})
        assert response.status_code == 400 and said in response.content.decode()
    message.refresh_from_db()
    assert message.state == "received"


def test_what_waits_apart_is_brought_back_before_it_is_answered(
    received: Received, signed_in: SignedIn
) -> None:
    message, _address = received(trampa="x")
    response = signed_in("publisher").post(
        f"/admin/contacto/{message.pk}/responder/", {"text": "Una respuesta larga"}
    )
    assert response.status_code == 400 and not message.replies.exists()


def test_the_tray_shows_age_and_what_is_late(
    received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, address = received()
    now = timezone.now()
    Message.objects.update(
        received_at=now - timedelta(days=43), due_on=(now - timedelta(days=9)).date()
    )
    staff = signed_in("publisher")
    tray = text(staff, "/admin/contacto/")
    assert '<td class="num">43</td>' in tray and "Tarde" in tray
    assert "1 mensaje pasó de su fecha" in tray
    assert "La respuesta va tarde" in text(client, address)
    assert message.folio in text(staff, "/admin/")  # on the desk


def test_a_message_is_found_by_folio_words_or_mail(received: Received, signed_in: SignedIn) -> None:
    message, _address = received(texto="Banqueta rota", correo="ana@example.org")
    staff, reader = signed_in("publisher"), signed_in("analyst")
    for asked in (message.folio.lower(), "banqueta", "ANA@example.org"):
        assert message.folio in text(staff, f"/admin/contacto/?buscar={asked}")
    # Who may not see who wrote cannot ask whether somebody did.
    assert message.folio not in text(reader, "/admin/contacto/?buscar=ana@example.org")


def test_the_page_to_follow_is_secret(received: Received, client: Client) -> None:
    message, address = received("queja", nombre="Ana Ruiz", correo="ana@example.org")
    response = client.get(address)
    page = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex, nofollow" and "noindex" in page
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Ana Ruiz" not in page and "ana@example.org" not in page
    secret = address.split("/")[3]
    assert len(secret) >= 32
    stored = str(list(Message.objects.values()))
    assert secret not in stored  # only its hash is kept
    for wrong in (message.folio, secret[:-1], secret.swapcase(), "x" * 32):
        assert client.get(f"/contacto/seguimiento/{wrong}/").status_code == 404


def test_work_is_handed_over_when_a_person_leaves(
    received: Received, signed_in: SignedIn, person: Callable[..., Any]
) -> None:
    from traza.foundation.people import take_off

    message, _address = received()
    leaving, heir = person("publisher", "sale"), person("publisher", "recibe")
    signed_in(leaving).post(f"/admin/contacto/{message.pk}/asignar/", {"person": leaving.pk})
    take_off(leaving, heir=heir, actor=person("administrator"))
    message.refresh_from_db()
    assert message.assigned_to == heir


def test_work_goes_back_to_all_when_the_heir_may_not_answer(
    received: Received, signed_in: SignedIn, person: Callable[..., Any]
) -> None:
    from traza.foundation.people import take_off
    from traza.publishing.staff.desk import desk_of

    message, _address = received()
    leaving, heir, other = person("publisher", "sale"), person("analyst"), person("publisher")
    signed_in(leaving).post(f"/admin/contacto/{message.pk}/asignar/", {"person": leaving.pk})
    take_off(leaving, heir=heir, actor=person("administrator"))
    message.refresh_from_db()
    assert message.assigned_to is None
    waiting = desk_of(other).waiting
    assert [line.title.split(" · ")[0] for line in waiting] == [message.folio]
    assert waiting[0].reason == waiting[0].reason.lower().replace("se responde", "Se responde")
