"""A small published site with one page of every kind, for tests that look at all of them."""

from datetime import UTC, datetime
from pathlib import Path

from tests.factories import (
    make_indicator,
    make_institute,
    make_laguna,
    make_series,
    make_topic,
    make_unit,
    observations,
)
from traza.indicators.models import Series
from traza.places.models import Level, Place, PlaceName
from traza.publishing.actions import Entry, publish_entries
from traza.publishing.revision import public_change
from traza.site.actions import load_pages

YEARS = range(2014, 2020)
HOMICIDES = {
    "05035": [241, 175, 141, 160, 142, 129],
    "10007": [139, 115, 84, 93, 121, 63],
    "10012": [53, 27, 31, 26, 26, 27],
    "05017": [20, 14, 19, 26, 28, 21],
    "zml": [453, 331, 275, 305, 317, 240],
}
INTERNET = {"05035": 61.9, "10007": 52.0, "10012": 47.3, "05017": 38.8, "05": 56.1, "MEX": 52.1}
PAGES = {
    "preguntas.md": """---
title: Preguntas frecuentes
slug: preguntas-frecuentes
kind: faq
---
Lo que más se pregunta.

## ¿Se pueden usar los datos?
Sí, citando la [fuente](https://www.inegi.org.mx/).

## ¿De cuándo es cada cifra?
De la fecha que lleva al lado.
""",
    "terminos.md": """---
title: Términos de uso
slug: terminos
---
Se pueden usar los datos citando la fuente.

## La información
- Es gratuita.
- Dice su fecha.
""",
    "contacto.md": "---\ntitle: Contacto\nslug: contacto\nkind: contact\n---\nEscríbanos.\n",
}


def build_small_site(folder: Path) -> dict[str, Place]:
    """Publish it and return the places by code; ``folder`` takes the files of the pages."""
    places = make_laguna()
    make_institute(
        tagline="Datos para todos", tagline_en="Data for everyone", contact_email="a@example.org"
    )
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    load_pages(folder)
    homicides, internet = _indicators()
    announce(places)
    table = {
        code: {str(year): value for year, value in zip(YEARS, run, strict=True)}
        for code, run in HOMICIDES.items()
    }
    observations(homicides, table)
    observations(internet, {code: {"2020": value} for code, value in INTERNET.items()})
    observations(homicides, {"05035": {"2019": 131}}, title="Corrección", initial=False)
    return places


def _indicators() -> tuple[Series, Series]:
    society = make_topic("sociedad", "Sociedad", name_en="Society")
    safety = make_topic("seguridad", "Seguridad", name_en="Public safety")
    tag = make_topic("vivienda", "Vivienda", scheme="tag", name_en="Housing", parent=society)
    homicides = make_indicator(
        "homicidios",
        "Homicidios",
        name_en="Homicides",
        axis=safety,
        direction="down",
        definition="Personas muertas por agresión intencional, según su acta de defunción.",
    )
    internet = make_indicator(
        "viviendas-con-internet",
        "Viviendas con internet",
        name_en="Dwellings with internet",
        axis=society,
        direction="up",
        definition="Viviendas habitadas que tienen conexión.",
    )
    internet.topics.add(tag)
    internet.save()
    victims = make_unit("victimas", name="Víctimas", noun="víctima", noun_plural="víctimas")
    percent = make_unit("porcentaje", name="Por ciento", kind="percent", symbol="%", decimals=1)
    return make_series(homicides, unit=victims), make_series(internet, unit=percent)


def announce(places: dict[str, Place]) -> None:
    """Write the places' lines in the ledger, as a data package does when it is read."""
    PlaceName.objects.create(place=places["05035"], name="Torreon Coahuila")
    lines = [
        Entry(
            kind="place",
            key=place.code,
            title=place.name,
            title_en=place.name_en,
            path=place.path,
            summary=str(Level(place.level).label),
            places=[place],
            search_text=place.code,
            what="initial",
            sentence=f"{place.name}: lugar publicado",
            at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for place in places.values()
        if place.level != Level.WORLD
    ]
    with public_change():
        publish_entries(lines)
