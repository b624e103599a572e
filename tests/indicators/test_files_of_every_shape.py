"""Long or wide, any kind of file, any way of writing figures: the same values come out."""

import io
from typing import Any

import pytest

from tests.factories import make_series
from tests.indicators.files import csv, fates, ods, problems, staged, take, xls, xlsx
from traza.indicators import actions
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import Mapping
from traza.indicators.models import Code, Codelist, ImportJob, Series
from traza.places.models import Place

pytestmark = pytest.mark.usefixtures("home")

LONG = (
    ("Municipio", "Periodo", "Valor"),
    ("Río Hondo", "2019-07", 12),
    ("El Llano", "2019-07", 1204.5),
    ("Río Hondo", "2019-08", 14),
)
EXPECTED = {("41001", "2019-07"): 12, ("42001", "2019-07"): 1204.5, ("41001", "2019-08"): 14}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("datos.xlsx", xlsx(*LONG)),
        ("datos.xls", xls(*LONG)),
        ("datos.ods", ods(*LONG)),
        ("datos.csv", csv(*LONG)),
        ("DATOS.CSV", csv(*LONG)),
        ("datos.txt", csv(*LONG, mark="\t")),
        ("datos.csv", csv(*LONG, mark=";")),
        ("datos.csv", csv(*LONG, mark="|")),
        ("datos.csv", csv(*LONG, encoding="latin-1")),
        ("datos.csv", csv(*LONG, encoding="cp1252")),
        ("datos.csv", csv(*LONG, encoding="utf-8-sig")),
        ("datos.csv", csv(*LONG, encoding="utf-16")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_value_a_row(series: Series, name: str, content: bytes) -> None:
    job = take(content, name, series=series)
    assert problems(job) == {} and staged(job) == EXPECTED
    assert job.mapping["layout"] == "long"


def test_places_down_and_periods_across(series: Series) -> None:
    rows = [
        ("Homicidios dolosos",),
        ("Municipio", "jul-2019", "ago-2019"),
        ("Río Hondo", 12, 14),
        ("El Llano", 1204.5, ""),
        ("Fuente: la fiscalía",),
    ]
    job = take(xlsx(*rows), "datos.xlsx", series=series)
    assert job.mapping["layout"] == "areas_by_periods"
    assert staged(job) == EXPECTED
    assert job.counts["blank"] == 1


def test_years_across_as_numbers(territory: dict[str, Place]) -> None:
    yearly = make_series("poblacion")
    job = take(
        xlsx(("Clave", "Nombre", 2019, 2020), ("41001", "Río Hondo", 5, 6)),
        "datos.xlsx",
        series=yearly,
    )
    assert staged(job) == {("41001", "2019"): 5, ("41001", "2020"): 6}


def test_periods_down_and_places_across(series: Series) -> None:
    rows = [("Mes", "Río Hondo", "El Llano"), ("2019-07", 12, 1204.5), ("2019-08", 14, "ND")]
    job = take(csv(*rows), series=series)
    assert job.mapping["layout"] == "periods_by_areas", job.mapping
    assert staged(job) == {**EXPECTED, ("42001", "2019-08"): None}


def test_year_and_month_apart(series: Series) -> None:
    rows = [("Municipio", "Año", "Mes", "Casos"), ("Río Hondo", 2019, "julio", 12)]
    assert staged(take(csv(*rows), series=series)) == {("41001", "2019-07"): 12}
    rows = [("Municipio", "Año", "Mes", "Casos"), ("Río Hondo", 2019, 7, 12)]
    assert staged(take(csv(*rows), series=series)) == {("41001", "2019-07"): 12}


def test_a_month_that_says_its_year_even_with_a_mistake_below(series: Series) -> None:
    rows = [
        ("Municipio", "Mes", "Casos"),
        ("Río Hondo", "julio de 2019", 12),
        ("El Llano", "julio de 2019", 3),
        ("El Llano", "treceavo mes de 2019", 4),
    ]
    job = take(csv(*rows), series=series)
    assert job.rows.get(fate="refused").line == 4
    kept = job.rows.exclude(fate="refused").values_list("line", "value")
    assert dict(kept) == {2: 12, 3: 3}


def test_state_and_municipality_apart(series: Series) -> None:
    rows = [("Entidad", "Municipio", "Periodo", "Valor"), ("Valle Bajo", "San Pedro", "2019-07", 2)]
    assert staged(take(csv(*rows), series=series)) == {("42002", "2019-07"): 2}


def test_breakdowns_across_with_one_period_for_all(territory: dict[str, Place]) -> None:
    total = make_series("poblacion")
    sexes = Codelist.objects.create(code="SEX", name="Sexo")
    for code, name in (("F", "Mujeres"), ("M", "Hombres")):
        Code.objects.create(codelist=sexes, code=code, name=name)
        make_series(
            total.indicator, code=f"poblacion.{code}", headline=False, dimensions={"SEX": code}
        )
    rows = [
        ("Población 2020",),
        ("Municipio", "Total", "Hombres", "Mujeres"),
        ("El Llano", 9, 4, 5),
    ]
    job = take(csv(*rows), series=total)
    values = dict(job.rows.values_list("series__code", "value"))
    assert values == {"poblacion.principal": 9, "poblacion.F": 5, "poblacion.M": 4}
    assert job.mapping["constants"] == {"period": "2020"}


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (("1.234,5", "7,25"), 1234.5),
        (("1,234.5", "7.25"), 1234.5),
        (("1 234,5", "7,25"), 1234.5),
        (("$ 1,234.50", "$ 7.25"), 1234.5),
        (("1.234", "7,25"), 1234.0),
        (("1,234", "7.25"), 1234.0),
    ],
)
def test_decimal_points_and_commas(series: Series, cells: tuple[str, str], value: float) -> None:
    rows = [LONG[0], ("Río Hondo", "2019-07", cells[0]), ("El Llano", "2019-07", cells[1])]
    job = take(csv(*rows, mark=";"), series=series)
    assert staged(job) == {("41001", "2019-07"): value, ("42001", "2019-07"): 7.25}


