"""A small La Laguna with figures, as the pages of many indicators need it."""

from dataclasses import dataclass
from typing import Any

from tests.factories import (
    make_indicator,
    make_institute,
    make_laguna,
    make_series,
    make_source,
    make_topic,
    make_unit,
    observations,
)
from traza.indicators.models import Indicator, Series
from traza.places.models import Place
from traza.publishing.models import Topic


@dataclass
class SmallLaguna:
    """Places, topics and series by their names."""

    places: dict[str, Place]
    topics: dict[str, Topic]
    series: dict[str, Series]


def percent() -> Any:
    return make_unit("porcentaje", name="Porcentaje", kind="percent", symbol="%", decimals=1)


def measure(
    slug: str, name: str, axis: Topic | None, table: dict[str, Any], **options: Any
) -> Series:
    """Make an indicator with one series and publish its values."""
    unit = options.pop("unit", None) or make_unit()
    source = options.pop("source", None) or make_source()
    indicator = Indicator.objects.filter(slug=slug).first() or make_indicator(
        slug, name, axis=axis, **options
    )
    code = f"{slug}.{unit.code}.{source.code}"
    headline = not indicator.series.exists()
    series = make_series(indicator, code=code, unit=unit, source=source, headline=headline)
    observations(series, table)
    return series


def make_small_laguna() -> SmallLaguna:
    """Make two axes with four indicators.

    Population (a count that adds up) and internet (a percentage, judged by a person) of the four
    towns and the area; homicides of the towns, with rates of states and country as another
    series; one indicator only of the country.
    """
    places = make_laguna()
    make_institute()
    society = make_topic("sociedad", "Sociedad", name_en="Society", order=1)
    safety = make_topic("seguridad", "Seguridad", name_en="Safety", order=2)
    series = {
        "poblacion": measure(
            "poblacion",
            "Población total",
            society,
            {
                "05035": {"2000": 529512, "2010": 639629, "2020": 720848},
                "10007": {"2000": 273315, "2010": 327985, "2020": 372750},
                "10012": {"2000": 112435, "2010": 141043, "2020": 163313},
                "05017": {"2000": 91858, "2010": 107160, "2020": 118337},
                "zml": {"2000": 1007120, "2010": 1215817, "2020": 1375248},
            },
            aggregation="sum",
            name_en="Total population",
            order=1,
        ),
        "internet": measure(
            "internet",
            "Viviendas con internet",
            society,
            {
                "05035": {"2018": 60.0, "2020": 62.3},
                "10007": {"2018": 50.0, "2020": 51.0},
                "10012": {"2020": 48.0},
                "05017": {"2015": 30.0},
                "zml": {"2020": 55.0},
                "05": {"2020": 54.0},
                "MEX": {"2020": 52.1},
            },
            unit=percent(),
            direction="up",
            direction_reviewed=True,
            order=2,
        ),
        "homicidios": measure(
            "homicidios",
            "Homicidios",
            safety,
            {
                "05035": {"2017": 170, "2018": 150, "2019": 129},
                "10007": {"2017": 90, "2018": 80, "2019": 64},
                "10012": {"2019": 10},
                "05017": {"2019": 12},
            },
            direction="down",
        ),
        "tasa": measure(
            "homicidios",
            "Homicidios",
            safety,
            {"05": {"2019": 9.1}, "10": {"2019": 8.0}, "MEX": {"2019": 29.0}},
            unit=make_unit("tasa", name="Tasa", kind="rate", per="100 mil habitantes", decimals=1),
            source=make_source("defunciones"),
        ),
        "pib": measure("pib", "Producto del país", society, {"MEX": {"2019": 1.2}}),
    }
    return SmallLaguna(places, {"sociedad": society, "seguridad": safety}, series)
