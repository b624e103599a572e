"""Small indicators of La Laguna as a reader meets them, and the text of their pages."""

import html
import re
from typing import Any

from django.test import Client

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
from traza.indicators.models import Series, Unit


def homicide_unit() -> Unit:
    return make_unit(
        "homicidios",
        name="Homicidios",
        noun="homicidio",
        noun_plural="homicidios",
        noun_en="homicide",
        noun_plural_en="homicides",
    )


def percent_unit() -> Unit:
    return make_unit("porcentaje", name="Porcentaje", symbol="%", kind="percent", decimals=1)


def homicides(**fields: Any) -> Series:
    """Homicides of three years in the four municipalities and the area they form."""
    make_laguna()
    make_institute()
    chosen = {
        "name_en": "Homicides",
        "axis": make_topic("seguridad"),
        "direction": "down",
        "direction_reviewed": True,
        "aggregation": "sum",
        **fields,
    }
    indicator = make_indicator("homicidios", "Homicidios", **chosen)
    source = make_source("secretariado", producer="Secretariado", license="Uso libre")
    series = make_series(indicator, unit=homicide_unit(), source=source)
    observations(
        series,
        {
            "05035": {"2017": 160, "2018": 142, "2019": 129},
            "10007": {"2017": 93, "2018": 121, "2019": 63},
            "10012": {"2017": 26, "2018": 26, "2019": 27},
            "05017": {"2017": 26, "2018": 28, "2019": 21},
            "zml": {"2017": 305, "2018": 317, "2019": 240},
        },
    )
    return series


def rates_of_states(indicator: Any) -> Series:
    """The rate of states and country: another unit and another source of the same indicator."""
    unit = make_unit("tasa", name="Homicidios", kind="rate", decimals=2, per="100 mil habitantes")
    series = make_series(
        indicator,
        code=f"{indicator.slug}.defunciones.tasa",
        unit=unit,
        source=make_source("defunciones", producer="Defunciones"),
        headline=False,
        title="Tasa de estados y país",
    )
    observations(series, {"05": {"2018": 8.0, "2019": 9.89}, "MEX": {"2018": 30.63, "2019": 31.38}})
    return series


def read(client: Client, path: str, *, status: int = 200) -> str:
    """Return the words of a page, without markup."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    text = re.sub(
        r"<(script|style|title|desc)\b.*?</\1>", " ", response.content.decode(), flags=re.S
    )
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"</?(b|small)\b[^>]*>", "", text))
                         .replace("\u00a0", " ")).replace("&nbsp;", " ")  # fmt: skip


def words(client: Client, path: str, *, status: int = 200) -> str:
    """Return the words of a page with every tag taken out."""
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", read(client, path, status=status)))
    return plain.replace("\u00a0", " ")


def drawing(client: Client, path: str) -> str:
    """Return the first drawing of a page."""
    found = re.search(r"<svg[^>]*data-chart.*?</svg>", client.get(path).content.decode(), re.S)
    assert found is not None
    return found[0]
