"""A small ledger: two topics, places, indicators and a page."""

from collections.abc import Callable
from typing import Any

import pytest

from traza.foundation.models import Institute
from traza.places.actions import load_places
from traza.places.models import Place
from traza.publishing.actions import Entry, publish_entries, publish_entry
from traza.publishing.models import Publication, Topic
from traza.publishing.revision import public_change


@pytest.fixture
def topics(db: None) -> dict[str, Topic]:
    safety = Topic.objects.create(code="seguridad", scheme="axis", name="Seguridad")
    crime = Topic.objects.create(code="delitos", name="Delitos", parent=safety)
    society = Topic.objects.create(code="sociedad", scheme="axis", name="Sociedad")
    return {topic.code: topic for topic in (safety, crime, society)}


@pytest.fixture
def places(db: None) -> dict[str, Place]:
    columns = ("code", "level", "name", "parent", "population")
    rows = [
        ("MEX", "country", "México", "", 126_014_024),
        ("05", "state", "Coahuila", "MEX", 3_146_771),
        ("10", "state", "Durango", "MEX", 1_832_650),
        ("05017", "municipality", "Matamoros", "05", 118_337),
        ("05035", "municipality", "Torreón", "05", 720_848),
        ("10007", "municipality", "Gómez Palacio", "10", 372_750),
    ]
    load_places([dict(zip(columns, row, strict=True)) for row in rows])
    institute = Institute.load()
    institute.home_place_code = "05035"
    institute.save()
    return {place.code: place for place in Place.objects.all()}


@pytest.fixture
def publish(db: None) -> Callable[..., Publication]:
    def publish_one(key: str = "homicidios", **options: Any) -> Publication:
        values = {
            "kind": "indicator",
            "title": "Homicidios",
            "path": f"/indicadores/{key}/",
            **options,
        }
        with public_change():
            return publish_entry(key=key, **values)

    return publish_one


@pytest.fixture
def ledger(topics: dict[str, Topic], places: dict[str, Place]) -> dict[str, Publication]:
    def indicator(key: str, title: str, title_en: str, **options: Any) -> Entry:
        return Entry(
            kind="indicator",
            key=key,
            title=title,
            title_en=title_en,
            path=f"/indicadores/{key}/",
            what="initial",
            **options,
        )

    laguna = [places["05035"], places["10007"]]
    entries = [
        indicator(
            "homicidios",
            "Homicidios",
            "Homicides",
            summary="Personas asesinadas en el mes, según las carpetas de investigación.",
            topics=[topics["seguridad"], topics["delitos"]],
            places=laguna,
        ),
        indicator(
            "robos",
            "Robo de vehículos",
            "Vehicle theft",
            topics=[topics["seguridad"], topics["delitos"]],
            places=laguna,
        ),
        indicator(
            "poblacion",
            "Población total",
            "Total population",
            summary="Personas que viven <aquí> según el censo de población.",
            topics=[topics["sociedad"]],
            places=list(places.values()),
        ),
        Entry(
            kind="page",
            key="1",
            title="Preguntas frecuentes",
            path="/preguntas-frecuentes/",
            search_text="Cómo citar los homicidios que se publican.",
            what="initial",
        ),
    ]
    for place in places.values():
        above = place.parent.name if place.parent else ""
        entries.append(
            Entry(
                kind="place",
                key=place.code,
                title=place.name,
                path=place.path,
                summary=f"{place.get_level_display()} · {above}",
                places=[place],
                search_text=f"{place.code} {above}",
                what="initial",
            )
        )
    with public_change():
        published = publish_entries(entries)
    return {row.key: row for row in published}
