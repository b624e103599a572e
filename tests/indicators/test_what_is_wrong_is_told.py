"""What can be wrong with a file is told with its row, in Spanish; one test for each check."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories import make_series, make_unit, observations
from tests.indicators.files import csv, fates, problems, take, xlsx
from traza.indicators.models import Series, Unit
from traza.places.models import Place

pytestmark = pytest.mark.usefixtures("home")

HEADER = ("Municipio", "Periodo", "Valor")


@pytest.fixture
def yearly(territory: dict[str, Place]) -> Series:
    return make_series("poblacion", unit=make_unit("personas", name="Personas"))


def only(told: dict[str, list[str]], code: str) -> str:
    assert list(told) == [code], told
    (message,) = told[code]
    return message


def refused(series: Series, row: tuple[Any, ...], code: str) -> str:
    job = take(xlsx(HEADER, ("Río Hondo", "2019-07", 3), row), "datos.xlsx", series=series)
    assert fates(job) == {"new": 1, "refused": 1}
    return only(problems(job), code)


def test_a_place_nobody_knows(series: Series) -> None:
    said = refused(series, ("Rio Jondo", "2019-07", 3), "unknown_place")
    assert said.startswith("Renglón 3") and "Rio Jondo" in said


def test_a_place_that_could_be_two(series: Series) -> None:
    said = refused(series, ("San Pedro", "2019-07", 3), "ambiguous_place")
    assert "Sierra Alta" in said and "Valle Bajo" in said and "clave" in said


def test_a_period_that_is_none(series: Series) -> None:
    assert "«ayer»" in refused(series, ("Peña Alta", "ayer", 3), "unreadable_period")


def test_a_period_of_another_frequency(series: Series) -> None:
    said = refused(series, ("Peña Alta", 2019, 3), "mixed_frequency")
    assert "año" in said and "mes" in said


def test_a_value_that_is_no_number(series: Series) -> None:
    assert "«doce»" in refused(series, ("Peña Alta", "2019-07", "doce"), "unreadable_value")


@pytest.mark.parametrize("cell", ["#REF!", "#DIV/0!", "#N/A", "Err:502"])
def test_a_formula_that_failed(series: Series, cell: str) -> None:
    assert cell in refused(series, ("Peña Alta", "2019-07", cell), "formula_error")


def test_a_figure_that_excel_made_a_date(series: Series) -> None:
    said = refused(series, ("Peña Alta", "2019-07", datetime(2019, 2, 1)), "excel_date")
    assert "2019-02-01" in said


def test_a_period_that_excel_made_a_number(series: Series) -> None:
    assert "43647" in refused(series, ("Peña Alta", 43647, 3), "excel_date")


def test_a_day_inside_the_month_is_no_month(series: Series) -> None:
    said = refused(series, ("Peña Alta", datetime(2019, 7, 12), 3), "unreadable_period")
    assert "Excel suele convertir en fecha" in said


def test_a_key_given_twice_with_two_figures(series: Series) -> None:
    said = refused(series, ("RIO HONDO", "jul-2019", 4), "repeated")
    assert said.startswith("Renglón 3: repite") and "renglón 2" in said and "3" in said


def test_a_key_given_twice_with_the_same_figure_is_used_once(series: Series) -> None:
    row = ("Río Hondo", "2019-07", 3)
    job = take(xlsx(HEADER, row, row), "datos.xlsx", series=series)
    assert fates(job) == {"new": 1, "discarded": 1}
    assert "se usa uno" in only(problems(job), "repeated_equal")


def test_a_value_and_a_status_that_contradict(series: Series) -> None:
    rows = [(*HEADER, "Estatus"), ("Río Hondo", "2019-07", 3, "Sin dato"), ("Peña Alta", "", "")]
    job = take(xlsx(*rows[:2]), "datos.xlsx", series=series)
    said = only(problems(job), "contradiction")
    assert "3" in said and "Sin dato" in said


def test_a_value_that_is_missing_without_saying_why(series: Series) -> None:
    assert "«ND»" in refused(series, ("Peña Alta", "2019-07", None), "no_value")


def test_letters_broken_by_the_encoding(series: Series) -> None:
    job = take(csv(HEADER, ("RÃ\u00ado Hondo", "2019-07", 3)), series=series)
    assert fates(job) == {"new": 1}
    assert "codificación" in only(problems(job), "mojibake")


def test_a_jump_that_the_series_does_not_make(yearly: Series) -> None:
    run = {str(year): 1000.0 + 3 * (year - 2000) + year % 3 for year in range(2000, 2012)}
    observations(yearly, {"41001": run})
    calm = take(csv(HEADER, ("Río Hondo", 2012, 1040)), series=yearly)
    assert problems(calm) == {}
    job = take(csv(HEADER, ("Río Hondo", 2012, 1900)), series=yearly)
    assert fates(job) == {"new": 1}
    said = only(problems(job), "jump")
    assert said.startswith("Renglón 2") and "1,900" in said and "Río Hondo" in said


def test_a_metropolitan_total_that_is_not_the_sum(series: Series) -> None:
    def rows(total: int) -> bytes:
        places = [("Río Hondo", 3), ("El Llano", 4), ("Zona de Río Hondo", total)]
        return csv(HEADER, *[(name, "2019-07", value) for name, value in places])

    assert problems(take(rows(7), series=series)) == {}
    said = only(problems(take(rows(9), series=series)), "total")
    assert said.startswith("Renglón 4") and "9" in said and "7" in said


def test_a_part_that_no_longer_adds_up_with_what_is_published(series: Series) -> None:
    observations(
        series,
        {"41001": {"2019-07": 3}, "42001": {"2019-07": 4}, "zrh": {"2019-07": 7}},
    )
    job = take(csv(HEADER, ("El Llano", "2019-07", 5)), series=series)
    assert "suma" in only(problems(job), "total")


def test_what_does_not_add_up_by_nature_is_not_summed(yearly: Series) -> None:
    rows = [("Río Hondo", 2019, 3), ("El Llano", 2019, 4), ("Zona de Río Hondo", 2019, 5)]
    assert problems(take(csv(HEADER, *rows), series=yearly)) == {}


def test_one_value_for_all_municipalities(yearly: Series) -> None:
    names = ("Río Hondo", "Peña Alta", "El Llano")
    job = take(csv(HEADER, *[(name, 2019, 312.5) for name in names]), series=yearly)
    said = only(problems(job), "same_value")
    assert "312.5" in said and "2019" in said


def published_thousands(series: Series) -> None:
    observations(
        series,
        {"41001": {"2018": 720_848}, "41002": {"2018": 163_313}, "42001": {"2018": 118_337}},
    )


def test_figures_a_thousand_times_smaller(yearly: Series) -> None:
    published_thousands(yearly)
    rows = [("Río Hondo", 2019, 731.2), ("Peña Alta", 2019, 165.0), ("El Llano", 2019, 119.6)]
    job = take(csv(HEADER, *rows), series=yearly)
    said = only(problems(job), "unit_scale")
    assert "1,000 veces menores" in said and "Personas" in said


def test_one_corrected_figure_with_a_digit_too_many(yearly: Series) -> None:
    published_thousands(yearly)
    job = take(csv(HEADER, ("Río Hondo", 2018, 7_208_480)), series=yearly)
    assert "10 veces mayores" in only(problems(job), "unit_scale")


def test_figures_that_grew_are_no_change_of_unit(yearly: Series) -> None:
    published_thousands(yearly)
    rows = [("Río Hondo", 2019, 900_000), ("Peña Alta", 2019, 300_000), ("El Llano", 2019, 90_000)]
    assert problems(take(csv(HEADER, *rows), series=yearly)) == {}


@pytest.mark.parametrize("title", ["Miles de personas", "Porcentaje", "Millones de pesos"])
def test_a_title_that_names_another_unit(yearly: Series, title: str) -> None:
    job = take(csv((title,), HEADER, ("Río Hondo", 2019, 3), ("El Llano", 2019, 9)), series=yearly)
    said = only(problems(job), "unit_word")
    assert title in said and "Personas" in said


def test_a_title_that_names_its_own_unit(territory: dict[str, Place]) -> None:
    unit = make_unit("por-100-mil", name="Casos por cada 100 mil habitantes", kind=Unit.Kind.RATE)
    rate = make_series("tasa", unit=unit)
    table = csv(("Tasa por cada 100,000 habitantes",), HEADER, ("Río Hondo", 2019, 3.2))
    assert problems(take(table.replace(b"100,000", b"100 000"), series=rate)) == {}


@pytest.mark.parametrize(("cell", "words"), [("12 %", "%"), ("$ 1200", "$")])
def test_a_figure_that_carries_another_unit(yearly: Series, cell: str, words: str) -> None:
    rows = [("Río Hondo", 2019, cell), ("Peña Alta", 2019, cell)]
    job = take(csv(HEADER, *rows), series=yearly)
    said = only(problems(job), "unit_sign")
    assert said.startswith("Renglón 2") and f"«{words}»" in said


def test_what_is_mended_is_taken_back(series: Series, analyst: Any) -> None:
    from traza.indicators import actions
    from traza.stats.periods import parse_period

    rows = [("Río Hondo", 3), ("El Llano", 4), ("Zona de Río Hondo", 9)]
    job = take(csv(HEADER, *[(n, "2019-07", v) for n, v in rows]), series=series, user=analyst)
    assert "total" in problems(job)
    row = job.rows.get(line=4)
    actions.correct_row(
        job,
        row,
        user=analyst,
        place=Place.objects.get(code="zrh"),
        period=parse_period("2019-07"),
        value=7,
    )
    assert problems(job) == {}


def test_discarding_one_of_two_leaves_the_other(series: Series, analyst: Any) -> None:
    from traza.indicators import actions

    rows = [("Río Hondo", "2019-07", 3), ("Río Hondo", "2019-07", 4)]
    job = take(csv(HEADER, *rows), series=series, user=analyst)
    assert fates(job) == {"new": 1, "refused": 1}
    actions.discard_row(job, job.rows.get(line=2), user=analyst)
    assert fates(job) == {"new": 1, "discarded": 1}
    assert problems(job) == {}
    assert job.rows.get(fate="new").value == 4


def test_discarding_one_of_two_equal_rows_uses_the_other(series: Series, analyst: Any) -> None:
    from traza.indicators import actions

    rows = [("Río Hondo", "2019-07", 3), ("Río Hondo", "2019-07", 3)]
    job = take(csv(HEADER, *rows), series=series, user=analyst)
    first, second = job.rows.order_by("line")
    actions.discard_row(job, first, user=analyst)
    second.refresh_from_db()
    assert second.fate == "new" and problems(job) == {}
    assert actions.restore_rows(job, [first], user=analyst) == 1
    assert fates(job) == {"new": 1, "discarded": 1}


def test_new_revised_equal_and_missing_are_told_apart(series: Series) -> None:
    observations(
        series,
        {
            "41001": {"2019-06": 1, "2019-07": 2},
            "41002": {"2019-06": 5, "2019-07": 6},
            "42001": {"2019-01": 8},
        },
    )
    rows = [("Río Hondo", "2019-06", 1), ("Río Hondo", "2019-07", 3), ("Peña Alta", "2019-06", 5)]
    job = take(csv(HEADER, *rows, ("El Llano", "2019-07", 9)), series=series)
    assert fates(job) == {"equal": 2, "revised": 1, "new": 1, "missing": 1}
    revised = job.rows.get(fate="revised")
    assert (revised.old_value, revised.value) == (2, 3)
    lacking = job.rows.get(fate="missing")
    assert lacking.place_id == Place.objects.get(code="41002").pk and lacking.old_value == 6


def test_a_file_without_a_status_column_keeps_the_published_status(series: Series) -> None:
    observations(series, {"41001": {"2019-06": (1, "P", "preliminar"), "2019-07": (2, "P")}})
    rows = [("Río Hondo", "2019-06", 1), ("Río Hondo", "2019-07", 3)]
    job = take(csv(HEADER, *rows), series=series)
    assert fates(job) == {"equal": 1, "revised": 1}


def test_a_file_that_tells_the_status_can_make_a_value_final(series: Series) -> None:
    observations(series, {"41001": {"2019-06": (1, "P")}})
    job = take(csv((*HEADER, "Estatus"), ("Río Hondo", "2019-06", 1, "Definitivo")), series=series)
    assert fates(job) == {"revised": 1}
