"""The desk says what waits for me, what is late and what failed, with the reason."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traza.indicators.models import ImportJob, Indicator, IndicatorVersion
from traza.indicators.staff.desk import late_indicators
from traza.publishing.models import Release
from traza.publishing.staff.desk import desk_of


def titles(lines: list[Any]) -> list[str]:
    return [line.title for line in lines]


def test_reviewers_see_what_was_sent_and_analysts_what_came_back(
    person: Callable[..., Any],
) -> None:
    rosa, luis, reviewer = person("analyst", "rosa"), person("analyst", "luis"), person("reviewer")
    ImportJob.objects.create(title="Enviada", state="submitted", created_by=rosa)
    ImportJob.objects.create(
        title="Devuelta", state="returned", created_by=rosa, review_note="falta julio"
    )
    ImportJob.objects.create(title="De otra persona", state="returned", created_by=luis)
    ImportJob.objects.create(title="Publicada", state="published", created_by=rosa)

    assert titles(desk_of(reviewer).waiting) == ["Enviada"]
    mine = desk_of(rosa).waiting
    assert titles(mine) == ["Devuelta"]
    assert "falta julio" in mine[0].reason


def test_work_handed_to_me_waits_for_me(person: Callable[..., Any]) -> None:
    rosa, luis = person("analyst", "rosa"), person("analyst", "luis")
    ImportJob.objects.create(title="Heredada", state="checked", created_by=rosa, assigned_to=luis)
    assert titles(desk_of(luis).waiting) == ["Heredada"]
    assert desk_of(rosa).waiting == []


def test_what_failed_is_shown_with_its_cause(person: Callable[..., Any]) -> None:
    rosa, luis, reviewer = person("analyst", "rosa"), person("analyst", "luis"), person("reviewer")
    ImportJob.objects.create(
        title="Rota", state="failed", created_by=rosa, problem="El archivo está dañado."
    )
    assert desk_of(rosa).failed[0].reason == "El archivo está dañado."
    assert titles(desk_of(reviewer).failed) == ["Rota"]
    assert desk_of(luis).failed == []


@pytest.mark.django_db
def test_an_indicator_is_late_when_its_announced_day_has_passed() -> None:
    today = date(2026, 11, 24)
    Indicator.objects.create(slug="a", name="Tarde", next_release=today - timedelta(days=3))
    Indicator.objects.create(slug="b", name="Hoy", next_release=today)
    Indicator.objects.create(
        slug="c", name="Archivado", next_release=today - timedelta(days=9), is_archived=True
    )
    (line,) = late_indicators(today)
    assert line.title == "Tarde"
    assert "3 días" in line.reason and "21 de noviembre de 2026" in line.reason.lower()


@pytest.mark.django_db
def test_an_indicator_is_late_when_it_promised_to_change_sooner() -> None:
    today = date(2026, 11, 24)
    for slug, days in (("viejo", 40), ("nuevo", 20)):
        indicator = Indicator.objects.create(slug=slug, name=slug, update_days=30)
        release = Release.objects.create(
            room="indicators", title=slug, published_at=timezone.now() - timedelta(days=days)
        )
        IndicatorVersion.objects.create(indicator=indicator, release=release)
    assert titles(late_indicators(timezone.localdate())) == ["viejo"]
    assert titles(late_indicators(today - timedelta(days=400))) == []


def test_an_empty_desk_says_so(signed_in: Callable[[Any], Client]) -> None:
    page = signed_in("analyst").get("/admin/").content.decode()
    for words in ("Nada por atender.", "Todo está al día.", "Nada ha fallado."):
        assert words in page


def test_one_search_finds_without_accents(signed_in: Callable[[Any], Client]) -> None:
    Indicator.objects.create(slug="poblacion", name="Población total")
    browser = signed_in("analyst")
    found = browser.get(reverse("traza_staff_search"), {"q": "POBLACION"}).content.decode()
    assert "Población total" in found
    nothing = browser.get(reverse("traza_staff_search"), {"q": "zzz"}).content.decode()
    assert "Nada tiene «zzz»" in nothing
