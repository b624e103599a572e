"""What INEGI's query tool exports is taken as it is: titles, Latin-1, codes as formulas, footer."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories import make_institute, make_place, make_series, make_source, make_unit
from tests.indicators.files import fates, problems, take
from tests.shared import shared_file
from traza.indicators import actions
from traza.indicators.models import Code, Codelist, Series
from traza.places.models import Place
from traza.stats.periods import parse_period

pytestmark = pytest.mark.usefixtures("home")


def population(*dimensions: tuple[str, dict[str, str]]) -> Series:
    """Make a total and one series for each breakdown."""
    unit, source = make_unit("personas", name="Personas"), make_source("inegi")
    total = make_series("poblacion", unit=unit, source=source)
    for code, words in dimensions:
        codelist, _made = Codelist.objects.get_or_create(code=code, defaults={"name": code})
        for key, name in words.items():
            Code.objects.create(codelist=codelist, code=key, name=name)
            make_series(
                total.indicator,
                code=f"poblacion.{key.lower()}",
                unit=unit,
                source=source,
                headline=False,
                dimensions={code: key},
            )
    return total


BY_SEX = ("SEX", {"F": "Mujeres", "M": "Hombres"})


def invented(year: str, *, country: str = "Total", men: str = "Hombres") -> bytes:
    """Return an export of the same shape, of an invented country of two states."""
    lines = [
        '"Población total"',
        '"Tamaño de localidad : Total"',
        '""',
        '"Consulta de: Población total con estimación  Por: Entidad municipio y loc  Según: Sexo"',
        f'"","","Total","{men}","Mujeres",""',
        f'" ","{country}","3,000","1,400","1,600"',
        '"=CONCATENAR(0,41) ","Sierra Alta","1,000","450","550"',
        '" 41 001 ","Río Hondo","700","300","400"',
        '" 41 002 ","Peña Alta","300","150",""',
        '"=CONCATENAR(0,42) ","Valle Bajo","2,000","950","1,050"',
        '" 42 002 ","San Pedro","2,000","950","1,050"',
        "",
        f'"FUENTE: INEGI. Censo de Población y Vivienda {year}."',
        "",
    ]
    return "\r\n".join(lines).encode("latin-1")


@pytest.mark.parametrize(
    ("country", "men"), [("Total", "Hombres"), ("Estados Unidos Mexicanos", "Hombre")]
)
def test_an_export_of_that_shape(territory: dict[str, Place], country: str, men: str) -> None:
    make_institute(home_place_code="41001", metro_code="", comparator_codes="")
    territory["MEX"].names.create(name="Estados Unidos Mexicanos", kind="official")
    total = population(BY_SEX)
    job = take(invented("2020", country=country, men=men), "poblacion.csv", series=total)
    assert fates(job) == {"new": 17}, problems(job)
    found = {
        (series, place): value
        for series, place, value in job.rows.values_list("series__code", "place_id", "value")
    }
    assert found["poblacion.principal", territory["MEX"].pk] == 3000
    assert found["poblacion.f", territory["42"].pk] == 1050
    assert found["poblacion.m", territory["41001"].pk] == 300
    assert set(job.rows.values_list("period_id", flat=True)) == {parse_period("2020").key}


def test_the_next_year_is_read_alike_with_its_own_period(
    territory: dict[str, Place], analyst: Any, reviewer: Any
) -> None:
    make_institute(home_place_code="41001", metro_code="", comparator_codes="")
    total = population(BY_SEX)
    first = take(invented("2010"), "2010.csv", series=total, user=analyst)
    actions.submit_import(first, analyst)
    actions.approve_import(first, reviewer)
    second = take(invented("2020"), "2020.csv", series=total)
    assert second.mapping["remembered"]
    assert second.mapping["constants"] == {"period": "2020"}
    assert fates(second) == {"new": 17}


@pytest.fixture
def country(db: None) -> None:
    """Make the country with every municipality of the facts."""
    import csv

    make_institute(home_place_code="05035", metro_code="", comparator_codes="")
    mexico = make_place("MEX", "México", level="country")
    mexico.names.create(name="Estados Unidos Mexicanos", kind="official")
    with shared_file("facts/mexico/municipal-population.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    places = {(row["cvegeo"], row["name"]): row["level"] for row in rows}
    for code, name in sorted(places, key=lambda pair: (len(pair[0]), pair)):
        if len(code) == 2 and code != "00":
            make_place(code, name, level="state", parent=mexico)
        elif len(code) == 5:
            make_place(code, name, parent=Place.objects.get(code=code[:2]))


@pytest.mark.parametrize(
    ("year", "total"),
    [(2000, 97_483_412), (2005, 103_263_388), (2010, 112_336_538), (2020, 126_014_024)],
)
def test_the_real_population_files(country: None, year: int, total: int) -> None:
    path = shared_file(f"facts/mexico/inegi-exports/poblacion-municipal-{year}.csv")
    job = take(path.read_bytes(), path.name, series=population(BY_SEX))
    assert fates(job).get("refused", 0) == 0, list(problems(job).items())[:5]
    mexico = Place.objects.get(code="MEX")
    found = job.rows.get(series__code="poblacion.principal", place_id=mexico.pk)
    assert found.value == total and found.period_id == parse_period(str(year)).key
    lines = path.read_text(encoding="latin-1").splitlines()
    rows = sum(1 for line in lines if line.startswith(('" ', '"=')))
    assert job.rows.filter(series__code="poblacion.principal").count() == rows


def test_the_real_file_of_people_of_african_descent(country: None) -> None:
    path: Path = shared_file("facts/mexico/inegi-exports/afromexicana-2020.csv")
    total = population(
        (
            "ETHN",
            {
                "Y": "Se considera afromexicana(o) afrodescendiente",
                "N": "No se considera afromexicana(o) afrodescendiente",
                "U": "No especificado",
            },
        )
    )
    job = take(path.read_bytes(), path.name, series=total)
    assert fates(job).get("refused", 0) == 0, list(problems(job).items())[:5]
    mexico = Place.objects.get(code="MEX")
    assert dict(job.rows.filter(place_id=mexico.pk).values_list("series__code", "value")) == {
        "poblacion.principal": 126_014_024,
        "poblacion.y": 2_576_213,
        "poblacion.n": 122_961_223,
        "poblacion.u": 476_588,
    }
    assert job.rows.filter(series=total).count() > 2400
