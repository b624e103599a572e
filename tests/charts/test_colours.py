"""Colours read on both papers, in order, and the style sheet holds them."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import traza.charts
from traza.charts import ColourError, contrast, readable_accent, sequential, theme_css
from traza.charts.colour import PAPER, PAPER_DARK, diverging, from_oklch, oklch, parse_hex
from traza.charts.theme import DEFAULT, ramp_names

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_oklch_of_known_colours():
    light, chroma, hue = oklch("#ff0000")
    assert (light, chroma, hue) == pytest.approx((0.628, 0.2577, 29.23), abs=0.01)


@given(colours)
def test_oklch_and_back(colour):
    again = from_oklch(*oklch(colour))
    for i in (1, 3, 5):
        assert abs(int(colour[i : i + 2], 16) - int(again[i : i + 2], 16)) <= 2


@given(colours)
def test_any_accent_becomes_readable(colour):
    light, dark, why = readable_accent(colour)
    assert contrast(light, PAPER) >= 4.5
    assert contrast(dark, PAPER_DARK) >= 4.5
    assert (why is None) == (light == colour)


def test_a_correction_is_explained():
    _, _, why = readable_accent("#ffee00")
    assert why is not None
    assert "#ffee00" in why


@pytest.mark.parametrize("text", ["rojo", "#12", "#12345g", ""])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ColourError, match="Se escribe como"):
        parse_hex(text)


@given(colours, st.integers(2, 9), st.booleans())
def test_a_ramp_is_ordered_by_lightness(accent, count, dark):
    lights = [oklch(c)[0] for c in sequential(accent, count, dark=dark)]
    steps = [b - a for a, b in itertools.pairwise(lights)]
    assert all(s > 0 for s in steps) if dark else all(s < 0 for s in steps)


@pytest.mark.parametrize("count", range(1, 10))
@pytest.mark.parametrize("kind", ["seq", "div"])
def test_classes_have_different_colours(kind, count):
    names = ramp_names(kind, count)
    assert len(set(names)) == count
    if kind == "div" and count % 2 == 0:
        assert "div-5" not in names


def test_diverging_ends_differ_in_hue():
    first, last = diverging("#0e5a66", 9)[0], diverging("#0e5a66", 9)[-1]
    assert abs(oklch(first)[2] - oklch(last)[2]) > 75


@pytest.mark.parametrize("name", ["focus", "peer", "total", "context", "ink3", "axis"])
def test_marks_and_words_of_the_default_theme_are_seen(name):
    least = 3.0 if name in ("context", "axis") else 4.5
    assert contrast(DEFAULT.colour(name), DEFAULT.paper) >= least


def test_the_style_sheet_holds_the_default_colours():
    sheet = (Path(traza.charts.__file__).parent / "charts.css").read_text(encoding="utf-8")
    assert theme_css() in sheet
