"""The sentence written from the data is grammatical and never compares what does not compare."""

from datetime import date

import pytest

from tests.factories import (
    make_indicator,
    make_institute,
    make_laguna,
    make_place,
    make_series,
    make_unit,
    observations,
)
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
    indicator = make_indicator("tema", str(fields.pop("name", "Homicidios")))
    series = make_series(indicator, **fields)  # type: ignore[arg-type]
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
    make_place("10036", "Tlahualilo")
    values = {"05035": {"2018": 3, "2019": 3}, "10007": {"2019": 9}, "10012": {"2019": 8},
              "05017": {"2019": 1}, "10036": {"2019": 2}}  # fmt: skip
    assert "el 3.er valor más alto de 5 municipios" in say(
        laguna_series(values, unit=homicide_unit())
    )


def test_a_tie_is_told_with_how_many() -> None:
    values = {"05035": {"2018": 3, "2019": 4}, "10007": {"2019": 4}, "10012": {"2019": 2}}
    series = laguna_series(values, unit=homicide_unit())
    assert "el valor más alto de 3 municipios con dato de 2019, empatado con otro." in say(series)
    observations(series, {"10012": {"2019": 4}, "05017": {"2019": 1}})
    assert "más alto de 4 municipios con dato de 2019, empatado con otros 2." in say(series)
    assert "tied with 2 others." in say(series, "en")


def test_nobody_stands_out_where_all_have_the_same() -> None:
    values = {"05035": {"2018": 3, "2019": 4}, "10007": {"2019": 4}, "10012": {"2019": 4}}
    text = say(laguna_series(values, unit=homicide_unit()))
    assert "empatado" not in text and "más alto" not in text


def test_a_rank_is_said_from_its_nearer_end() -> None:
    values = {"05035": {"2018": 7, "2019": 8}, "10007": {"2019": 9}, "10012": {"2019": 3},
              "05017": {"2019": 1}}  # fmt: skip
    series = laguna_series(values, unit=homicide_unit())
    series.indicator.direction = "down"
    assert "el 2.º valor más alto de 4 municipios" in say(series)


@pytest.mark.parametrize(
    ("name", "es", "en"),
    [
        ("Homicidios", "Torreón registró 3 homicidios", "Torreón recorded 3 homicides"),
        ("Homicidios (mensual)", "Torreón registró 3 homicidios", "Torreón recorded 3 homicides"),
        ("Total de homicidios", "Torreón registró 3 homicidios", "Torreón recorded 3 homicides"),
        # "3 homicides" alone would say more than was counted.
        (
            "Homicidios en accidentes de tránsito",
            "La cifra de Torreón fue de 3 homicidios",
            "The figure for Torreón was 3 homicides",
        ),
        (
            "Población del estado al que pertenece el municipio",
            "La cifra de Torreón fue de 3 homicidios",
            "The figure for Torreón was 3 homicides",
        ),
    ],
)
def test_only_what_the_unit_says_whole_is_said_to_have_happened(
    name: str, es: str, en: str
) -> None:
    series = laguna_series({"05035": {"2019": 3}}, unit=homicide_unit(), name=name)
    assert say(series).startswith(es)
    assert say(series, "en").startswith(en)


def test_a_part_of_the_people_is_not_the_people() -> None:
    persons = make_unit("personas", name="Personas", noun="persona", noun_plural="personas")
    whole = laguna_series({"05035": {"2020": 9}}, unit=persons, name="Población total")
    assert say(whole).startswith("Torreón tenía 9 personas")
    for name in ("Población ocupada", "Feminicidio", "Población del Centro Histórico"):
        whole.indicator.name = name
        assert say(whole).startswith("La cifra de Torreón fue de 9 personas")
    whole.indicator.name = "Población total"
    whole.dimensions = {"SEX": "F"}
    whole.save()
    assert say(whole).startswith("La cifra de Torreón fue de 9 personas")


def test_the_figure_of_a_whole_state_is_not_taken_for_that_of_a_municipality() -> None:
    values = {"05035": {"2015": 300, "2016": 365}, "05017": {"2016": 365},
              "10007": {"2016": 184}, "10012": {"2016": 184}}  # fmt: skip
    series = laguna_series(values, unit=homicide_unit())
    text = say(series)
    assert text.endswith(
        "La fuente da el mismo valor a Matamoros: parece el del estado, no el del municipio."
    )
    assert "más alto" not in text and reading(series).standing is None
    assert "gives Matamoros the same value: it seems to be that of the state" in say(series, "en")


def test_one_figure_for_the_whole_area_is_said_to_be_that() -> None:
    values = {code: {"2016": 9.72} for code in ("05035", "05017", "10007", "10012")}
    text = say(laguna_series(values, unit=percent_unit(), name="Inversión"))
    assert text == (
        "La cifra de Torreón fue de 9.7 % en 2016. La fuente da el mismo valor a Gómez Palacio, "
        "Lerdo y Matamoros: parece el de un territorio mayor, no el del municipio."
    )


def test_small_counts_may_be_equal_by_chance() -> None:
    values = {"05035": {"2016": 0}, "05017": {"2016": 0}, "10007": {"2016": 2},
              "10012": {"2016": 2}}  # fmt: skip
    assert "La fuente da" not in say(laguna_series(values, unit=homicide_unit()))


def test_a_currency_is_said_once() -> None:
    dollars = make_unit(
        "millones-de-dolares", name="Millones de dólares", symbol="US$", position="prefix",
        kind="currency", multiplier=6, decimals=2, noun="dólares", noun_plural="dólares",
    )  # fmt: skip
    text = say(laguna_series({"05035": {"2012": 46.5}}, unit=dollars, name="Inversión"))
    assert text == "La cifra de Torreón fue de US$46.50 millones en 2012."


def test_a_symbol_is_not_followed_by_its_own_word() -> None:
    litres = make_unit(
        "litros", name="Litros", symbol="l", kind="volume", noun="litro", noun_plural="litros"
    )
    text = say(laguna_series({"05035": {"2014": 21.0}}, unit=litres, name="Combustible"))
    assert text == "La cifra de Torreón fue de 21 l en 2014."


def test_the_article_joins_its_preposition() -> None:
    series = laguna_series(
        {"05035": {"2014-S1": 5.0, "2014-S2": 5.0}}, unit=percent_unit(), freq="S"
    )
    assert say(series).endswith("sin cambio respecto al 1.er semestre de 2014.")


def test_what_was_measured_once_is_set_beside_its_peers() -> None:
    series = laguna_series(
        {"05035": {"2017": 3.4}, "10007": {"2017": 2.8}, "10012": {"2017": 4.1}},
        unit=percent_unit(),
    )
    text = say(series)
    assert "más que Gómez Palacio (2.8 %) y menos que Lerdo (4.1 %)" in text


def test_what_is_there_was_had_and_what_happened_was_recorded() -> None:
    schools = make_unit(
        "escuelas", name="Escuelas", noun="escuela", noun_plural="escuelas",
        noun_en="school", noun_plural_en="schools",
    )  # fmt: skip
    series = laguna_series({"05035": {"2019": 3}}, unit=schools, name="Escuelas")
    assert say(series) == "Torreón tenía 3 escuelas en 2019."
    observations(series, {"05035": {"2020": 0}})
    assert say(series).startswith("Torreón no tenía escuelas en 2020")
    assert say(series, "en").startswith("Torreón had no schools in 2020")


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
