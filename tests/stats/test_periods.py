"""Periods are read as analysts write them, sorted by their start, and written for people."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traza.stats import (
    Period,
    PeriodError,
    format_period,
    format_span,
    infer_freq,
    parse_period,
    periods_between,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2019", "2019"),
        ("2019.0", "2019"),
        (2019, "2019"),
        ("2019/07", "2019-07"),
        ("07/2019", "2019-07"),
        ("jul-19", "2019-07"),
        ("julio 2019", "2019-07"),
        ("julio de 2019", "2019-07"),
        ("Ene 2020", "2020-01"),
        ("January 2020", "2020-01"),
        ("2T2019", "2019-Q2"),
        ("2019 T2", "2019-Q2"),
        ("2020Q1", "2020-Q1"),
        ("2020M02", "2020-02"),
        ("1er semestre 2019", "2019-S1"),
        ("31/12/2019", "2019-12-31"),
        ("2019-12-31", "2019-12-31"),
        ("2024-W05", "2024-W05"),
        ("2015-2020", "2015-01-01/P6Y"),
    ],
)
def test_what_analysts_write(text, code):
    assert parse_period(text).code == code


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("2020/03", "Q", "2020-Q3"),
        ("2019-12-31", "A", "2019"),
        ("2019-07-31", "M", "2019-07"),
    ],
)
def test_a_hint_decides(text, hint, code):
    assert parse_period(text, hint=hint).code == code


@pytest.mark.parametrize("text", ["", "hoy", "2019-13", "31/02/2019", "julio", "n.d."])
def test_what_is_no_period_is_refused_in_words(text):
    with pytest.raises(PeriodError) as error:
        parse_period(text)
    assert len(str(error.value)) > 20


periods = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)).flatmap(
        lambda day: st.sampled_from(["A", "S", "T", "Q", "M", "W", "D"]).map(
            lambda freq: Period.containing(freq, day)
        )
    ),
    st.tuples(st.integers(1900, 2050), st.integers(1, 20)).map(
        lambda p: Period.years(p[0], p[0] + p[1])
    ),
)


@given(periods)
def test_key_and_code_tell_a_period(period):
    assert 0 < period.key < 2**31
    assert Period.from_code(period.code) == period
    if period.freq != "T":  # in Mexico «T» is read as a quarter
        assert parse_period(period.code) == period
    if period.key % 10:
        assert Period.from_key(period.key) == period


@given(periods.filter(lambda p: p.key % 10), st.integers(1, 30))
def test_next_and_previous_are_neighbours(period, n):
    following = period.next()
    assert following.start == period.end + timedelta(days=1)
    assert following.previous() == period
    assert periods_between(period, period.next(n)) == n


@given(periods)
def test_every_period_has_words(period):
    for lang in ("es", "en"):
        for short in (False, True):
            assert str(period.year) in format_period(period, lang, short=short)


@pytest.mark.parametrize(
    ("code", "es", "en", "short"),
    [
        ("2024", "2024", "2024", "2024"),
        ("2020-03", "marzo de 2020", "March 2020", "mar 2020"),
        ("2024-Q2", "2.º trimestre de 2024", "2nd quarter of 2024", "T2 2024"),
        ("2024-Q1", "1.er trimestre de 2024", "1st quarter of 2024", "T1 2024"),
        ("2024-S1", "1.er semestre de 2024", "1st half of 2024", "S1 2024"),
        ("2026-11-24", "24 de noviembre de 2026", "24 November 2026", "24 nov 2026"),
    ],
)
def test_words(code, es, en, short):
    period = parse_period(code)
    assert format_period(period) == es
    assert format_period(period, "en") == en
    assert format_period(period, short=True) == short


def test_spans():
    assert format_span(parse_period("2014"), parse_period("2019")) == "2014–2019"
    assert format_span(parse_period("2024-01"), parse_period("2024-07")) == "enero–julio de 2024"


def test_year_ago():
    assert parse_period("2024-Q3").year_ago().code == "2023-Q3"
    assert parse_period("2024").year_ago().code == "2023"


def test_frequency_from_the_ends_of_periods():
    assert infer_freq([date(2020, 12, 31), date(2021, 12, 31), date(2022, 12, 31)]) == "A"
    assert infer_freq([date(2020, 1, 31), date(2020, 2, 29), date(2020, 3, 31)]) == "M"


@given(st.text(max_size=20))
def test_nothing_else_is_ever_raised(text):
    try:
        parse_period(text)
    except PeriodError as error:
        assert str(error)
