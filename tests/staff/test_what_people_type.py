"""Places, periods and values are taken as people write them, or refused with the reason."""

from typing import Any

import pytest

from traza.indicators.models import Indicator, Series, Source, Unit
from traza.indicators.staff.imports.forms import CorrectionForm, RowForm
from traza.places.models import Place


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    country = Place.objects.create(code="MEX", level="country", name="México")
    north = Place.objects.create(code="98", level="state", name="Norte", parent=country)
    south = Place.objects.create(code="99", level="state", name="Sur", parent=country)
    return {
        "98001": Place.objects.create(
            code="98001", level="municipality", name="San Pedro", parent=north
        ),
        "99001": Place.objects.create(
            code="99001", level="municipality", name="San Pedro", parent=south
        ),
        "99002": Place.objects.create(
            code="99002", level="municipality", name="Río Hondo", parent=south
        ),
    }


def row(**typed: Any) -> RowForm:
    return RowForm({"place": "99002", "period": "2019", "value": "1", "status": "A", **typed})


@pytest.mark.parametrize("text", ["99002", "Río Hondo", "RIO HONDO", " 99 002 "])
def test_a_place_is_understood(places: dict[str, Place], text: str) -> None:
    form = row(place=text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["place"] == places["99002"]


def test_a_name_shared_by_two_places_says_which(places: dict[str, Place]) -> None:
    (error,) = row(place="San Pedro").errors["place"]
    assert "Norte" in error and "Sur" in error


def test_an_unknown_place_is_refused(places: dict[str, Place]) -> None:
    (error,) = row(place="Atlántida").errors["place"]
    assert "Atlántida" in error


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.5", 1234.5), ("12 %", 12.0), ("−3", -3.0), ("1.2e3", 1200.0)]
)
def test_a_value_is_understood(places: dict[str, Place], text: str, value: float) -> None:
    form = row(value=text)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["value"] == value


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"value": ""}, "value", "Falta el valor"),
        ({"value": "3", "status": "O"}, "status", "«Sin dato»"),
        ({"value": "doce"}, "value", "doce"),
        ({"period": "ayer"}, "period", "ayer"),
    ],
)
def test_what_contradicts_itself_is_refused(
    places: dict[str, Place], typed: dict[str, str], field: str, words: str
) -> None:
    form = row(**typed)
    assert words in " ".join(form.errors[field])


def test_a_missing_value_needs_its_reason(places: dict[str, Place]) -> None:
    assert row(value="", status="Q").is_valid()


def test_a_correction_keeps_the_frequency_of_its_series(places: dict[str, Place]) -> None:
    Series.objects.create(
        code="homicidios",
        indicator=Indicator.objects.create(slug="i", name="Homicidios"),
        unit=Unit.objects.create(code="u", name="Homicidios"),
        source=Source.objects.create(code="s", producer="Productor"),
        freq="M",
    )
    typed = {
        "series": "homicidios",
        "place": "99002",
        "period": "2019",
        "value": "1",
        "status": "A",
        "comment": "corregido por la fuente",
    }
    assert "se publica por mes" in " ".join(CorrectionForm(typed).errors["period"])
    assert CorrectionForm({**typed, "period": "julio de 2019"}).is_valid()
    assert "comment" in CorrectionForm({**typed, "period": "2019-07", "comment": ""}).errors
