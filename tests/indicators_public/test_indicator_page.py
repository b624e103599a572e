"""A reader opens an indicator: the finding, the figure, its age, the chart, the table."""

import pytest
from django.test import Client

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

pytestmark = pytest.mark.django_db


def homicides(**fields: object) -> Series:
    make_laguna()
    make_institute()
    unit = make_unit("homicidios", name="Homicidios", noun="homicidio", noun_plural="homicidios",
                     noun_en="homicide", noun_plural_en="homicides")  # fmt: skip
    indicator = make_indicator(
        "homicidios", "Homicidios", name_en="Homicides", axis=make_topic("seguridad"),
        direction="down", direction_reviewed=True, aggregation="sum", **fields,
    )  # fmt: skip
    series = make_series(indicator, unit=unit)
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


def test_the_page_says_the_figure_with_its_unit_period_change_and_rank(client: Client) -> None:
    homicides()
    page = client.get("/indicadores/homicidios/").content.decode()
    assert "Torreón registró <b>129 homicidios en 2019</b>" in page
    assert "13 menos que en 2018 (−9.2" in page
    assert "Dato de 2019, hace" in page
    assert "4.º de 4 municipios, de menor a mayor" in page
