"""A card is drafted by one person, approved by another, and public only then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traza.foundation.models import AuditEntry, Institute
from traza.foundation.roles import PUBLISHER, group_of
from traza.indicators.ledger import card_published
from traza.indicators.models import Indicator
from traza.publishing.models import Change, Publication
from traza.publishing.revision import current_revision, public_change
from traza.publishing.staff.desk import desk_of

ADD = "wagtailsnippets_indicators_indicator:add"


@pytest.fixture
def card(roles: None) -> Indicator:
    """Return a card of a first load: public, and never edited."""
    return Indicator.objects.create(slug="agua", name="Agua", definition="Antes.")


def url(card: Indicator, name: str = "edit", *more: Any) -> str:
    return reverse(f"wagtailsnippets_indicators_indicator:{name}", args=[card.pk, *more])


def form(**typed: Any) -> dict[str, Any]:
    empty = "name_en definition definition_en formula limits frequency owner go_live_at expire_at"
    return {
        **dict.fromkeys(empty.split(), ""),
        "name": "Agua",
        "slug": "agua",
        "order": "0",
        "direction": "none",
        "aggregation": "none",
        **typed,
    }


SUBMIT = {"action-submit": "1"}
PUBLISH = {"action-publish": "1"}
APPROVE = {"action-workflow-action": "1", "workflow-action-name": "approve"}


def submitted(card: Indicator, browser: Client, **typed: Any) -> None:
    assert browser.post(url(card), form(**typed, **SUBMIT)).status_code == 302
    card.refresh_from_db()
    assert card.workflow_in_progress


def single_person() -> None:
    institute = Institute.load()
    institute.single_person = True
    institute.save()


@pytest.mark.parametrize("role", ["analyst", "reviewer", "publisher"])
def test_nobody_publishes_what_they_write(
    role: str, card: Indicator, signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in(role)
    assert 'name="action-publish"' not in browser.get(url(card)).content.decode()
    browser.post(url(card), form(definition="Después.", **PUBLISH))
    card.refresh_from_db()
    assert card.definition == "Antes."
    assert card.get_latest_revision_as_object().definition == "Después."


def test_what_one_wrote_another_approves(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    ana, luis = person("analyst", "ana"), person("reviewer", "luis")
    submitted(card, signed_in(ana), definition="Después.")
    assert [line.title for line in desk_of(luis).waiting] == ["Agua"]
    first, second = card.revisions.order_by("created_at")
    asked = signed_in(luis).get(url(card)).content.decode()
    assert url(card, "revisions_compare", first.pk, second.pk) in asked
    card.refresh_from_db()
    assert card.definition == "Antes."

    signed_in(luis).post(url(card), form(definition="Después.", **APPROVE))

    card.refresh_from_db()
    assert card.live and card.definition == "Después."
    assert Change.objects.filter(publication__key="agua").count() == 1
    told = AuditEntry.objects.filter(target_id=str(card.pk)).values_list("actor_name", "action")
    assert ("ana", "indicator.sent_to_review") in told
    assert ("luis", "indicator.approved") in told


def test_who_wrote_does_not_approve_even_with_the_role(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    marta = person("publisher", "marta")
    browser = signed_in(marta)
    submitted(card, browser, definition="Después.")
    assert desk_of(marta).waiting == []
    assert "workflow-action-name" not in browser.get(url(card)).content.decode()
    browser.post(url(card), form(definition="Después.", **APPROVE))
    task = card.current_workflow_task_state.pk
    browser.post(url(card, "workflow_action", "approve", task), {"comment": "bien"})
    card.refresh_from_db()
    assert card.definition == "Antes."


def test_who_wrote_and_let_another_send_does_not_approve(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    marta, ana = person("publisher", "marta"), person("analyst", "ana")
    signed_in(marta).post(url(card), form(definition="De Marta."))
    submitted(card, signed_in(ana), definition="De Marta.")
    signed_in(marta).post(url(card), form(definition="De Marta.", **APPROVE))
    card.refresh_from_db()
    assert card.definition == "Antes."


def test_what_a_reviewer_changes_is_kept_and_waits_for_another(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    ana, luis, marta = person("analyst", "ana"), person("reviewer"), person("publisher", "marta")
    submitted(card, signed_in(ana), definition="Después.")
    page = signed_in(luis).post(url(card), form(definition="Retocada.", **APPROVE), follow=True)
    assert "la ficha se cambió al revisarla" in page.content.decode()
    card.refresh_from_db()
    assert card.definition == "Antes."
    assert desk_of(luis).waiting == []

    signed_in(marta).post(url(card), form(definition="Retocada.", **APPROVE))
    card.refresh_from_db()
    assert card.definition == "Retocada."


def test_a_reviewer_returns_with_a_note_and_approves_later(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    ana, luis = person("analyst", "ana"), person("reviewer", "luis")
    submitted(card, signed_in(ana), definition="Después.")
    task = card.current_workflow_task_state.pk
    signed_in(luis).post(
        url(card, "workflow_action", "reject", task), {"comment": "Falta la unidad"}
    )
    card.refresh_from_db()
    assert not card.workflow_in_progress
    (line,) = desk_of(ana).waiting
    assert line.title == "Agua" and "Falta la unidad" in line.reason
    assert "Falta la unidad" in signed_in(ana).get(url(card)).content.decode()

    submitted(card, signed_in(ana), definition="Con unidad.")
    signed_in(luis).post(url(card), form(definition="Con unidad.", **APPROVE))
    card.refresh_from_db()
    assert card.definition == "Con unidad."
    assert desk_of(ana).waiting == []


def test_a_single_person_publishes_and_the_audit_says_so(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    single_person()
    marta = person("publisher", "marta")
    signed_in(marta).post(url(card), form(definition="Después.", **PUBLISH))
    card.refresh_from_db()
    assert card.definition == "Después."
    entry = AuditEntry.objects.get(action="indicator.approved_own")
    assert entry.actor == marta and entry.detail["single_person"] is True


def test_a_single_person_approves_their_own_and_the_audit_says_so(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    single_person()
    ana = person("analyst", "ana")
    ana.groups.add(group_of(PUBLISHER))
    submitted(card, signed_in(ana), definition="Después.")
    signed_in(ana).post(url(card), form(definition="Después.", **APPROVE))
    card.refresh_from_db()
    assert card.definition == "Después."
    assert AuditEntry.objects.filter(action="indicator.approved_own", actor=ana).exists()


def test_a_scheduled_edit_waits_for_its_day_and_the_page_stays(
    card: Indicator, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    ana, luis = person("analyst", "ana"), person("reviewer", "luis")
    day = timezone.localtime() + timedelta(days=2)
    typed = {"definition": "Después.", "go_live_at": day.strftime("%Y-%m-%d %H:%M")}
    assert 'name="go_live_at"' in signed_in(ana).get(url(card)).content.decode()
    submitted(card, signed_in(ana), **typed)
    signed_in(luis).post(url(card), form(**typed, **APPROVE))
    card.refresh_from_db()
    assert card.live and card.definition == "Antes."
    assert not Change.objects.filter(publication__key="agua").exists()

    past = timezone.now() - timedelta(minutes=1)
    revision = card.scheduled_revision
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("tick")
    card.refresh_from_db()
    assert card.definition == "Después."
    assert Change.objects.filter(publication__key="agua").exists()


def test_the_first_edit_can_be_compared_with_what_was_public(
    card: Indicator, signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    browser.post(url(card), form(definition="Después."))
    history = browser.get(url(card, "history")).content.decode()
    first, second = card.revisions.order_by("created_at")
    compare = url(card, "revisions_compare", first.pk, second.pk)
    assert f"/{second.pk}/" in history
    page = browser.get(compare).content.decode()
    assert "Antes." in page and "Después." in page


def test_nothing_typed_is_lost_when_a_card_is_refused(
    card: Indicator, signed_in: Callable[[Any], Client]
) -> None:
    page = signed_in("analyst").post(
        url(card), form(name="", definition="Lo que escribí.", **SUBMIT)
    )
    assert page.status_code == 200
    assert "Lo que escribí." in page.content.decode()


def test_a_new_card_is_drafted_and_waits_for_review(
    roles: None, signed_in: Callable[[Any], Client]
) -> None:
    signed_in("analyst").post(reverse(ADD), form(name="Nuevo", slug="nuevo", **SUBMIT))
    new = Indicator.objects.get(slug="nuevo")
    assert not new.live and new.workflow_in_progress
    signed_in("reviewer").post(url(new), form(name="Nuevo", slug="nuevo", **APPROVE))
    new.refresh_from_db()
    assert new.live


def test_a_locked_card_is_changed_only_by_who_locked_it(
    card: Indicator, signed_in: Callable[[Any], Client]
) -> None:
    signed_in("publisher").post(url(card, "lock"))
    signed_in("analyst").post(url(card), form(definition="Después."))
    card.refresh_from_db()
    assert card.locked and card.latest_revision is None
    signed_in("publisher").post(url(card, "unlock"))
    signed_in("analyst").post(url(card), form(definition="Después."))
    card.refresh_from_db()
    assert card.latest_revision is not None


def test_a_card_taken_off_the_site_leaves_it(
    card: Indicator, signed_in: Callable[[Any], Client]
) -> None:
    assert signed_in("analyst").post(url(card, "unpublish")).url == "/admin/"
    before = current_revision()
    with public_change():
        card_published(card.pk, former_slug=card.slug, actor=None)
    signed_in("publisher").post(url(card, "unpublish"))
    card.refresh_from_db()
    assert not card.live
    assert current_revision() == before + 2
    line = Publication.objects.get(kind="indicator", key="agua")
    assert not line.is_public
    assert line.changes.filter(what=Change.What.WITHDRAWN, actor__username="publisher").exists()
    assert Client().get(card.path).status_code == 410
