"""A line chart tells the truth about gaps, breaks, provisional values and its axis."""

import itertools

from tests.charts.svg_checks import SVG, assert_inside, parse, texts, with_class
from traza.charts import MOST_LINES, Line, Meta, Point, line_chart

META = Meta("Homicidios en Torreón", "Homicidios por año", source="INEGI", period="2015–2019")


def line(values, *, key="t", role="focus", status=None, bounds=None):
    status = status or {}
    return Line(
        key,
        "Torreón",
        [
            Point(
                2015.5 + i,
                str(2015 + i),
                v,
                "" if v is None else f"{v:g}",
                status.get(2015 + i, "A"),
                *((v - bounds, v + bounds) if bounds and v is not None else (None, None)),
            )
            for i, v in enumerate(values)
        ],
        role,
    )


def strokes(root):
    (series,) = with_class(root, "c-focus")[:1]
    return [p for p in series.iter(f"{SVG}path") if p.get("fill") == "none"]


def test_a_small_chart_is_drawn_as_agreed():
    root = parse(line_chart([line([0, 50, 100])], META))
    (path,) = strokes(root)
    assert path.get("d") == "M40.3 323.1L349.5 168.1L658.7 13.1"
    axis, end, first = ["0", "25", "50", "75", "100", "2015", "2016", "2017"], "Torreón 100", "0"
    assert texts(root) == [*axis, end, first]


def test_it_is_described_for_whoever_cannot_see_it():
    root = parse(line_chart([line([10, 20, 30])], META, uid="x"))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and desc is not None
    assert title.text == "Homicidios en Torreón. Homicidios por año"
    assert desc.text == "Torreón: 10 (2015) a 30 (2017)."
    assert root.get("aria-labelledby") == "x-w-t x-w-d"


def test_a_missing_year_is_a_gap():
    assert len(strokes(parse(line_chart([line([10, 20, None, 30, 40])], META)))) == 2


def test_a_change_of_method_is_a_gap_with_a_mark_and_a_key():
    root = parse(line_chart([line([10, 20, 30, 40], status={2017: "B"})], META))
    runs = [p for p in strokes(root) if p.get("class") != "c-break"]
    assert len(runs) == 2
    assert len(with_class(root, "c-break")) == 2  # in the plot and in the key
    assert any(t.startswith("Cambio de método") for t in texts(root))


def test_what_is_not_final_is_dashed_and_said():
    root = parse(line_chart([line([10, 20, 30, 40], status={2018: "P"})], META))
    assert [bool(p.get("stroke-dasharray")) for p in strokes(root)] == [False, True]
    assert "Provisional" in texts(root)


def test_an_imputed_value_is_hollow():
    root = parse(line_chart([line([10, 20, 30], status={2016: "I"})], META))
    hollow = [c for c in root.iter(f"{SVG}circle") if c.get("fill") == "var(--c-paper)"]
    assert len(hollow) == 2  # in the plot and in the key


def test_bounds_are_a_band():
    root = parse(line_chart([line([10, 20, 30], bounds=2)], META))
    assert len(with_class(root, "c-band")) == 1
    assert "Margen de error" in texts(root)


def test_an_axis_that_does_not_begin_at_zero_says_so():
    assert "El eje no empieza en cero." in texts(parse(line_chart([line([98, 99, 100])], META)))
    assert "El eje no empieza en cero." not in texts(parse(line_chart([line([1, 2, 3])], META)))


def test_a_series_that_ends_early_says_when():
    root = parse(line_chart([line([10, 20, None])], META))
    assert any("(2016)" in t for t in texts(root))


def test_more_than_seven_lines_are_small_multiples():
    lines = [line([1, 2, 3], key=str(i), role="peer") for i in range(MOST_LINES + 1)]
    root = parse(line_chart(lines, META))
    assert root.get("data-chart") == "multiples"
    assert len(with_class(root, "c-series")) == MOST_LINES + 1


def test_a_script_finds_points_values_and_periods():
    root = parse(line_chart([line([10, None, 30], status={2016: "O"})], META))
    (series,) = with_class(root, "c-series")
    assert len((series.get("data-x") or "").split(",")) == 3
    assert (series.get("data-y") or "").split(",")[1] == ""
    assert series.get("data-v") == "10|sin dato|30"
    assert root.get("data-t") == "2015|2016|2017"


def test_a_file_is_complete_when_cut_out():
    meta = Meta(
        "T", "S", source="INEGI", period="2015–2019", licence="CC BY 4.0", publisher="IMPLAN"
    )
    svg = line_chart([line([10, 20, 30])], meta, size="file", mode="file")
    said = " ".join(texts(parse(svg)))
    assert "var(" not in svg
    for part in ("T", "S", "Fuente: INEGI", "Periodo: 2015–2019", "Publica: IMPLAN", "CC BY 4.0"):
        assert part in said


def test_english():
    meta = Meta("T", lang="en", source="INEGI")
    svg = line_chart([line([98, 99, 100], status={2017: "E"})], meta, size="file", mode="file")
    said = texts(parse(svg))
    assert "The axis does not begin at zero." in said
    assert "Estimated" in said
    assert "Source: INEGI." in said


def test_no_data_is_said():
    assert "Sin datos que dibujar." in texts(parse(line_chart([line([None, None])], META)))
    assert "Sin datos que dibujar." in texts(parse(line_chart([], META)))


def test_labels_at_the_end_do_not_overlap():
    lines = [line([5, 5, 5 + i / 100], key=str(i), role="peer") for i in range(5)]
    root = parse(line_chart(lines, META))
    ends = sorted(
        float(t.get("y") or 0) for g in with_class(root, "c-label") for t in g.iter(f"{SVG}text")
    )
    assert len(ends) == 5
    assert all(b - a >= 14.5 for a, b in itertools.pairwise(ends))


def test_long_values_of_small_panels_stand_below_their_names():
    lines = [
        Line(str(i), "Gómez Palacio", [Point(2015.5, "2015", 1, "129 homicidios por cada 100 mil")])
        for i in range(8)
    ]
    root = parse(line_chart(lines, META, size="narrow"))
    assert_inside(root)
    names = [t for t in root.iter(f"{SVG}text") if t.text == "Gómez Palacio"]
    values = [t for t in root.iter(f"{SVG}text") if (t.text or "").startswith("129")]
    assert len(names) == len(values) == 8
    assert float(values[0].get("y") or 0) > float(names[0].get("y") or 0)
