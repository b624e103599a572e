"""Axes have round values that enclose the data and labels that do not touch."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traza.charts.labels import spread
from traza.charts.scales import nice_ticks, plain_ticks, time_ticks, value_range
from traza.charts.text import fit_text, text_width, wrap


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 100, [0, 25, 50, 75, 100]),
        (0, 712, [0, 200, 400, 600, 800]),
        (40.1, 59.5, [40, 45, 50, 55, 60]),
    ],
)
def test_round_values(low, high, ticks):
    assert nice_ticks(low, high, 5) == ticks


@given(st.floats(-1e9, 1e9), st.floats(0.001, 1e9), st.integers(3, 7))
def test_ticks_enclose_the_data(low, span, count):
    ticks = nice_ticks(low, low + span, count)
    slack = (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack
    assert 2 <= len(ticks) <= 2 * count


def test_zero_is_shown_unless_it_hides_the_change():
    assert value_range(2, 10, zero=None) == (0, 10, True)
    assert value_range(95, 100, zero=None) == (95, 100, False)
    assert value_range(95, 100, zero=True) == (0, 100, True)
    assert value_range(-5, 5, zero=False)[2] is True


def test_millions_are_named_once():
    assert plain_ticks([0, 500_000, 1_000_000], "es") == (["0.0", "0.5", "1.0"], "millones")
    assert plain_ticks([0, 2500], "en") == (["0", "2,500"], "")


@given(st.integers(1, 80), st.floats(120, 900))
def test_years_never_overlap(count, room):
    points = [(1950.5 + i, str(1950 + i)) for i in range(count)]
    scale = room / max(1, count)

    def place(x):
        return (x - 1950) * scale

    def width(text):
        return text_width(text, 13)

    ticks = [t for t in time_ticks(points, to_px=place, width=width, lang="es") if t.text]
    for a, b in itertools.pairwise(ticks):
        assert place(b.x) - place(a.x) >= (width(a.text) + width(b.text)) / 2
    assert ticks[-1].text == points[-1][1]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=7))
def test_labels_are_spread_without_overlap_and_in_order(centres):
    placed = spread(centres, [18.0] * len(centres), 0, 300)
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    for a, b in itertools.pairwise(order):
        assert placed[b] - placed[a] >= 18 - 1e-6
    assert min(placed) >= 9 - 1e-6
    assert max(placed) <= 291 + 1e-6


@given(st.text(st.characters(codec="latin-1", categories=["L", "Zs"]), max_size=80))
def test_wrapped_lines_fit_and_lose_nothing(text):
    lines = wrap(text, 120, 14)
    assert all(text_width(line, 14) <= 120 for line in lines if len(line) > 2)
    kept = "".join(lines).replace("-", "").replace(" ", "")
    assert kept == text.replace("-", "").replace(" ", "")


def test_a_text_too_long_ends_in_an_ellipsis():
    assert fit_text("corto", 100, 14) == "corto"
    short = fit_text("una frase bastante larga", 100, 14)
    assert short.endswith("…")
    assert text_width(short, 14) <= 100


def test_next_to_nothing_is_drawn_as_nothing():
    ticks = nice_ticks(0.0, 1.1e-308, 5)
    assert ticks[0] < 0 < ticks[-1]
    assert nice_ticks(1e-300, 2e-300, 5)[-1] > 0.5
