"""Ranks tell ties; changes say nothing where a percentage would mislead; ages are in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traza.stats import age_of, change, mad_jumps, ordinal, pct_change, rank, trend


def test_equal_values_share_the_better_position():
    ranks = rank({"a": 9, "b": 7, "c": 7, "d": 1, "e": None}, "up")
    assert {k: (r.position, r.of, r.tied) for k, r in ranks.items()} == {
        "a": (1, 4, False),
        "b": (2, 4, True),
        "c": (2, 4, True),
        "d": (4, 4, False),
    }


def test_direction():
    values = {"a": 1.0, "b": 2.0}
    assert rank(values, "down")["a"].position == 1
    assert rank(values, "up")["b"].position == 1
    assert rank(values, "none")["b"].position == 1


def test_words():
    ranks = rank({"a": 9, "b": 7, "c": 7}, "up")
    assert ranks["a"].words() == "1.º de 3"
    assert ranks["b"].words() == "2.º de 3 (empate)"
    assert ranks["b"].words("en") == "2nd of 3 (tied)"
    assert [ordinal(n, "en") for n in (1, 2, 3, 4, 11, 12, 13, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "112th",
    ]  # fmt: skip


@given(st.dictionaries(st.integers(), st.floats(allow_nan=True), max_size=30))
def test_better_is_never_behind(values):
    ranks = rank(values, "up")
    for a in ranks:
        for b in ranks:
            assert (values[a] > values[b]) == (ranks[a].position < ranks[b].position)


@pytest.mark.parametrize(
    ("old", "new", "difference", "percent"),
    [
        (100, 110, 10, 10.0),
        (100, 0, -100, -100.0),
        (0, 5, 5, None),
        (-5, 5, 10, None),
        (5, -5, -10, None),
        (None, 5, None, None),
        (5, float("nan"), None, None),
    ],
)
def test_changes(old, new, difference, percent):
    assert change(old, new) == difference
    assert pct_change(old, new) == percent


def test_a_trend_is_not_turned_by_one_odd_value():
    points = [(2015, 10), (2016, 11), (2017, 12), (2018, 13), (2019, 14)]
    assert trend(points).slope == pytest.approx(1)
    assert trend([*points[:2], (2017, 100), *points[3:]]).slope == pytest.approx(1)
    assert trend(points).word() == "sube"
    assert trend([(x, -v + 30) for x, v in points]).word("en") == "falling"


@pytest.mark.parametrize("values", [[100, 100.1, 100.2], [10, 20, 10, 20, 10], [5, 5, 5]])
def test_what_hardly_moves_or_swings_is_stable(values):
    assert trend(list(enumerate(values))).word() == "estable"


def test_two_values_are_no_trend():
    assert trend([(2019, 1), (2020, 2), (2021, None)]) is None


def test_only_the_last_values_count():
    falling, rising = [(i, 100 - i) for i in range(10)], [(10 + i, 90 + i) for i in range(5)]
    assert trend(falling + rising).word() == "sube"


def test_a_jump_is_found_and_told():
    values = [100, 103, 99, 101, None, 104, 1010, 1008, 1011]
    (jump,) = mad_jumps(values)
    assert (jump.index, jump.previous, jump.value) == (6, 104, 1010)
    assert jump.score > 6


def test_a_jump_among_equal_steps():
    (jump,) = mad_jumps([5] * 20 + [50] + [50] * 10)
    assert jump.index == 20


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 2, 3, 4, 5, 6, 7], [], [3] * 20])
def test_no_jump(values):
    assert mad_jumps(values) == []


@given(st.lists(st.one_of(st.none(), st.floats(-1e12, 1e12)), max_size=30))
def test_jumps_are_between_known_values(values):
    for jump in mad_jumps(values):
        assert values[jump.index] == jump.value
        assert jump.previous in values


@pytest.mark.parametrize(
    ("end", "words", "english"),
    [
        (date(2026, 11, 24), "de hoy", "today"),
        (date(2026, 11, 12), "hace 12 días", "12 days ago"),
        (date(2026, 10, 31), "hace 24 días", "24 days ago"),
        (date(2026, 6, 30), "hace 4 meses", "4 months ago"),
        (date(2025, 9, 30), "hace 13 meses", "13 months ago"),
        (date(2023, 12, 31), "hace casi 3 años", "almost 3 years ago"),
        (date(2024, 2, 29), "hace 2 años", "2 years ago"),
        (date(2019, 12, 31), "hace casi 7 años", "almost 7 years ago"),
        (date(2026, 12, 31), "aún en curso", "still under way"),
    ],
)
def test_ages(end, words, english):
    age = age_of(end, date(2026, 11, 24))
    assert age.words() == words
    assert age.words("en") == english


def test_a_month_ends_where_the_next_is_shorter():
    assert age_of(date(2026, 1, 31), date(2026, 2, 28)).months == 1
    assert age_of(date(2024, 2, 29), date(2025, 2, 28)).months == 12
