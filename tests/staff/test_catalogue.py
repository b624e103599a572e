"""Series are defined by choosing, and a definition with figures is not rewritten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_place, make_series, observations
from traza.foundation.models import AuditEntry
from traza.foundation.periods import ensure_periods
from traza.foundation.staff.audit_words import detail_text
from traza.indicators.models import Codelist, Indicator, Observation, Series, Source, Unit
from traza.places.models import Place
from traza.publishing.models import Release
from traza.stats.periods import parse_period


@pytest.fixture
def parts(db: None) -> dict[str, Any]:
    sexes = Codelist.objects.create(code="SEX", name="Sexo")
    return {
        "indicator": Indicator.objects.create(slug="poblacion", name="Población"),
        "source": Source.objects.create(code="inegi", producer="INEGI"),
        "unit": Unit.objects.create(code="personas", name="Personas"),
        "other_unit": Unit.objects.create(code="miles", name="Miles de personas"),
        "women": sexes.codes.create(code="F", name="Mujeres"),
        "men": sexes.codes.create(code="M", name="Hombres"),
    }


def posted(parts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "indicator": parts["indicator"].pk,
        "source": parts["source"].pk,
        "unit": parts["unit"].pk,
        "freq": "A",
        "code": "poblacion-f",
        "title": "Mujeres",
        "breakdown": [parts["women"].pk],
        **changes,
    }


ADD = "wagtailsnippets_indicators_series:add"
EDIT = "wagtailsnippets_indicators_series:edit"


def test_a_breakdown_is_chosen_from_the_lists(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    response = signed_in("analyst").post(reverse(ADD), posted(parts))
    assert response.status_code == 302
    assert Series.objects.get(code="poblacion-f").dimensions == {"SEX": "F"}


def test_two_codes_of_one_list_are_two_series(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    both = posted(parts, breakdown=[parts["women"].pk, parts["men"].pk])
    response = signed_in("analyst").post(reverse(ADD), both)
    assert response.status_code == 200
    assert "Hay dos códigos de «Sexo»" in response.content.decode()


def test_a_series_with_figures_keeps_its_definition(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    browser.post(reverse(ADD), posted(parts))
    series = Series.objects.get(code="poblacion-f")
    period = parse_period("2020")
    ensure_periods([period])
    now = timezone.now()
    Observation.objects.create(
        series=series,
        period_id=period.key,
        place=Place.objects.create(code="99001", level="municipality", name="Lugar"),
        release=Release.objects.create(room="indicators", title="x", published_at=now),
        value=10,
        valid_from=now,
    )
    url = reverse(EDIT, args=[series.pk])

    refused = browser.post(url, posted(parts, unit=parts["other_unit"].pk))
    assert "con otra definición es otra serie" in refused.content.decode()
    renamed = browser.post(url, posted(parts, title="Población de mujeres"))
    assert renamed.status_code == 302
    series.refresh_from_db()
    assert series.unit == parts["unit"] and series.title == "Población de mujeres"


def test_another_series_becomes_the_principal_one(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    browser.post(reverse(ADD), posted(parts, is_headline="on"))
    browser.post(
        reverse(ADD),
        posted(parts, code="poblacion-m", breakdown=[parts["men"].pk], is_headline="on"),
    )
    principal = Series.objects.filter(indicator=parts["indicator"], is_headline=True)
    assert [one.code for one in principal] == ["poblacion-m"]


def unit_posted(**changes: Any) -> dict[str, Any]:
    fields = {"name": "Personas", "code": "personas", "kind": "other", "position": "suffix"}
    return {**fields, "multiplier": 0, "decimals": 0, **changes}


def test_a_unit_with_figures_keeps_its_power_of_ten(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    url = reverse("wagtailsnippets_indicators_unit:edit", args=[parts["unit"].pk])
    assert browser.post(url, unit_posted(multiplier=3)).status_code == 302
    make_place("99001")
    series = make_series(parts["indicator"], unit=parts["unit"])
    observations(series, {"99001": {"2020": 5}})
    refused = browser.post(url, unit_posted(multiplier=0, name="Gente")).content.decode()
    assert "Ya hay cifras en esta unidad" in refused
    assert 'value="Gente"' in refused
    assert browser.post(url, unit_posted(multiplier=3, decimals=1)).status_code == 302
    parts["unit"].refresh_from_db()
    assert (parts["unit"].multiplier, parts["unit"].decimals) == (3, 1)


def test_more_decimals_than_a_figure_can_have_are_refused(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    url = reverse("wagtailsnippets_indicators_unit:edit", args=[parts["unit"].pk])
    browser = signed_in("analyst")
    page = browser.post(url, unit_posted(decimals=99)).content.decode()
    assert "El valor debe ser 8 o menos." in page
    assert "Asegúrese" not in page
    assert (
        "El valor debe ser 12 o menos."
        in browser.post(url, unit_posted(multiplier=40)).content.decode()
    )


def test_what_was_there_before_a_change_is_in_the_audit(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    url = reverse("wagtailsnippets_indicators_unit:edit", args=[parts["unit"].pk])
    signed_in("analyst").post(url, unit_posted(decimals=2, symbol="p"))
    entry = AuditEntry.objects.get(action="unit.edited")
    assert sorted(entry.detail["changed"]) == ["Decimales: 0 → 2", "Símbolo: — → p"]
    assert "cambió: " in detail_text(entry.detail)


def test_lists_are_searched_without_accents(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    url = reverse("wagtailsnippets_indicators_indicator:list")
    assert "Población" in browser.get(url, {"q": "poblacion"}).content.decode()
    assert "/poblacion" not in browser.get(url, {"q": "homicidios"}).content.decode()


def test_a_series_offers_to_bring_data_to_who_may(
    parts: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    signed_in("analyst").post(reverse(ADD), posted(parts, is_headline="on"))
    url = reverse("wagtailsnippets_indicators_series:list")
    listed = signed_in("analyst").get(url).content.decode()
    assert "?series=poblacion-f" in listed
    assert "?series=poblacion-f" not in signed_in("reviewer").get(url).content.decode()
    new = signed_in("analyst").get(reverse("traza_import_new"), {"indicador": "poblacion"})
    assert 'value="poblacion-f"' in new.content.decode()
