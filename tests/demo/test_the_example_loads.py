"""The example loads whole, answers what was promised of it, and changes nothing when repeated."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import put_roots_back
from tests.demo.stock import stock
from tests.demo.tables import LAGUNA, table
from traza.foundation.models import Institute
from traza.indicators.intake.package import load_package
from traza.indicators.models import (
    Indicator,
    LatestValue,
    Observation,
    Series,
)
from traza.places.models import Place
from traza.places.queries import members, resolve_place
from traza.publishing.models import Change, Publication
from traza.stats.periods import Period

POPULATION = "sociedad-poblacion-total"
HOMICIDES = "seguridad-homicidios"


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the example once for this module; all of it is undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        put_roots_back()
        load_package(LAGUNA)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_all_of_it_is_there(loaded: None) -> None:
    held = stock()
    assert held["Place"] == len(table("places"))
    assert held["Indicator"] == len(table("indicators"))
    assert held["Series"] == len(table("series"))
    assert held["Observation"] == len(table("observations"))
    assert held["AlternateValue"] == len(table("observations_alternate"))
    assert held["ObservationHistory"] == len(table("observations_previous"))
    assert held["Redirect"] == 15
    shown = Publication.objects.filter(kind="indicator", is_public=True).count()
    assert shown == Indicator.objects.filter(is_archived=False).count() == 525 + 2
    assert not Change.objects.exclude(what="initial").filter(publication__kind="indicator").exists()


@pytest.mark.django_db
def test_the_institute_and_its_places_are_set(loaded: None) -> None:
    institute = Institute.load()
    assert institute.short_name == "IMPLAN Torreón"
    assert [institute.home_place_code, institute.metro_code] == ["05035", "zml"]
    metro = Place.objects.get(code="zml")
    assert [member.name for member in members(metro)] == [
        "Torreón",
        "Gómez Palacio",
        "Lerdo",
        "Matamoros",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["Gómez Palacio", "GOMEZ PALACIO", "10007", "7 of state 10"])
def test_a_place_is_found_however_it_is_written(loaded: None, said: str) -> None:
    assert resolve_place(said).code == "10007"


@pytest.mark.django_db
def test_homicides_of_the_city_and_the_area_are_one_series(loaded: None) -> None:
    headline = Series.objects.get(indicator__slug=HOMICIDES, is_headline=True)
    assert (headline.freq, headline.source.code) == ("M", "sesnsp")
    having = set(Observation.objects.filter(series=headline).values_list("place__code", flat=True))
    assert {"05035", "10007", "zml"} <= having and not having & {"05", "MEX"}


@pytest.mark.django_db
def test_rates_of_state_and_country_are_another_series_of_that_indicator(loaded: None) -> None:
    rates = Series.objects.get(
        indicator__slug=HOMICIDES, unit__code="homicidios-por-100-mil-anualizada"
    )
    assert rates.title and rates.title_en
    assert rates.unit != Series.objects.get(indicator__slug=HOMICIDES, is_headline=True).unit
    having = set(Observation.objects.filter(series=rates).values_list("place__code", flat=True))
    assert len(having) == 33 and {"05", "10", "MEX"} <= having


@pytest.mark.django_db
def test_population_of_city_state_and_country_is_one_series_with_a_rank(loaded: None) -> None:
    headline = Series.objects.get(indicator__slug=POPULATION, is_headline=True)
    for code in ("05035", "10007", "zml", "05", "MEX"):
        years = Observation.objects.filter(series=headline, place__code=code)
        found = [Period.from_key(pk).code for pk in years.values_list("period", flat=True)]
        assert sorted(found) == ["2000", "2005", "2010", "2020"]
    latest = LatestValue.objects.get(series=headline, place__code="05035")
    assert latest.value == 720_848
    assert latest.rank_of == 2469 and 1 < (latest.rank_position or 0) < 100


@pytest.mark.django_db
def test_women_and_men_are_breakdowns(loaded: None) -> None:
    found = Series.objects.filter(indicator__slug=POPULATION).exclude(dimensions={})
    assert sorted(series.dimensions["SEX"] for series in found) == ["F", "M"]


@pytest.mark.django_db
def test_loading_it_again_changes_nothing(loaded: None) -> None:
    before = stock()
    assert load_package(LAGUNA) is None
    assert stock() == before
