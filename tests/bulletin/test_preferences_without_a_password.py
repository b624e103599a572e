"""Each mail has the address of a page where its owner changes what is received, without account."""

import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from traza.bulletin import actions, keys
from traza.bulletin.models import Subscriber, Subscription, Suppression
from traza.publishing.models import Publication

State = Subscriber.State


def page_of(subscriber: Subscriber, purpose: str = keys.PREFERENCES) -> str:
    return keys.address(purpose, subscriber.key).removeprefix("http://testserver")


def chosen(subscriber: Subscriber) -> dict[str, str]:
    """Return the form as the page shows it."""
    return {f"s{one.pk}": one.frequency for one in subscriber.subscriptions.all()}


def test_what_is_received_is_changed_added_and_dropped(
    follower: Callable[..., Subscriber], lines: dict[str, Publication], client: Client
) -> None:
    ana = follower("ana@example.org", "boletin", "/temas/seguridad/", "/indicadores/homicidios/")
    page = client.get(page_of(ana)).content.decode()
    assert "a…a@example.org" in page and "ana@example.org" not in page
    for words in ("Boletín", "Seguridad", "Homicidios", "Sociedad"):
        assert words in page
    topic = ana.subscriptions.get(publication__path="/temas/seguridad/")
    card = ana.subscriptions.get(publication__path="/indicadores/homicidios/")
    sent = {**chosen(ana), f"s{topic.pk}": "monthly", f"s{card.pk}": "",
            "sigue": ["/temas/sociedad/"], "frecuencia": "now", "idioma": "en"}  # fmt: skip
    answer = Client(enforce_csrf_checks=True).post(page_of(ana), sent)
    assert answer.status_code == 303
    assert "Guardado" in client.get(answer.url).content.decode()
    often = {
        one.publication.path if one.publication else one.stream: one.frequency
        for one in ana.subscriptions.select_related("publication")
    }
    assert often == {"bulletin": "issue", "/temas/seguridad/": "monthly", "/temas/sociedad/": "now"}
    assert Subscription.objects.filter(confirmed_at=None).count() == 0
    ana.refresh_from_db()
    assert ana.language == "en"


def test_dropping_everything_is_leaving_and_choosing_again_is_coming_back(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana = follower("ana@example.org", "boletin", "/temas/seguridad/")
    gone = dict.fromkeys(chosen(ana), "")
    client.post(page_of(ana), {**gone, "idioma": "es"})
    ana.refresh_from_db()
    assert ana.state == State.LEFT and Suppression.objects.get().why == "left"
    assert "se dio de baja" in client.get(page_of(ana)).content.decode()
    client.post(page_of(ana), {"sigue": ["boletin"], "idioma": "es"})
    ana.refresh_from_db()
    assert ana.state == State.ACTIVE and not Suppression.objects.exists()


def test_another_site_cannot_change_them(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana = follower("ana@example.org")
    answer = client.post(
        page_of(ana),
        dict.fromkeys(chosen(ana), ""),
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 403
    assert ana.subscriptions.count() == 1


def test_nonsense_is_refused_and_changes_nothing(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana = follower("ana@example.org", "/temas/seguridad/")
    before = list(ana.subscriptions.values())
    for sent in (
        {next(iter(chosen(ana))): "hourly"},
        {"sigue": ["/no/existe/"]},
        {"sigue": ["seccion.nada"]},
        {"idioma": "fr"},
    ):
        answer = client.post(page_of(ana), {**chosen(ana), **sent})
        assert answer.status_code == 400, sent
    assert list(ana.subscriptions.values()) == before


def test_a_subscription_of_somebody_else_cannot_be_touched(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana, eva = follower("ana@example.org"), follower("eva@example.org", "/temas/seguridad/")
    other = eva.subscriptions.get()
    client.post(page_of(ana), {**chosen(ana), f"s{other.pk}": ""})
    assert eva.subscriptions.count() == 1


def test_all_that_is_kept_is_given(
    follower: Callable[..., Subscriber], lines: Any, client: Client
) -> None:
    ana = follower("ana@example.org", "boletin", "/temas/seguridad/")
    answer = client.get(f"{page_of(ana)}datos.json")
    assert "attachment" in answer["Content-Disposition"]
    kept = json.loads(answer.content)
    assert kept["email"] == "ana@example.org" and kept["state"] == "Activa"
    assert [one["what"] for one in kept["follows"]] == ["Cada número del boletín", "Seguridad"]
    assert kept["consent"]["text"]


def test_one_complained_changes_nothing_any_more(
    follower: Callable[..., Subscriber], lines: Any, client: Client, person: Callable[[str], Any]
) -> None:
    ana = follower("ana@example.org")
    actions.complain(ana, person("publisher"))
    answer = client.post(page_of(ana), {"sigue": ["/temas/seguridad/"], "idioma": "es"})
    assert answer.status_code == 403 and "no deseado" in answer.content.decode()
    ana.refresh_from_db()
    assert ana.state == State.COMPLAINED
