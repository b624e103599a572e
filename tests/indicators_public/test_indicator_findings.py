"""The sentence written from the data is grammatical and never compares what does not compare."""

from datetime import date

import pytest

from tests.factories import make_institute, make_laguna, make_series, make_unit, observations
from tests.indicators_public.small_indicator import homicide_unit, homicides, percent_unit
from traza.indicators import findings, grammar
from traza.indicators.models import Series
from traza.indicators.queries.reading import Reading, read_indicator
from traza.indicators.queries.series import Fact
from traza.places.models import Place
from traza.stats.periods import parse_period

pytestmark = pytest.mark.django_db


def reading(series: Series) -> Reading:
    found = read_indicator(series.indicator)
    assert found is not None
    return found


def say(series: Series, lang: str = "es") -> str:
    return findings.finding_text(reading(series), lang).replace("\u00a0", " ")


def laguna_series(values: dict[str, dict[str, object]], **fields: object) -> Series:
    make_laguna()
    make_institute()
    series = make_series("tema", **fields)  # type: ignore[arg-type]
    observations(series, values)  # type: ignore[arg-type]
    return series


def test_one_is_singular_and_none_is_said() -> None:
    one = laguna_series({"05035": {"2018": 3, "2019": 1}}, unit=homicide_unit())
    assert say(one) == "Torreón registró 1 homicidio en 2019, 2 menos que en 2018 (−66.7 %)."
    observations(one, {"05035": {"2020": 0}})
    assert say(one).startswith("Torreón no registró homicidios en 2020")
    assert say(one, "en").startswith("Torreón recorded no homicides in 2020")


def test_percentages_change_in_points() -> None:
    series = laguna_series({"05035": {"2018": 52.0, "2020": 48.9}}, unit=percent_unit())
    assert (
        say(series)
        == "La cifra de Torreón fue de 48.9 % en 2020, 3.1 puntos porcentuales menos que en 2018."
    )
    assert "3.1 percentage points lower than in 2018" in say(series, "en")


def test_equal_figures_are_said_to_be_equal() -> None:
    series = laguna_series({"05035": {"2018": 5.0, "2020": 5.0}}, unit=percent_unit())
    assert say(series).endswith("sin cambio respecto a 2018.")


def test_months_are_compared_with_the_same_month_a_year_before() -> None:
    series = laguna_series(
        {"05035": {"2018-06": 10, "2018-12": 7, "2019-11": 20, "2019-12": 8}},
        unit=homicide_unit(),
        freq="M",
    )
    assert "8 homicidios en diciembre de 2019, 1 más que en diciembre de 2018" in say(series)


def test_a_change_of_method_is_never_compared_across() -> None:
    series = laguna_series(
        {"05035": {"2017": 10, "2018": 12, "2019": (30, "B")}}, unit=homicide_unit()
    )
    text = say(series)
    assert "que en 2018" not in text and "desde 2017" not in text
    assert findings.since_first(reading(series), "es") is None


def test_the_highest_of_its_series_is_told_with_the_rank_in_one_sentence() -> None:
    run = {"2016": 1, "2017": 2, "2018": 3, "2019": 4}
    series = laguna_series(
        {"05035": run, "10007": {"2019": 9}, "10012": {"2019": 2}}, unit=homicide_unit()
    )
    assert say(series).endswith(
        "Es su valor más alto desde 2016 y el 2.º valor más alto de 3 municipios con dato de 2019."
    )


def test_third_loses_its_o_before_a_noun() -> None:
    values = {"05035": {"2018": 3, "2019": 3}, "10007": {"2019": 9}, "10012": {"2019": 8},
              "05017": {"2019": 1}}  # fmt: skip
    assert "el 3.er valor más alto de 4 municipios" in say(
        laguna_series(values, unit=homicide_unit())
    )


def test_a_tie_is_told() -> None:
    series = laguna_series(
        {"05035": {"2018": 3, "2019": 4}, "10007": {"2019": 4}}, unit=homicide_unit()
    )
    assert "empatado con otro" in say(series)


def test_what_was_measured_once_is_set_beside_its_peers() -> None:
    series = laguna_series(
        {"05035": {"2017": 3.4}, "10007": {"2017": 2.8}, "10012": {"2017": 4.1}},
        unit=percent_unit(),
    )
    text = say(series)
    assert "más que Gómez Palacio (2.8 %) y menos que Lerdo (4.1 %)" in text


def test_people_live_somewhere_but_victims_are_recorded() -> None:
    series = laguna_series({"05035": {"2019": 3}}, unit=make_unit("personas", name="Personas"))
    assert "registró 3 personas" in say(series)
    series.indicator.name = "Población total"
    assert "tenía 3 personas" in say(series)


@pytest.mark.parametrize(
    ("code", "es", "en"),
    [
        ("05035", "de Torreón", "of Torreón"),
        ("zml", "de La Laguna", "of La Laguna"),
        ("WLD", "del mundo", "of the world"),
        ("MEX", "de México", "of Mexico"),
    ],
)
def test_places_take_their_article(code: str, es: str, en: str) -> None:
    make_laguna()
    place = Place.objects.get(code=code)
    assert grammar.of_place(place, "es") == es
    assert grammar.of_place(place, "en") == en


@pytest.mark.parametrize(
    ("text", "inside", "of"),
    [
        ("2019", "en 2019", "de 2019"),
        ("2019-03", "en marzo de 2019", "de marzo de 2019"),
        ("2019-Q2", "en el 2.º trimestre de 2019", "del 2.º trimestre de 2019"),
        ("2019-03-14", "el 14 de marzo de 2019", "del 14 de marzo de 2019"),
        ("2019-W05", "en la semana 5 de 2019", "de la semana 5 de 2019"),
    ],
)
def test_periods_take_their_preposition(text: str, inside: str, of: str) -> None:
    key = parse_period(text).key
    assert grammar.in_period(key, "es") == inside
    assert grammar.of_period(key, "es") == of


def test_lists_end_as_the_language_wants() -> None:
    assert grammar.join_words(["Lerdo", "Iguala"], "es") == "Lerdo e Iguala"
    assert grammar.join_words(["a", "b", "c"], "es") == "a, b y c"
    assert grammar.join_words(["Coahuila", "México"], "es", no=True) == "Coahuila ni México"


def test_age_counts_calendar_years() -> None:
    fact = Fact(parse_period("2019").key, 1.0)
    assert findings.age_words(fact, date(2026, 1, 2), "es") == ("Dato de 2019, hace 7 años", True)
    assert findings.age_words(fact, date(2026, 12, 30), "en")[0] == "Figure for 2019, 7 years ago"


def test_the_share_of_the_area_is_told_only_where_figures_add_up() -> None:
    series = homicides()
    assert findings.share_of_metro(reading(series), "es") == "54 % de 240"
    series.indicator.aggregation = "none"
    assert findings.share_of_metro(reading(series), "es") == ""
