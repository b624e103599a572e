"""Compile the example: ``python -m demo.compile FACTS [PACKAGE]``."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from demo.compile import catalogue, territory
from demo.compile.archive import archive
from demo.compile.areas import Areas
from demo.compile.country import density_series, homicide_series, population, population_series
from demo.compile.description import DESCRIPTION
from demo.compile.facts import Facts, Row
from demo.compile.institute import institute_series
from demo.compile.model import Series, Value, headlines, number_text
from demo.compile.outlines import outlines
from demo.compile.package import write_package
from demo.compile.papers import papers
from demo.compile.world import POPULATION, world_series

_LAGUNA = Path(__file__).resolve().parents[1] / "laguna"


def compile_package(source: Path, target: Path) -> None:
    """Read the folder of facts and write the package."""
    facts = Facts(source)
    people, areas, world = population(facts), Areas(facts), world_series(facts)
    series = [
        *institute_series(facts),
        *population_series(people),
        density_series(people, areas),
        *homicide_series(facts),
        *world,
    ]
    series.sort(key=lambda one: one.code)
    headlines(series)
    latest = {
        value.place: (value.period, value.number or 0.0)
        for one in world
        if one.indicator == POPULATION
        for value in one.values
    }
    tables: dict[str, list[Row]] = {
        "places": territory.places(facts, people, latest, areas),
        "place_names": territory.names(facts),
        "memberships": territory.memberships(),
        "topics": catalogue.topics(),
        "units": catalogue.units(),
        "sources": catalogue.sources(facts),
        "indicators": catalogue.indicators(facts, series),
        "series": [_series_row(one) for one in series],
        "observations": [row for one in series for row in _rows(one, one.values)],
        "observations_alternate": [
            {**row, "reason": alternate.reason}
            for one in series
            for alternate in one.alternates
            for row in _rows(one, [alternate.value])
        ],
        "observations_previous": [
            {**row, "vintage": previous.vintage}
            for one in series
            for previous in one.previous
            for row in _rows(one, [previous.value])
        ],
        "redirects": catalogue.redirects(facts),
        "archive": archive(facts),
    }
    write_package(target, tables, outlines(facts), DESCRIPTION, papers(people))


def _series_row(series: Series) -> Row:
    return {
        "series": series.code,
        "indicator": series.indicator,
        "source": series.source,
        "unit": series.unit,
        "freq": series.freq,
        "dimensions": series.dimensions,
        "title": series.title,
        "title_en": series.title_en,
        "headline": "1" if series.is_headline else "0",
        "decimals": "" if series.decimals is None else str(series.decimals),
        "note": series.note,
        "processing": series.processing,
    }


def _rows(series: Series, values: Iterable[Value]) -> list[Row]:
    return [
        {
            "series": series.code,
            "TIME_PERIOD": value.period,
            "REF_AREA": value.place,
            "OBS_VALUE": number_text(value.number),
            "OBS_STATUS": value.status,
            "COMMENT_OBS": value.comment,
        }
        for value in sorted(values, key=lambda value: (value.period, value.place))
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("package", type=Path, nargs="?", default=_LAGUNA)
    given = parser.parse_args()
    compile_package(given.facts, given.package)
