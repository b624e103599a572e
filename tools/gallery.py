"""Draw the mock-ups of the design with the real charts: ``tools/gallery.py FOLDER``.

The pages are Django templates in ``src/traza/design/gallery``; the figures are examples. Open the
files through any static server: the folder gets a link to the built style sheet. Whoever writes
a page copies the markup from here.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "src/traza/design/gallery"
OUTLINES = ROOT.parent / "shared/facts/geo/laguna-municipios.geojson"
YEARS = [str(year) for year in range(2014, 2020)]
HOMICIDES = {
    "Torreón": [241, 175, 141, 160, 142, 129],
    "Gómez Palacio": [139, 115, 84, 93, 121, 63],
    "Lerdo": [53, 27, 31, 26, 26, 27],
    "Matamoros": [20, 14, 19, 26, 28, 21],
}


def draw_gallery(folder: Path) -> list[Path]:
    """Write every mock-up into ``folder`` and return the files."""
    from django.template import Context, engines
    from django.utils import translation

    folder.mkdir(parents=True, exist_ok=True)
    static = folder / "static"
    if not static.exists():
        static.symlink_to(ROOT / "src/traza/design/static")
    (folder / "marca.css").write_text("", encoding="utf-8")
    context = frame() | charts() | examples()
    written = []
    with translation.override("es-mx"):
        for page in sorted(PAGES.glob("*.html")):
            template = engines["django"].engine.from_string(page.read_text(encoding="utf-8"))
            target = folder / page.name
            target.write_text(template.render(Context(context)), encoding="utf-8")
            written.append(target)
    return written


def frame() -> dict[str, Any]:
    """Return what the site's own context gives to every page."""
    names = ("Indicadores", "Temas", "Lugares", "Comparar", "Datos abiertos")
    return {
        "institute": {
            "name": "Instituto Municipal de Planeación y Competitividad de Torreón",
            "short_name": "IMPLAN Torreón",
            "tagline": "Datos de los ciudadanos para los ciudadanos",
            "license_name": "Uso libre citando la fuente",
        },
        "lang": "es",
        "prefix": "",
        "nav": [{"title": n, "url": "#", "current": n == "Indicadores"} for n in names],
        "other_language_url": "/en/",
        "footer_pages": [
            {"title": "Términos de uso", "path": "/terminos/"},
            {"title": "Preguntas frecuentes", "path": "/preguntas-frecuentes/"},
            {"title": "Contacto", "path": "/contacto/"},
        ],
    }


def charts() -> dict[str, str]:
    """Return the drawings, each wide and narrow."""
    from traza.charts import (
        Bar,
        Dot,
        DotRow,
        Line,
        Meta,
        Point,
        bar_chart,
        choropleth,
        dot_plot,
        line_chart,
        outline_map,
    )
    from traza.stats.classes import equal_classes

    def pair(name: str, draw: Any, *data: Any, **more: Any) -> dict[str, str]:
        return {
            f"{name}_{size}": draw(*data, size=size, uid=f"{name}-{size}", **more)
            for size in ("wide", "narrow")
        }

    meta = Meta(title="Homicidios por año, municipios de La Laguna")
    lines = [
        Line(
            key=name,
            label=name,
            role="focus" if name == "Torreón" else "peer",
            points=[
                Point(x=int(y) + 0.5, label=y, value=v, text=str(v))
                for y, v in zip(YEARS, values, strict=True)
            ],
        )
        for name, values in HOMICIDES.items()
    ]
    latest = {name: values[-1] for name, values in HOMICIDES.items()}
    green = {"Lerdo": 4.1, "Torreón": 3.4, "Gómez Palacio": 2.8, "Matamoros": None}

    def bars(values: dict[str, Any]) -> list[Any]:
        return [
            Bar(
                key=name,
                label=name,
                value=value,
                text="" if value is None else str(value),
                role="focus" if name == "Torreón" else "peer",
                status="O" if value is None else "A",
            )
            for name, value in values.items()
        ]

    rows = [
        DotRow(
            key=name,
            label=name,
            detail=detail,
            dots=[
                Dot(key=k, label=k, value=v, text=str(v), role=r)
                for k, v, r in zip(
                    ("Torreón", "La Laguna", "Coahuila", "México"),
                    values,
                    ("focus", "peer", "peer", "peer"),
                    strict=True,
                )
            ],
        )
        for name, detail, values in (
            ("Viviendas con internet", "%, 2020", (61.9, 55.4, 56.1, 52.1)),
            ("Grado de escolaridad", "años, 2020", (10.7, 10.1, 10.4, 9.7)),
            ("Desocupación", "%, 2023", (4.1, 4.4, 4.0, 2.8)),
        )
    ]
    drawn = pair("line", line_chart, lines, meta)
    drawn |= pair("bar", bar_chart, bars(green), Meta(title="Áreas verdes por habitante"))
    drawn |= pair("bars", bar_chart, bars(latest), Meta(title="Homicidios en 2019"))
    drawn |= pair("dots", dot_plot, rows, Meta(title="Torreón entre otros"), shared=False)
    shapes = outlines(latest)
    classes = equal_classes([float(v) for v in latest.values()], 3)
    drawn |= pair("map", outline_map, shapes, Meta(title="La Laguna"))
    drawn |= pair("choro", choropleth, shapes, classes, Meta(title="Homicidios en 2019"))
    return drawn


