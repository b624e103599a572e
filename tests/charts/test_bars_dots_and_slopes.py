"""Bars begin at zero, other periods are told, comparisons keep their marks."""

import pytest

from tests.charts.svg_checks import SVG, parse, texts, with_class
from traza.charts import (
    Bar,
    Dot,
    DotRow,
    Line,
    Meta,
    Point,
    bar_chart,
    dot_plot,
    slope_chart,
    sparkline,
)

META = Meta("Título", "Porcentaje")


def rects(root):
    return [
        next(g.iter(f"{SVG}rect"))
        for g in with_class(root, "c-item")
        if g.find(f"{SVG}rect") is not None
    ]


def test_bars_are_proportional_and_begin_at_zero():
    root = parse(bar_chart([Bar("a", "A", 100, "100"), Bar("b", "B", 25, "25")], META))
    long, short = rects(root)
    assert long.get("x") == short.get("x")
    assert float(short.get("width")) / float(long.get("width")) == pytest.approx(0.25, abs=0.001)


def test_a_negative_bar_points_the_other_way():
    root = parse(bar_chart([Bar("a", "A", 10, "10"), Bar("b", "B", -10, "−10")], META))
    up, down = rects(root)
    end = float(down.get("x")) + float(down.get("width"))
    assert end == pytest.approx(float(up.get("x")), abs=0.2)


def test_a_bar_of_another_period_is_hatched_and_says_it():
    root = parse(
        bar_chart([Bar("a", "A", 10, "10"), Bar("b", "B", 9, "9", period_note="2019")], META)
    )
    assert [r.get("fill", "").startswith("url(#") for r in rects(root)] == [False, True]
    assert "2019" in texts(root)
    assert "Dato de otro periodo" in texts(root)


def test_a_missing_bar_says_why():
    root = parse(bar_chart([Bar("a", "A", 10, "10"), Bar("b", "B", None, status="Q")], META))
    assert "reservado" in texts(root)
    assert len(rects(root)) == 1


def test_the_focus_is_in_the_accent():
    root = parse(bar_chart([Bar("a", "A", 10, "10", "focus"), Bar("b", "B", 9, "9")], META))
    assert [r.get("fill") for r in rects(root)] == ["var(--c-focus)", "var(--c-context)"]


ROWS = [
    DotRow("i", "Informalidad", [Dot("t", "Torreón", 40, "40 %", "focus"), Dot("m", "México", 55)]),
    DotRow("p", "Pobreza", [Dot("t", "Torreón", None, "", "focus"), Dot("m", "México", 44)]),
]


def test_a_dot_plot_writes_the_focus_and_names_each_mark_once():
    said = texts(parse(dot_plot(ROWS, META)))
    assert "40 %" in said
    assert "sin dato" in said
    assert said.count("Torreón") == 1
    assert said.count("México") == 1


def test_rows_of_their_own_scale_say_so():
    said = " ".join(texts(parse(dot_plot(ROWS, META, shared=False))))
    assert "Cada renglón tiene su propia escala" in said


def test_a_slope_joins_first_and_last():
    line = Line(
        "t",
        "Torreón",
        [Point(2010.5 + i, str(2010 + i), v, str(v)) for i, v in enumerate((5, 9, 7))],
    )
    root = parse(slope_chart([line], META))
    assert {"2010", "2012", "5", "7 Torreón"} <= set(texts(root))
    assert "2011" not in texts(root)


def test_a_slope_is_not_drawn_across_a_change_of_method():
    points = [Point(2010.5, "2010", 5, "5"), Point(2012.5, "2012", 7, "7", "B")]
    root = parse(slope_chart([Line("t", "Torreón", points)], META))
    (series,) = with_class(root, "c-series")
    assert series.find(f"{SVG}path") is None
    assert any(t.startswith("Sin línea") for t in texts(root))


def test_a_sparkline_keeps_gaps_and_marks_the_end():
    root = parse(sparkline([1, 2, None, 3, 4], label="De 1 a 4"))
    assert len(root.findall(f"{SVG}path")) == 2
    assert len(root.findall(f"{SVG}circle")) == 1
    assert parse(sparkline([1, 2])).get("aria-hidden") == "true"
