"""Classes hold every value once, are never empty, and have limits one can say."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from traza.stats import (
    classify,
    diverging_classes,
    equal_classes,
    natural_classes,
    quantile_classes,
)
from traza.stats.classes import _fisher, roundest

values = st.lists(
    st.one_of(
        st.none(), st.floats(-1e9, 1e9, allow_subnormal=False), st.integers(0, 20).map(float)
    ),
    max_size=60,
)


@settings(deadline=None)
@given(values, st.integers(1, 7), st.sampled_from(["quantile", "natural", "equal"]))
def test_every_value_is_in_one_class(data, count, method):
    known = [v for v in data if v is not None]
    classes = classify(data, count, method=method)
    assert sum(c.count for c in classes) == len(known)
    assert all(c.count for c in classes)
    assert len(classes) <= max(1, count + 1 if method == "equal" else count)
    for a, b in pairwise(classes):
        assert a.upper == b.lower
    for c in classes[:-1]:
        assert sum(c.lower <= v < c.upper for v in known) == c.count
    if classes:
        assert classes[0].lower <= min(known)
        assert classes[-1].upper >= max(known)


def test_natural_breaks_fall_in_the_gaps():
    classes = natural_classes([1, 2, 3, 20, 21, 22, 80, 81], 3)
    assert [c.count for c in classes] == [3, 3, 2]
    assert [c.label for c in classes] == ["menos de 20", "20 a menos de 50", "50 o más"]


@given(st.lists(st.integers(0, 50), min_size=4, max_size=9, unique=True), st.integers(2, 4))
def test_natural_breaks_are_the_best_there_are(data, count):
    ordered = sorted(float(v) for v in data)
    if count > len(ordered):
        return

    def spread(cuts):
        edges = [0, *cuts, len(ordered)]
        total = 0.0
        for a, b in pairwise(edges):
            part = ordered[a:b]
            mean = sum(part) / len(part)
            total += sum((v - mean) ** 2 for v in part)
        return total

    found = [ordered.index(v) for v in _fisher(ordered, count)]
    best = min(spread(c) for c in combinations(range(1, len(ordered)), count - 1))
    assert spread(found) == pytest.approx(best, abs=1e-6)


def test_quantiles_are_about_equal_in_number():
    counts = [c.count for c in quantile_classes(range(1000), 5)]
    assert max(counts) - min(counts) <= 60


def test_equal_classes_have_one_round_width():
    classes = equal_classes([0.3, 4, 12, 17.2, 22, 38, 48], 5)
    assert [c.upper for c in classes[:-1]] == [10, 20, 30, 40]
    # Nothing lies between 20 and 40: the class below reaches up to the next.
    labels = [c.label for c in equal_classes([0.3, 4, 12, 48], 5)]
    assert labels == ["menos de 10", "10 a menos de 40", "40 o más"]


def test_diverging_classes_mirror_the_middle():
    classes = diverging_classes([-3, 2, 8, 11.5], 6)
    assert [c.upper for c in classes[:-1]] == [-10, -5, 0, 5, 10]
    assert [c.count for c in classes] == [0, 0, 1, 1, 1, 1]


def test_one_value_and_none():
    (only,) = natural_classes([5, 5, 5])
    assert (only.label, only.count) == ("5", 3)
    assert natural_classes([]) == []
    assert natural_classes([None]) == []


def test_english_and_own_words():
    (first, last) = quantile_classes([1, 9], 2, lang="en", text=lambda v: f"{v:g}%")
    assert first.label.startswith("under ")
    assert last.label.endswith("% or more")


@pytest.mark.parametrize(
    ("low", "high", "limit"),
    [(9.3, 11, 10), (10, 11, 11), (47, 53, 50), (-3, 2, 0), (0.11, 0.14, 0.12)],
)
def test_the_roundest_number_between(low, high, limit):
    assert roundest(low, high) == pytest.approx(limit)


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_a_limit_parts_what_it_must(a, b):
    if a < b:
        assert a < roundest(a, b) <= b