def test_the_sheet_that_is_asked_for(series: Series) -> None:
    book = xlsx(("Nota",), sheets={"Datos": LONG, "Otra": [("a", "b")]})
    assert staged(take(book, "datos.xlsx", series=series, sheet="Datos")) == EXPECTED


def test_several_series_in_one_file(series: Series) -> None:
    other = make_series("robos", freq="M")
    rows = [
        ("Serie", "Municipio", "Periodo", "Valor"),
        (series.code, "Río Hondo", "2019-07", 1),
        (other.code, "Río Hondo", "2019-07", 2),
        ("no-hay", "Río Hondo", "2019-07", 3),
    ]
    job = take(csv(*rows))
    assert fates(job) == {"new": 2, "refused": 1}
    assert "no-hay" in problems(job)["unknown_series"][0]


def test_what_cannot_be_understood_is_asked_and_then_remembered(
    series: Series, analyst: Any
) -> None:
    from traza.indicators.intake.errors import IntakeError
    from traza.indicators.intake.mapping import Mapping

    rows = [("Dónde", "Cuándo", "Qué"), ("aaa", "2019-07", "12"), ("Río Hondo", "2019-07", "uno")]
    content = csv(*rows)
    job = actions.create_import(io.BytesIO(content), filename="a.csv", user=analyst, series=series)
    actions.read_import(job)
    assert job.state == "read" and job.rows.count() == 0
    with pytest.raises(IntakeError, match="qué columna dice el lugar"):
        actions.check_import(job)

    mapping = Mapping.from_json(job.mapping)
    for column, role in zip(mapping.columns, ("place", "period", "value"), strict=True):
        column.role = role
    actions.read_import(job, mapping, user=analyst)
    actions.check_import(job)
    assert job.state == "checked" and job.rows.count() == 2

    again = take(csv(rows[0], ("Río Hondo", "2019-07", "3")), "otro.csv", series=series)
    assert again.mapping["remembered"] and staged(again) == {("41001", "2019-07"): 3}


def test_the_header_is_where_the_person_says(series: Series, analyst: Any) -> None:
    from traza.indicators.intake.mapping import Mapping

    rows = [("Informe", "mensual"), ("sin", "datos"), *LONG]
    content = csv(*rows)
    job = actions.create_import(io.BytesIO(content), filename="a.csv", user=analyst, series=series)
    actions.read_import(job)
    mapping = Mapping.from_json(job.mapping)
    mapping.header_row = 3
    actions.read_import(job, mapping, user=analyst)
    actions.check_import(job)
    assert staged(job) == EXPECTED


def test_of_several_columns_of_figures_a_person_says_which(series: Series, analyst: Any) -> None:
    rows = [("Zona", "Corte", "N1", "N2"), ("Río Hondo", "2019-07", 3, 7)]
    with pytest.raises(IntakeError, match="qué columna tiene el valor"):
        take(csv(*rows), series=series, user=analyst)
    job = ImportJob.objects.get()
    assert job.state == "read" and not job.rows.exists()
    mapping = Mapping.from_json(job.mapping)
    mapping.columns[3].role = "value"
    actions.read_import(job, mapping, user=analyst)
    assert staged(actions.check_import(job)) == {("41001", "2019-07"): 7}
