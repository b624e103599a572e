"""Progress by Open SDG's measure. Expected values are worked by hand from the formula."""

import pytest

from traza.stats import cagr, measure_linear, measure_progress, overall_progress
from traza.stats.progress import limit_coefficient


def test_growth_rate():
    assert cagr(121, 100, 2017, 2015) == pytest.approx(0.1)
    for current, base, years in ((5, 0, 2), (-5, 5, 2), (5, 5, 0)):
        with pytest.raises(ValueError, match="growth rate"):
            cagr(current, base, 2015 + years, 2015)


@pytest.mark.parametrize(
    ("rate", "status", "score"),
    [
        (0.03, "substantial_progress", 5.0),
        (0.016, "substantial_progress", 3.0),
        (0.01, "moderate_progress", 1.25),
        (0.002, "limited_progress", -1.5),
        (-0.01, "deterioration", -3.75),
        (-0.05, "deterioration", -5.0),
    ],
)
def test_without_a_target(rate, status, score):
    measure = measure_progress(
        base=(2015, 100), current=(2020, 100 * (1 + rate) ** 5), direction="up"
    )
    assert measure.value == pytest.approx(rate)
    assert measure.status == status
    assert measure.score == pytest.approx(score)


def test_less_is_better():
    measure = measure_progress(base=(2015, 100), current=(2016, 98), direction="down")
    assert measure.value == pytest.approx(0.02)
    assert measure.status == "substantial_progress"


@pytest.mark.parametrize(
    ("ratio", "status", "score"),
    [
        (1.0, "substantial_progress", 2.8572),
        (0.7, "moderate_progress", 0.71433),
        (0.3, "limited_progress", -1.24999),
        (-0.4, "deterioration", -4.16668),
    ],
)
def test_with_a_target(ratio, status, score):
    needed = 2 ** (1 / 15) - 1  # from 100 to 200 in fifteen years
    measure = measure_progress(
        base=(2015, 100),
        current=(2020, 100 * (1 + ratio * needed) ** 5),
        direction="up",
        target=(2030, 200),
    )
    assert measure.value == pytest.approx(ratio)
    assert measure.status == status
    assert measure.score == pytest.approx(score, abs=1e-4)


def test_a_target_met_is_five():
    measure = measure_progress(
        base=(2015, 100), current=(2020, 49), direction="down", target=(2030, 50)
    )
    assert (measure.status, measure.score) == ("target_achieved", 5.0)
    assert measure.words() == "meta cumplida"


def test_thresholds_shrink_near_a_limit():
    assert limit_coefficient(0, 100) == 1
    assert limit_coefficient(200, 100) == 1
    assert limit_coefficient(100, 100) == 0
    assert limit_coefficient(90, 100) == pytest.approx(1 - 0.9**4.44)
    measure = measure_progress(base=(2015, 98), current=(2016, 98.2), direction="up", limit=100)
    # 0.204 % a year is limited far from the limit, but substantial so near to it.
    assert measure.coefficient == pytest.approx(1 - 0.98**4.44)
    assert measure.status == "substantial_progress"
    at_limit = measure_progress(base=(2015, 100), current=(2016, 100), direction="up", limit=100)
    assert at_limit.score == 5


@pytest.mark.parametrize(
    ("base", "current", "target", "word"),
    [
        ((2015, 0), (2020, 5), None, "cero"),
        ((2015, -5), (2020, 5), None, "signo"),
        ((2020, 5), (2020, 6), None, "un año"),
        ((2015, 5), (2020, 4), (2030, 0), "cero"),
        ((2015, 5), (2020, 4), (2030, -2), "otro signo"),
        ((2015, 5), (2020, 4), (2015, 3), "posterior"),
    ],
)
def test_nothing_is_put_in_place_of_what_cannot_be_measured(base, current, target, word):
    measure = measure_progress(base=base, current=current, direction="down", target=target)
    assert (measure.status, measure.score, measure.value) == ("not_available", None, None)
    assert word in measure.reason


def test_linear_may_cross_zero():
    measure = measure_linear(base=(2015, -10), current=(2020, 0), target=(2025, 10), direction="up")
    assert measure.value == pytest.approx(1.0)
    assert measure.status == "substantial_progress"
    back = measure_linear(base=(2015, -10), current=(2020, -12), target=(2025, 10), direction="up")
    assert back.value == pytest.approx(-0.2)
    assert back.status == "deterioration"


def test_linear_refuses_a_target_against_the_direction():
    measure = measure_linear(base=(2015, 10), current=(2020, 4), target=(2025, 5), direction="up")
    assert measure.status == "not_available"
    assert "dirección" in measure.reason


def test_overall():
    good = measure_progress(base=(2015, 100), current=(2016, 110), direction="up")
    bad = measure_progress(base=(2015, 100), current=(2016, 80), direction="up")
    unknown = measure_progress(base=(2015, 0), current=(2016, 80), direction="up")
    done = measure_progress(base=(2015, 1), current=(2016, 9), direction="up", target=(2030, 8))
    assert overall_progress([good, bad, unknown]) == (0.0, "moderate_progress")
    assert overall_progress([done]) == (5.0, "target_achieved")
    assert overall_progress([unknown]) == (None, "not_available")
