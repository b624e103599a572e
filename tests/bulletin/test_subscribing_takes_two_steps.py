"""Nothing is mailed to a list before the owner of an address has confirmed it by a button."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from tests.bulletin.conftest import letters_to, link, read_mail
from tests.mail.judge import faults
from traza.bulletin import actions, keys
from traza.bulletin.letters import KIND
from traza.bulletin.models import Consent, Frequency, Subscriber, Subscription
from traza.foundation.mail.models import MailMessage
from traza.publishing.models import Publication

State = Subscriber.State
HOMICIDES = "/indicadores/homicidios/"


def test_a_reader_asks_confirms_and_follows(
    subscribe: Callable[..., Any], lines: dict[str, Publication], home: Path, client: Client
) -> None:
    answer = subscribe(
        "Ana@Example.org", "boletin", HOMICIDES, "/temas/seguridad/", "seccion.study"
    )
    assert (answer.status_code, answer.url) == (303, "/boletin/suscribir/listo/")
    assert "Falta un paso" in client.get(answer.url).content.decode()
    subscriber = Subscriber.objects.get()
    assert (subscriber.state, subscriber.email) == (State.PENDING, "Ana@example.org")
    assert "Ana" not in subscriber.sealed_email
    [mail] = read_mail(home, "Ana@example.org")
    assert faults(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")), listed=False) == []
    text = mail.get_body(("plain",)).get_content()
    assert "- Cada número del boletín\n- Homicidios\n- Seguridad\n- Estudios" in text.replace(
        "\r", ""
    )
    page = client.get(link(mail, "confirmar"))
    assert page.status_code == 200 and "A…a@example.org" in page.content.decode()
    assert page["Cache-Control"] == "no-store" and "noindex" in page["X-Robots-Tag"]
    shown = [str(one.pk) for one in Subscription.objects.all()]
    done = Client(enforce_csrf_checks=True).post(link(mail, "confirmar"), {"cuales": shown})
    assert done.status_code == 303
    assert "está confirmada" in client.get(done.url).content.decode()
    subscriber.refresh_from_db()
    assert subscriber.state == State.ACTIVE and subscriber.confirmed_at is not None
    often = dict(Subscription.objects.values_list("stream", "frequency"))
    assert often == {"bulletin": "issue", "section": "weekly", "publication": "weekly"}
    again = client.post(link(mail, "confirmar"), {"cuales": shown})
    assert again.status_code == 303 and Subscriber.objects.count() == 1


def test_the_answer_is_the_same_whatever_is_known(
    subscribe: Callable[..., Any], follower: Callable[..., Subscriber], lines: Any
) -> None:
    follower("ana@example.org")
    MailMessage.objects.all().delete()
    known, unknown = subscribe("ana@example.org"), subscribe("eva@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert known.content == unknown.content
    # Only the owner learns it, from the letter.
    assert "ya estaba confirmada" in letters_to("ana@example.org")[-1].message.subject
    assert "confirmar" in letters_to("eva@example.org")[-1].message.subject


def test_who_follows_already_confirms_what_somebody_adds(
    subscribe: Callable[..., Any], follower: Callable[..., Subscriber], lines: Any, home: Path
) -> None:
    subscriber = follower("ana@example.org")
    MailMessage.objects.all().delete()
    subscribe("ana@example.org", HOMICIDES)
    added = Subscription.objects.get(stream="publication")
    assert added.confirmed_at is None
    [mail] = read_mail(home, "ana@example.org")
    assert "Homicidios" in mail.get_body(("plain",)).get_content()
    Client().post(link(mail, "confirmar"), {"cuales": [str(added.pk)]})
    added.refresh_from_db()
    subscriber.refresh_from_db()
    assert added.confirmed_at is not None and subscriber.state == State.ACTIVE


def test_nobody_can_make_us_write_again_and_again(
    subscribe: Callable[..., Any], lines: Any
) -> None:
    for number in range(6):
        subscribe("ana@example.org", address=f"198.51.100.{number}")
    assert MailMessage.objects.filter(kind=KIND).count() == 1
    for _time in range(5):
        # An hour goes by.
        for mail in MailMessage.objects.filter(kind=KIND):
            MailMessage.objects.filter(pk=mail.pk).update(
                created_at=mail.created_at - timedelta(hours=1)
            )
        actions.ask("ana@example.org", [])
    assert MailMessage.objects.filter(kind=KIND).count() == 3


def test_what_a_machine_sends_waits_and_nobody_is_mailed(
    subscribe: Callable[..., Any], lines: Any
) -> None:
    subscribe("ana@example.org", trampa="soy un robot")
    subscriber = Subscriber.objects.get()
    assert subscriber.signs == ["trap"]
    assert not MailMessage.objects.exists()
    # The person comes by and asks: the doubt is over.
    subscribe("ana@example.org", address="203.0.113.9")
    subscriber.refresh_from_db()
    assert subscriber.signs == [] and len(letters_to("ana@example.org")) == 1


def test_another_site_cannot_subscribe_anybody(subscribe: Callable[..., Any], lines: Any) -> None:
    answer = subscribe("ana@example.org", site="cross-site")
    assert answer.status_code == 403
    assert "ana@example.org" in answer.content.decode()  # what was typed is still there
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@example.org", "a b@example.org", "ñ@x.mx"])
def test_a_bad_address_is_said_beside_it(
    email: str, subscribe: Callable[..., Any], lines: Any
) -> None:
    answer = subscribe(email, "boletin", "/temas/seguridad/")
    page = answer.content.decode()
    assert answer.status_code == 400 and 'class="field-error"' in page
    checked = [part for part in page.split("<input") if "checked" in part.split(">")[0]]
    assert any("/temas/seguridad/" in part for part in checked)  # what was chosen is still chosen
    assert not Subscriber.objects.exists()


def test_what_is_followed_from_its_page_comes_chosen(client: Client, lines: Any) -> None:
    page = client.get(f"/boletin/suscribir/?sigue={HOMICIDES}tabla/").content.decode()
    assert f'value="{HOMICIDES}"' in page and "de «Homicidios»" in page
    assert client.get("/boletin/suscribir/?sigue=/no/existe/").status_code == 200
    assert client.get("/boletin/suscribir/?sigue=seccion.nada").status_code == 200
    english = client.get(f"/en/boletin/suscribir/?sigue=/en{HOMICIDES}").content.decode()
    assert "Homicides" in english


def test_the_link_is_good_for_seven_days(client: Client, lines: Any, follower: Any) -> None:
    actions.ask("ana@example.org", [])
    subscriber = Subscriber.objects.get()
    with patch("time.time", return_value=timezone.now().timestamp() - 8 * 86400):
        old = keys.address(keys.CONFIRM, subscriber.key)
    page = client.get(old.removeprefix("http://testserver"))
    assert page.status_code == 410 and "venció" in page.content.decode()
    for purpose in ("confirmar", "preferencias", "baja"):
        assert client.get(f"/boletin/{purpose}/inventado.firma/").status_code == 404
    # An address for one purpose is no address for another.
    leave = keys.address(keys.LEAVE, subscriber.key).rsplit("/", 2)[1]
    assert client.get(f"/boletin/preferencias/{leave}/").status_code == 404


def test_what_nobody_confirms_is_erased_in_a_week(lines: Any) -> None:
    actions.ask("ana@example.org", [])
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=6))
    assert actions.forget_what_is_due() == 0
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert actions.forget_what_is_due() == 1
    assert not Subscriber.objects.exists() and not letters_to("ana@example.org")


def test_each_remembers_what_it_agreed_to(
    subscribe: Callable[..., Any], signed_in: Callable[[Any], Client], client: Client, lines: Any
) -> None:
    subscribe("ana@example.org")
    admin = signed_in("administrator")
    saved = admin.post("/admin/boletin/consentimiento/", {"text": "Nuevo texto", "text_en": ""})
    assert saved.status_code == 302
    subscribe("eva@example.org", address="203.0.113.5")
    versions = list(Subscriber.objects.order_by("pk").values_list("consent__version", flat=True))
    assert versions == [1, 2] and Consent.objects.count() == 2
    assert "Nuevo texto" in client.get("/boletin/suscribir/").content.decode()
    assert signed_in("publisher").get("/admin/boletin/consentimiento/").status_code == 302


def test_the_frequency_of_the_bulletin_is_its_own(
    follower: Callable[..., Subscriber], lines: Any
) -> None:
    subscriber = follower("ana@example.org", "boletin", "/temas/seguridad/", often=Frequency.NOW)
    often = dict(subscriber.subscriptions.values_list("stream", "frequency"))
    assert often == {"bulletin": Frequency.ISSUE, "publication": Frequency.NOW}
