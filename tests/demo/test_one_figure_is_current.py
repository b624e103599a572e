"""Of several figures for one key one is current by rule; the others stay beside it with why."""

from datetime import date

import pytest

from demo.compile.conflicts import Candidate, choose
from demo.compile.frequency import date_comment, frequency, period_of
from demo.compile.model import Series, Value, headlines
from tests.demo.tables import key, table

pytestmark = pytest.mark.pure

DAY = date(2019, 8, 31)


def figure(number: float | None, line: int, *, day: date = DAY, usual: int = 5) -> Candidate:
    return Candidate(day, usual, number, "" if number is None else str(number), line)


def test_a_number_goes_before_a_word() -> None:
    current, reason = choose([figure(None, 1), figure(0.0, 2)], [])
    assert current.number == 0.0 and reason


def test_the_usual_day_of_the_series_goes_first() -> None:
    cut = figure(215.0, 1, day=date(2019, 10, 31), usual=1)
    whole = figure(2752.0, 2, day=date(2019, 12, 31), usual=20)
    assert choose([cut, whole], [])[0] is whole


def test_the_neighbours_decide_between_figures_far_apart() -> None:
    current, reason = choose([figure(30.0, 1), figure(183.0, 2)], [190.0, 175.0, 181.0])
    assert current.number == 183.0 and "vecinas" in reason


def test_near_figures_are_decided_by_their_decimals_then_by_their_order() -> None:
    assert choose([figure(12.14, 1), figure(12.142, 2)], [12.0])[0].number == 12.142
    assert choose([figure(21.0, 1), figure(22.0, 2)], [20.0])[0].number == 21.0


def test_every_alternate_has_a_current_value_that_differs_and_a_reason() -> None:
    current = {key(row): row["OBS_VALUE"] for row in table("observations")}
    for row in table("observations_alternate"):
        assert current[key(row)] not in ("", row["OBS_VALUE"])
        assert row["reason"]


def test_months_typed_a_day_early_are_still_months() -> None:
    days = [date(2014, month, 28) for month in range(1, 6)]
    assert frequency(days, "mensual", "sesnsp") == "M"
    period = period_of(date(2014, 5, 30), "M")
    assert period.code == "2014-05"
    assert date_comment(date(2014, 5, 30), period) == "La fuente lo fecha el 30 de mayo de 2014."


def test_the_principal_series_is_the_one_that_lets_any_place_be_compared() -> None:
    own = Series("x.own", "x", "imco", "u", "A", values=[Value("2018", "zml", 1.0)] * 9)
    national = Series(
        "x.national", "x", "inegi", "u", "A", is_national=True, values=[Value("2010", "01001", 1.0)]
    )
    women = Series("x.women", "x", "inegi", "u", "A", "SEX=F", is_national=True)
    headlines([own, women, national])
    assert [s.code for s in (own, women, national) if s.is_headline] == ["x.national"]
