"""The table says everything: statuses in words, comments, other figures, corrections."""

import pytest
from django.test import Client

from tests.factories import make_institute, make_laguna, make_series, observations
from tests.indicators_public.small_indicator import homicides, percent_unit, words
from traza.indicators.models import AlternateValue, Observation
from traza.places.models import Place
from traza.stats.periods import parse_period

pytestmark = pytest.mark.django_db
TABLE = "/indicadores/homicidios/tabla/"


def test_what_is_missing_or_provisional_is_said_in_words(client: Client) -> None:
    series = homicides()
    observations(
        series, {"05035": {"2020": (90, "P")}, "10012": {"2020": (None, "Q")}}, initial=False
    )
    page = words(client, TABLE)
    assert "90 provisional" in page
    assert "reservado" in page
    assert "sin dato" in page


def test_a_doubtful_value_does_not_look_like_a_good_one(client: Client) -> None:
    series = homicides()
    observations(series, {"zml": {"2019": (990, "U", "Cifra dudosa.")}}, initial=False)
    page = client.get(TABLE).content.decode()
    assert '<span class="badge badge-doubtful">poco confiable</span>' in page
    assert "badge-current" not in page
    drawn = client.get("/indicadores/homicidios/").content.decode()
    assert "Poco confiable" in drawn  # the key of the chart


def test_comments_stand_below_with_their_number(client: Client) -> None:
    series = homicides()
    observations(series, {"05035": {"2020": (90, "A", "Falta un turno.")}}, initial=False)
    page = client.get(TABLE).content.decode()
    assert '<sup><a href="#nota-1">1</a></sup>' in page
    assert "1 Torreón, 2020: Falta un turno." in words(client, TABLE)


def test_the_same_comment_on_many_values_is_one_note(client: Client) -> None:
    series = homicides()
    note = "Suma de sus partes."
    observations(
        series, {"zml": {"2020": (200, "A", note), "2021": (210, "A", note)}}, initial=False
    )
    page = words(client, TABLE)
    assert page.count("Suma de sus partes") == 1
    assert "La Laguna: Suma de sus partes." in page


def test_another_figure_of_the_source_is_told_with_its_reason(client: Client) -> None:
    series = homicides()
    AlternateValue.objects.create(
        series=series,
        period_id=parse_period("2019").key,
        place=Place.objects.get(code="05035"),
        value=131,
        reason="Aparece en el anexo",
    )
    assert "Torreón, 2019: la fuente también da 131 (aparece en el anexo)." in words(client, TABLE)


def test_a_corrected_value_says_what_it_said_before(client: Client) -> None:
    series = homicides()
    observations(series, {"10012": {"2018": 31}}, initial=False)
    page = words(client, TABLE)
    assert "Lerdo, 2018: corregido el" in page and "decía 26" in page


def test_percentages_change_in_points_and_counts_in_per_cent(client: Client) -> None:
    homicides()
    assert "−19 %" in words(client, TABLE)
    observations(make_series("pobreza", unit=percent_unit()), {"05035": {"2018": 52, "2020": 48.9}})
    assert "−3.1 puntos" in words(client, "/indicadores/pobreza/tabla/")


def test_a_long_series_shows_its_latest_periods_and_links_to_all(client: Client) -> None:
    make_laguna()
    make_institute()
    months = {f"{2017 + m // 12}-{m % 12 + 1:02}": m for m in range(30)}
    observations(make_series("robos", freq="M"), {"05035": months})
    page = words(client, "/indicadores/robos/")
    assert "jun 2019" in page and "Ver los 30 periodos" in page
    assert "ene 2017" not in page.partition("Tabla Periodo")[2]
    assert "ene 2017" in words(client, "/indicadores/robos/tabla/")


def test_a_value_not_free_to_publish_is_withheld(client: Client) -> None:

    series = homicides()
    Observation.objects.filter(series=series, place__code="10012", period__code="2018").update(
        conf="C"
    )
    row = client.get(TABLE).content.decode().partition(">Lerdo<")[2].partition("</tr>")[0]
    assert "reservado" in row and row.count("26") == 1
