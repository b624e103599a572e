"""A figure of the source that cannot be right is published as it is, marked, with the reason."""

import pytest

from demo.compile.doubts import mark_doubts
from demo.compile.model import MEMBERS, Series, Value
from tests.demo.tables import table

pytestmark = pytest.mark.pure


def series(*values: Value) -> Series:
    return Series("tema.fuente.unidad.a", "tema", "fuente", "unidad", "A", values=list(values))


def whole(number: float, *parts: float) -> Value:
    """Return the value of the area beside those of its members, once doubts are marked."""
    members = [Value("2015", place, part) for place, part in zip(MEMBERS, parts, strict=True)]
    made = series(Value("2015", "zml", number), *members)
    mark_doubts(made, is_share=True)
    return made.values[0]


def run(*numbers: float) -> list[tuple[float | None, str]]:
    made = series(*(Value(f"{2001 + i}", "05035", number) for i, number in enumerate(numbers)))
    mark_doubts(made, is_share=False)
    return [(value.number, value.status) for value in made.values]


def test_the_share_of_an_area_lies_among_those_of_its_members() -> None:
    odd = whole(87.25, 10.1, 16.2, 14.3, 15.6)
    assert (odd.number, odd.status) == (87.25, "U")
    assert "(de 10.1 a 16.2)" in odd.comment
    assert whole(12.75, 10.1, 16.2, 14.3, 15.6).status == "A"


def test_one_figure_of_another_size_is_doubtful() -> None:
    assert run(300, 310, 2, 290, 305)[2] == (2, "U")
    assert [status for _number, status in run(300, 310, 2, 290, 305)].count("A") == 4


def test_figures_that_stay_on_another_scale_are_a_break() -> None:
    statuses = [status for _number, status in run(300, 310, 290_000, 305_000, 299_000)]
    assert statuses == ["A", "A", "B", "A", "A"]


def test_small_figures_may_leap() -> None:
    assert {status for _number, status in run(0.05, 0.04, 3.4, 3.3, 3.5)} == {"A"}


def test_the_example_marks_what_was_seen_in_it() -> None:
    marked = {
        (row["series"].partition(".")[0], row["TIME_PERIOD"], row["REF_AREA"]): row
        for row in table("observations")
        if "dudosa" in row["COMMENT_OBS"] or "escala" in row["COMMENT_OBS"]
    }
    odd = marked["sociedad-rezago-educativo", "2015", "zml"]
    assert (odd["OBS_VALUE"], odd["OBS_STATUS"]) == ("87.25", "U")
    assert marked["sociedad-viviendas-con-piso-de-tierra", "2010", "zml"]["OBS_STATUS"] == "U"
    assert marked["economia-total-de-exportaciones", "2020-03", "05035"]["OBS_STATUS"] == "B"
    assert len(marked) < 30


def test_injuries_given_in_years_are_doubtful() -> None:
    slug = "sociedad-lesiones-a-pacientes-mujeres-por-accidente"
    rows = [row for row in table("observations") if row["series"].partition(".")[0] == slug]
    assert [(row["OBS_VALUE"], row["OBS_STATUS"]) for row in rows] == [("69", "U")]
    assert rows[0]["series"] == f"{slug}.dgis.anos.a"
    assert "Unidad dudosa: la fuente dice «Años»" in rows[0]["COMMENT_OBS"]
