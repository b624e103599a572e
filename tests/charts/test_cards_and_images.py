"""Cards fit, and a file becomes an image."""

import struct

import pytest

from tests.charts.svg_checks import assert_inside, parse, texts
from traza.charts import Bar, Meta, bar_chart, og_card, to_png


def size_of(png):
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def test_a_card_is_1200_by_630():
    svg = og_card("Informalidad", figure="40.3 %", period="2023", institute="IMPLAN", values=[1, 2])
    assert size_of(to_png(svg, width=1200)) == (1200, 630)
    assert {"Informalidad", "40.3 %", "2023", "IMPLAN"} <= set(texts(parse(svg)))


def test_a_long_title_is_shortened_not_cut():
    root = parse(og_card("Población ocupada " * 40, subtitle="s" * 300, figure="1 " * 200))
    assert_inside(root)
    assert any(t.endswith("…") for t in texts(root))


def test_a_chart_becomes_an_image_of_the_width_asked_for():
    svg = bar_chart([Bar("a", "A", 1, "1")], Meta("T"), size="file", mode="file")
    assert size_of(to_png(svg, width=800))[0] == 800


def test_a_page_drawing_is_refused():
    svg = bar_chart([Bar("a", "A", 1, "1")], Meta("T"))
    with pytest.raises(ValueError, match="mode='file'"):
        to_png(svg)
