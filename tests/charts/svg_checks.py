"""What every drawing must be, whatever it is drawn from."""

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ABSOLUTE = re.compile(r"[ML]\s*(-?[\d.]+) (-?[\d.]+)")


def parse(svg: str) -> ET.Element:
    """The root of a drawing, after the checks that hold for every one."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert "style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    for attribute in _attributes(root):
        assert not re.search(r"\b(nan|inf|None)\b", attribute), attribute
    if root.get("aria-hidden") != "true":
        assert root.get("role") == "img"
        ids = (root.get("aria-labelledby") or "").split()
        found = {e.get("id") for e in root.iter()}
        assert len(ids) == 2 and set(ids) <= found
    return root


def assert_inside(root: ET.Element, *, text_slack: float = 1.0) -> None:
    """Every coordinate, and every whole text, lies in the viewBox."""
    from traza.charts.text import text_width

    _, _, width, height = (float(v) for v in (root.get("viewBox") or "").split())
    base = float(root.get("font-size") or 16)
    for element in root.iter():
        kind = element.tag.removeprefix(SVG)
        if kind in ("pattern", "defs") or (kind == "path" and element.get("d") == "M0 0V6"):
            continue
        for name, value in element.attrib.items():
            if name in ("x", "x1", "x2", "cx", "y", "y1", "y2", "cy"):
                limit = width if "x" in name else height
                assert -1 <= float(value) <= limit + 1, (kind, element.attrib, element.text)
        for x, y in _ABSOLUTE.findall(element.get("d") or ""):
            assert -1 <= float(x) <= width + 1, element.attrib
            assert -1 <= float(y) <= height + 1, element.attrib
        if kind == "text" and element.text:
            size = float(element.get("font-size") or base)
            serif = "Serif" in (element.get("font-family") or "")
            bold = element.get("font-weight") == "600"
            face = "serif-bold" if serif else "sans-bold" if bold else "sans"
            room = text_width(element.text, size, face)  # type: ignore[arg-type]
            left = float(element.get("x") or 0)
            anchor = element.get("text-anchor", "start")
            left -= {"start": 0.0, "middle": room / 2, "end": room}[anchor]
            assert left >= -text_slack, (element.text, left)
            assert left + room <= width + text_slack, (element.text, left + room, width)


def texts(root: ET.Element) -> list[str]:
    """The texts a reader sees, in drawing order."""
    return [e.text or "" for e in root.iter(f"{SVG}text")]


def with_class(root: ET.Element, name: str) -> list[ET.Element]:
    """Elements that carry a class."""
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def _attributes(root: ET.Element) -> list[str]:
    skip = ("data-label", "data-v", "data-t", "data-key", "id", "aria-labelledby")
    return [v for e in root.iter() for k, v in e.attrib.items() if k not in skip]
