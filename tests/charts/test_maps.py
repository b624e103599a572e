"""Maps: limits are written, missing is hatched, the focus is named."""

import math

import pytest

from tests.charts.svg_checks import SVG, parse, texts, with_class
from traza.charts import Meta, Shape, choropleth, outline_map
from traza.charts.projection import area, heart, projection
from traza.stats import ClassInterval

META = Meta("Homicidios", "Por municipio", axis_unit="por 100 mil hab.")
CLASSES = [
    ClassInterval(0, 10, "menos de 10", 1),
    ClassInterval(10, 20, "10 a menos de 20", 1),
    ClassInterval(20, 30, "20 o más", 1),
]


def square(key, x, value, **more):
    ring = [(x, 25.0), (x + 1, 25.0), (x + 1, 26.0), (x, 26.0), (x, 25.0)]
    return Shape(key, key.upper(), [[ring]], value, "" if value is None else f"{value:g}", **more)


def fills(root):
    return {e.get("data-key"): e.get("fill") for e in with_class(root, "c-item")}


def test_each_area_has_the_colour_of_its_class():
    shapes = [square("a", -103, 9.99), square("b", -102, 10), square("c", -101, 30)]
    colours = fills(parse(choropleth(shapes, CLASSES, META)))
    assert colours == {"a": "var(--c-seq-1)", "b": "var(--c-seq-5)", "c": "var(--c-seq-9)"}


def test_the_limits_are_written_and_the_unit():
    said = texts(parse(choropleth([square("a", -103, 5)], CLASSES, META)))
    assert {"menos de 10", "10 a menos de 20", "20 o más", "por 100 mil hab."} <= set(said)


def test_an_area_without_a_value_is_hatched_and_counted():
    root = parse(choropleth([square("a", -103, 5), square("b", -102, None)], CLASSES, META))
    assert (fills(root)["b"] or "").startswith("url(#")
    assert "Sin dato" in texts(root)


def test_the_focus_is_named_and_last():
    shapes = [square("a", -103, 5, role="focus"), square("b", -102, 15)]
    root = parse(choropleth(shapes, CLASSES, META))
    assert "A" in texts(root)
    assert [e.get("data-key") for e in with_class(root, "c-item")] == ["b", "a"]


def test_an_outline_map_fills_the_focus_and_names_what_fits():
    shapes = [square("a", -103, None, role="focus"), square("b", -102, None)]
    root = parse(outline_map(shapes, META))
    assert fills(root) == {"b": "var(--c-soft)", "a": "var(--c-focus)"}
    assert texts(root) == ["A", "B"]
    assert texts(parse(outline_map(shapes, META, labels=False))) == []


def test_holes_are_left_open():
    outer = [(0, 0), (4, 0), (4, 4), (0, 4)]
    inner = [(1, 1), (3, 1), (3, 3), (1, 3)]
    root = parse(outline_map([Shape("a", "A", [[outer, inner]])], META))
    (item,) = with_class(root, "c-item")
    assert item.get("fill-rule") == "evenodd"
    assert (item.get("d") or "").count("Z") == 2


@pytest.mark.parametrize("box", [(-118, 14, -86, 33), (-104, 25, -103, 26), (-80, -5, -70, 5)])
def test_the_projection_keeps_areas_comparable(box):
    project = projection(box)
    west, south, east, north = box

    def cell(lon, lat, d=0.1):
        corners = [(lon, lat), (lon + d, lat), (lon + d, lat + d), (lon, lat + d)]
        truth = math.radians(d) * (math.sin(math.radians(lat + d)) - math.sin(math.radians(lat)))
        return area([project(*c) for c in corners]) / truth

    ratios = [cell(west, south), cell(east - 0.1, north - 0.1), cell(west, north - 0.1)]
    assert max(ratios) / min(ratios) == pytest.approx(1, abs=1e-3)


def test_north_is_up_and_east_is_right():
    project = projection((-104, 25, -102, 27))
    assert project(-103, 26.5)[1] < project(-103, 25.5)[1]
    assert project(-102.5, 26)[0] > project(-103.5, 26)[0]


def test_a_label_stands_inside_a_crooked_area():
    horseshoe = [(0, 0), (10, 0), (10, 10), (7, 10), (7, 3), (3, 3), (3, 10), (0, 10)]
    x, y, width = heart([horseshoe])
    assert 0 < width <= 10
    assert (y < 3) or x < 3 or x > 7


def test_no_shapes():
    assert "Sin datos que dibujar." in texts(parse(choropleth([], CLASSES, META)))
    assert parse(outline_map([], META)).tag == f"{SVG}svg"
