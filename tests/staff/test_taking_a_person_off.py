"""Taking a person off the staff closes the door behind them and leaves no work without hands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from traza.foundation.models import AuditEntry
from traza.foundation.people import HandoverError, bring_back, take_off, work_of
from traza.indicators.models import Indicator
from traza.publishing.staff.desk import desk_of


@pytest.fixture
def page_of() -> Callable[[Any], Page]:
    def make(person: Any) -> Page:
        root = Page.get_first_root_node()
        return root.add_child(instance=Page(title="Una página", slug="una-pagina", owner=person))

    return make


def test_work_sessions_and_account(
    person: Callable[..., Any], page_of: Callable[[Any], Page], signed_in: Callable[[Any], Client]
) -> None:
    rosa, luis, boss = person("analyst", "rosa"), person("analyst", "luis"), person("administrator")
    page = page_of(rosa)
    card = Indicator.objects.create(
        slug="i", name="Indicador", locked=True, locked_by=rosa, locked_at=timezone.now()
    )
    browser = signed_in(rosa)
    assert browser.get("/admin/").status_code == 200

    response = signed_in(boss).post(reverse("traza_take_off", args=[rosa.pk]), {"heir": luis.pk})

    assert response.status_code == 302
    page.refresh_from_db()
    card.refresh_from_db()
    rosa.refresh_from_db()
    assert page.owner == luis
    assert not card.locked and card.locked_by is None
    assert not rosa.is_active
    assert browser.get("/admin/").status_code == 302
    assert work_of(rosa) == []
    entry = AuditEntry.objects.get(action="person.taken_off")
    assert entry.actor == boss and entry.detail["heir"] == "luis"


def test_a_draft_that_was_never_sent_changes_hands(person: Callable[..., Any]) -> None:
    rosa, luis, boss = person("analyst", "rosa"), person("analyst", "luis"), person("administrator")
    card = Indicator.objects.create(slug="i", name="Indicador")
    card.definition = "A medio escribir."
    card.save_revision(user=rosa, log_action=True)
    assert [(work.label, work.count) for work in work_of(rosa)] == [("Fichas en borrador", 1)]
    assert [line.title for line in desk_of(rosa).waiting] == ["Indicador"]

    take_off(rosa, heir=luis, actor=boss)

    waiting = desk_of(luis).waiting
    assert [(line.title, line.reason) for line in waiting] == [
        ("Indicador", "Borrador sin enviar.")
    ]
    assert work_of(rosa) == []
    card.refresh_from_db()
    assert card.latest_revision.as_object().definition == "A medio escribir."
    assert ModelLogEntry.objects.filter(user=rosa, object_id=str(card.pk)).exists()


def test_a_draft_in_review_is_not_unfinished(person: Callable[..., Any]) -> None:
    rosa = person("analyst", "rosa")
    card = Indicator.objects.create(slug="i", name="Indicador")
    card.definition = "Escrita."
    card.save_revision(user=rosa)
    card.get_workflow().start(card, rosa)
    assert [work.label for work in work_of(rosa)] == ["Revisiones pedidas que siguen abiertas"]


def test_work_needs_an_heir(person: Callable[..., Any], page_of: Callable[[Any], Page]) -> None:
    rosa, boss = person("analyst", "rosa"), person("administrator")
    page_of(rosa)
    with pytest.raises(HandoverError, match="Falta elegir quién lo recibe"):
        take_off(rosa, heir=None, actor=boss)
    rosa.refresh_from_db()
    assert rosa.is_active


def test_the_screen_says_what_is_missing_and_keeps_the_account_open(
    person: Callable[..., Any], page_of: Callable[[Any], Page], signed_in: Callable[[Any], Client]
) -> None:
    rosa = person("analyst", "rosa")
    page_of(rosa)
    response = signed_in("administrator").post(reverse("traza_take_off", args=[rosa.pk]), {})
    assert response.status_code == 400
    assert "Falta elegir quién lo recibe" in response.content.decode()


def test_nobody_takes_themselves_off(person: Callable[..., Any]) -> None:
    boss = person("administrator")
    with pytest.raises(HandoverError, match="a sí mismo"):
        take_off(boss, heir=None, actor=boss)


def test_work_does_not_go_to_a_closed_account(person: Callable[..., Any]) -> None:
    rosa, gone, boss = person("analyst", "rosa"), person("analyst", "gone"), person("administrator")
    gone.is_active = False
    gone.save()
    with pytest.raises(HandoverError, match="cuenta activa"):
        take_off(rosa, heir=gone, actor=boss)


def test_a_closed_account_can_be_opened_again(person: Callable[..., Any]) -> None:
    rosa, boss = person("analyst", "rosa"), person("administrator")
    take_off(rosa, heir=None, actor=boss)
    bring_back(rosa, actor=boss)
    rosa.refresh_from_db()
    assert rosa.is_active
    assert AuditEntry.objects.filter(action="person.brought_back").exists()
