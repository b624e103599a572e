"""Whatever the data, a drawing is well formed, complete and inside its frame."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.charts.svg_checks import assert_inside, parse
from traza.charts import (
    Bar,
    Dot,
    DotRow,
    Line,
    Meta,
    Point,
    Shape,
    bar_chart,
    choropleth,
    dot_plot,
    line_chart,
    og_card,
    outline_map,
    slope_chart,
    small_multiples,
    sparkline,
)
from traza.stats import natural_classes

few = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
values = st.one_of(
    st.none(),
    st.floats(-1e12, 1e12),
    st.integers(-5, 5).map(float),
    st.sampled_from([float("nan"), float("inf"), 0.0, 1e-9, 1e15]),
)
words = st.text(max_size=60)
roles = st.sampled_from(["focus", "peer", "total", "context"])
statuses = st.sampled_from(list("ABPEFIOMLHQ"))
looks = st.sampled_from(
    [("wide", "page"), ("narrow", "page"), ("file", "file"), ("wide", "file"), ("narrow", "file")]
)
metas = st.builds(
    Meta,
    title=words,
    subtitle=words,
    source=words,
    lang=st.sampled_from(["es", "en"]),
    axis_unit=st.sampled_from(["", "%", "por 100 mil"]),
    zero=st.sampled_from([None, True, False]),
    note=words,
)
points = st.lists(
    st.builds(
        Point,
        x=st.integers(0, 60).map(lambda i: 1990.5 + i / 2),
        label=st.text(min_size=1, max_size=12),
        value=values,
        text=st.text(max_size=18),
        status=statuses,
        lower=values,
        upper=values,
    ),
    max_size=14,
    unique_by=lambda p: p.x,
)
lines = st.lists(
    st.builds(Line, key=st.text(max_size=4), label=words, points=points, role=roles), max_size=9
)
bars = st.lists(
    st.builds(
        Bar,
        key=st.text(max_size=4),
        label=words,
        value=values,
        text=st.text(max_size=18),
        role=roles,
        status=statuses,
        period_note=st.sampled_from(["", "2019"]),
    ),
    max_size=12,
)
rows = st.lists(
    st.builds(
        DotRow,
        key=st.text(max_size=4),
        label=words,
        dots=st.lists(
            st.builds(
                Dot,
                key=st.sampled_from("abcd"),
                label=st.text(max_size=20),
                value=values,
                text=st.text(max_size=12),
                role=roles,
            ),
            max_size=5,
        ),
        detail=st.text(max_size=20),
    ),
    max_size=6,
)
corners = st.tuples(st.floats(-170, 170), st.floats(-80, 80))
rings = st.lists(corners, min_size=3, max_size=6)
shapes = st.lists(
    st.builds(
        Shape,
        key=st.text(max_size=4),
        label=words,
        polygons=st.lists(st.lists(rings, min_size=1, max_size=2), min_size=1, max_size=2),
        value=values,
        text=st.text(max_size=12),
        role=roles,
        status=statuses,
    ),
    max_size=6,
)


@few
@given(lines, metas, looks)
@pytest.mark.parametrize("draw", [line_chart, slope_chart, small_multiples])
def test_lines(draw, lines, meta, look):
    svg = draw(lines, meta, size=look[0], mode=look[1])
    assert_inside(parse(svg))


@few
@given(bars, metas, looks)
def test_bars(bars, meta, look):
    assert_inside(parse(bar_chart(bars, meta, size=look[0], mode=look[1])))


@few
@given(rows, metas, looks, st.booleans())
def test_dots(rows, meta, look, shared):
    assert_inside(parse(dot_plot(rows, meta, shared=shared, size=look[0], mode=look[1])))


@few
@given(shapes, metas, looks)
def test_maps(shapes, meta, look):
    classes = natural_classes([s.value for s in shapes], 5)
    assert_inside(parse(choropleth(shapes, classes, meta, size=look[0], mode=look[1])))
    assert_inside(parse(outline_map(shapes, meta, size=look[0], mode=look[1])))


@few
@given(st.lists(values, max_size=30), words)
def test_sparklines(values, label):
    assert_inside(parse(sparkline(values, label=label)))


@few
@given(words, words, st.text(max_size=200), st.lists(values, max_size=20))
def test_cards(title, figure, subtitle, values):
    svg = og_card(title, figure=figure, subtitle=subtitle, institute=title, values=values,
                  period=figure)  # fmt: skip
    assert_inside(parse(svg))
