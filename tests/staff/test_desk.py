"""The desk says what waits for me, what is late and what failed, with the reason."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_indicator, make_place, make_series, observations
from traza.indicators.models import ImportJob, Indicator
from traza.indicators.staff.late import late_indicators
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
    (late,) = late_indicators(today)
    assert late.indicator.name == "Tarde"
    assert late.reason.lower() == "se anunció para el 21 de noviembre de 2026."


def measured(slug: str, period: str, *, days: int | None, freq: str = "A") -> None:
    """Publish a figure of an indicator that is updated every so many days."""
    indicator = make_indicator(slug, slug.capitalize(), update_days=days)
    make_place("05035")
    observations(make_series(indicator, freq=freq), {"05035": {period: 1.0}})


@pytest.mark.django_db
def test_a_figure_is_late_after_its_interval_and_as_long_again() -> None:
    measured("anual", "2019", days=365)
    measured("mensual", "2021-09", days=30, freq="M")
    measured("unica", "2010", days=None)
    assert late_indicators(date(2021, 11, 29)) == []
    assert len(late_indicators(date(2021, 12, 30))) == 1
    monthly, yearly = late_indicators(date(2021, 12, 31))
    assert monthly.indicator.slug == "mensual" and yearly.indicator.slug == "anual"
    assert yearly.reason == "Último dato: 2019; se esperaba otro hacia diciembre de 2021."


@pytest.mark.django_db
def test_a_source_of_every_five_years_is_given_one_more_to_publish() -> None:
    measured("censal", "2015", days=1826)
    assert late_indicators(date(2021, 12, 30)) == []
    assert len(late_indicators(date(2022, 1, 1))) == 1


@pytest.mark.django_db
def test_an_announced_day_still_to_come_explains_an_old_figure() -> None:
    measured("anual", "2015", days=365)
    Indicator.objects.update(next_release=date(2026, 12, 1))
    assert late_indicators(date(2026, 11, 24)) == []
    (late,) = late_indicators(date(2026, 12, 2))
    assert late.reason.startswith("Último dato: 2015; se anunció para el")


def test_all_that_is_late_can_be_reached_from_the_desk(
    signed_in: Callable[[Any], Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(14):
        measured(f"anual-{number:02d}", f"{2000 + number}", days=365)
    browser = signed_in("analyst")
    desk = browser.get("/admin/").content.decode()
    assert "Anual-11" in desk and "Anual-12" not in desk
    assert "Ver los 14" in desk and reverse("traza_late") in desk
    listed = browser.get(reverse("traza_late")).content.decode()
    assert "Anual-13" in listed
    with django_assert_max_num_queries(2):
        assert len(late_indicators(date(2026, 11, 24))) == 14


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


def test_what_is_late_leads_each_role_to_a_screen_that_it_may_open(
    signed_in: Callable[[Any], Client], person: Callable[..., Any]
) -> None:
    measured("anual", "2001", days=365)
    for role in ("analyst", "reviewer", "publisher", "administrator"):
        who = person(role)
        (line,) = desk_of(who).late
        assert signed_in(who).get(line.url).status_code == 200, role


def test_what_is_found_opens_for_whoever_found_it(
    signed_in: Callable[[Any], Client], person: Callable[..., Any]
) -> None:
    measured("gomez", "2020", days=None)
    make_place("10007", "Gómez Palacio")
    for role in ("analyst", "reviewer", "publisher", "administrator"):
        browser = signed_in(person(role))
        page = browser.get(reverse("traza_staff_search"), {"q": "gomez"}).content.decode()
        links = re.findall(r'href="(/admin/snippets/[^"]*(?:edit|inspect)/\d+/)"', page)
        assert len(links) == 3, links
        assert [url for url in links if browser.get(url).status_code != 200] == [], role