def outlines(values: dict[str, int]) -> list[Any]:
    """Return the outlines of the metropolitan area, none where the file is not at hand."""
    from traza.charts import Shape

    if not OUTLINES.exists():
        return []
    shapes = []
    for feature in json.loads(OUTLINES.read_text(encoding="utf-8"))["features"]:
        geometry, properties = feature["geometry"], feature["properties"]
        name = next((v for v in properties.values() if v in values), None)
        if name is None:
            continue
        polygons = geometry["coordinates"]
        shapes.append(
            Shape(
                key=name,
                label=name,
                polygons=[polygons] if geometry["type"] == "Polygon" else polygons,
                value=float(values[name]),
                text=str(values[name]),
                role="focus" if name == "Torreón" else "peer",
            )
        )
    return shapes


def examples() -> dict[str, Any]:
    """Return the figures of the mock-ups that are no chart."""
    from traza.charts import sparkline

    def change(values: list[int]) -> str:
        return f"{(values[-1] - values[0]) / values[0] * 100:+.0f} %".replace("-", "−")

    total = [sum(column) for column in zip(*HOMICIDES.values(), strict=True)]
    rows = [
        {"name": n, "values": v, "change": change(v), "css": "me" if n == "Torreón" else ""}
        for n, v in HOMICIDES.items()
    ]
    rows.append({"name": "La Laguna", "values": total, "change": change(total), "css": "total"})
    card_rows = (
        (
            "Sociedad",
            "Población",
            "720,848",
            "habitantes, 2020",
            "+12.7 % desde 2010",
            [52, 57, 63, 72],
        ),
        (
            "Economía",
            "Desocupación",
            "4.1 %",
            "de quien busca trabajo, 2023",
            "País, 2.8 %",
            [6.1, 5.2, 4.8, 4.1],
        ),
        (
            "Seguridad",
            "Homicidios",
            "129",
            "víctimas en el año, 2019",
            "−46 % desde 2014",
            HOMICIDES["Torreón"],
        ),
        (
            "Gobierno",
            "Ingresos propios",
            "38.2 %",
            "de los ingresos, 2022",
            "La Laguna, 31.5 %",
            [31, 34, 33, 38],
        ),
        (
            "Sustentabilidad",
            "Áreas verdes",
            "3.4 m²",
            "por habitante, 2017",
            "Lerdo, 4.1 m²",
            [3.4],
        ),
    )
    profile_rows = (
        ("Homicidios", "129 víctimas", "2019 · hace 7 años", HOMICIDES["Torreón"]),
        (
            "Robo de vehículos con violencia",
            "412 casos",
            "2019 · provisional",
            [800, 640, 520, 412],
        ),
        ("Percepción de inseguridad", "48.9 %", "2.º trimestre de 2024", [71, 66, 58, 52, 48.9]),
    )
    matrix_rows = (
        ("Población", "habitantes, 2020", ("720,848 c5", "372,750 c3", "163,313 c2", "118,337 c1")),
        ("Homicidios", "víctimas, 2019", ("129 c5", "63 c3", "27 c1", "21 c1")),
        ("Viviendas con internet", "%, 2020", ("61.9 c5", "52.0 c4", "47.3 c2", "38.8 c1")),
        ("Áreas verdes por habitante", "m², 2017", ("3.4 c3", "2.8 c1", "4.1 c5", "sin_dato c0")),
        ("Grado promedio de escolaridad", "años, 2020", ("10.7 c5", "9.9 c3", "9.6 c2", "9.0 c1")),
    )
    return {
        "years": YEARS,
        "rows": rows,
        "others": ["Gómez Palacio", "Lerdo", "Matamoros"],
        "places": list(HOMICIDES),
        "axes": ["Sociedad", "Seguridad"],
        "files": [{"label": n, "url": "#"} for n in ("Excel", "CSV", "JSON", "PNG", "SVG")],
        "cards": [
            {"topic": t, "title": n, "value": v, "unit": u, "note": c, "spark": sparkline(s)}
            for t, n, v, u, c, s in card_rows
        ],
        "profile": [
            {"name": n, "value": v, "note": p, "spark": sparkline(s)} for n, v, p, s in profile_rows
        ],
        "matrix": [
            {"name": n, "unit": u, "cells": [c.replace("_", " ").rsplit(" ", 1) for c in cells]}
            for n, u, cells in matrix_rows
        ],
    }


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Falta la carpeta: tools/gallery.py CARPETA")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traza.settings")
    import django

    django.setup()
    for path in draw_gallery(Path(sys.argv[1])):
        print(path)
