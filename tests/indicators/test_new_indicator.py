"""A spreadsheet for which nothing exists yet makes its own indicator, unit and source."""

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.indicators.files import Row, csv, release, take, value_of, xlsx
from traza.indicators import actions
from traza.indicators.actions import NewIndicator
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ImportJob, Indicator, Source, Unit
from traza.places.models import Place
from traza.publishing.models import Publication

pytestmark = pytest.mark.usefixtures("home", "territory")

NEW = NewIndicator(name="Árboles plantados", unit="Árboles", source="Ayuntamiento")


@pytest.fixture
def analyst(people: Callable[..., Any]) -> Any:
    """Someone who captures, and may add to the catalogue."""
    catalogue = [f"add_{model}" for model in ("indicator", "series", "source", "unit")]
    return people("rosa", "add_importjob", "change_importjob", "submit_import", *catalogue)


def test_from_a_file_to_a_public_indicator(analyst: Any, reviewer: Any) -> None:
    content = csv(("Municipio", "Año", "Valor"), ("Río Hondo", 2023, 40), ("Río Hondo", 2024, 55))
    job = take(content, user=analyst, new=NEW)
    series = job.series
    assert series is not None and series.indicator.slug == "arboles-plantados"
    assert (series.unit.name, series.source.producer, series.freq) == (
        "Árboles",
        "Ayuntamiento",
        "A",
    )
    assert not series.indicator.live and not Publication.objects.exists()
    release(job, analyst, reviewer)
    assert value_of(series, "41001", "2024") == 55
    assert Indicator.objects.get().live
    assert Publication.objects.get(kind="indicator").path == "/indicadores/arboles-plantados/"


@pytest.mark.parametrize(
    ("rows", "freq"),
    [
        ([("Municipio", "Periodo", "Valor"), ("Río Hondo", "2019-07", 1)], "M"),
        ([("Municipio", "Periodo", "Valor"), ("Río Hondo", "2T2024", 1)], "Q"),
        ([("Municipio", 2019, 2020), ("Río Hondo", 1, 2)], "A"),
        ([("Municipio", "Año", "Mes", "Valor"), ("Río Hondo", 2019, "julio", 1)], "M"),
        ([("Municipio", "Fecha", "Valor"), ("Río Hondo", "2019-07-12", 1)], "D"),
        (
            [
                ("Municipio", "Fecha", "Valor"),
                ("Río Hondo", "2019-03-31", 1),
                ("Río Hondo", "2019-06-30", 1),
            ],
            "Q",
        ),
    ],
)
def test_the_frequency_is_read_from_the_file(rows: list[Row], freq: str) -> None:
    job = take(xlsx(*rows), "datos.xlsx", new=NEW)
    assert job.series is not None and job.series.freq == freq
    assert job.rows.filter(fate="new").count() == job.rows.count() > 0


def test_unit_and_source_that_exist_are_used() -> None:
    unit = Unit.objects.create(code="arboles", name="Árboles")
    source = Source.objects.create(code="ayto", producer="Ayuntamiento")
    series = actions.create_indicator(
        NewIndicator(name="Uno", unit="ARBOLES", source="ayto", freq="A"), user=None
    )
    assert series.unit == unit and series.source == source


def test_a_percentage_is_written_as_one() -> None:
    new = NewIndicator(name="Uno", unit="Porcentaje", source="X", freq="A", decimals=1)
    series = actions.create_indicator(new, user=None)
    assert (series.unit.kind, series.unit.symbol, series.unit.decimals) == ("percent", "%", 1)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewIndicator(name="", unit="a", source="b", freq="A"), "nombre, unidad y fuente"),
        (NewIndicator(name="a", unit="a", source="b", freq="Z"), "no es una frecuencia"),
        (NewIndicator(name="HOMICIDIOS", unit="a", source="b", freq="A"), "Ya hay un indicador"),
    ],
)
def test_what_is_wrong_with_a_new_one_is_told(new: NewIndicator, words: str) -> None:
    Indicator.objects.create(slug="homicidios", name="Homicidios")
    with pytest.raises(IntakeError, match=words):
        actions.create_indicator(new, user=None)
    assert Indicator.objects.count() == 1 and not Unit.objects.exists()


def test_a_file_that_is_refused_makes_no_indicator() -> None:
    with pytest.raises(IntakeError):
        actions.create_import(io.BytesIO(b"%PDF"), filename="a.xlsx", user=None, new=NEW)
    with pytest.raises(IntakeError, match="cada cuánto"):
        actions.create_import(
            io.BytesIO(csv(("Municipio", "Valor"), ("Río Hondo", 1))),
            filename="a.csv",
            user=None,
            new=NEW,
        )
    assert not Indicator.objects.exists() and not ImportJob.objects.exists()


def test_a_card_that_a_person_drafted_is_not_published_by_its_data(
    analyst: Any, reviewer: Any
) -> None:
    series = actions.create_indicator(
        NewIndicator(name="Uno", unit="u", source="f", freq="A"), user=analyst
    )
    series.indicator.save_revision(user=analyst)
    job = take(
        csv(("Municipio", "Año", "Valor"), ("Río Hondo", 2023, 4)), series=series, user=analyst
    )
    release(job, analyst, reviewer)
    assert value_of(series, "41001", "2023") == 4
    assert not Indicator.objects.get().live and not Publication.objects.exists()


def test_it_needs_the_permission(people: Callable[..., Any]) -> None:
    with pytest.raises(IntakeError, match="no tiene permiso"):
        actions.create_indicator(NEW, user=people("ana", "add_importjob"))
    assert Place.objects.exists() and not Indicator.objects.exists()
