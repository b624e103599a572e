"""What the example derives agrees with its parts."""

import calendar

import pytest

from tests.demo.tables import table, values

pytestmark = pytest.mark.pure

CENSUS = "sociedad-poblacion-total.inegi-censo.personas.a"
HOMICIDES = "seguridad-homicidios.defunciones"
MEMBERS = ("05035", "05017", "10007", "10012")
YEARS = ("2000", "2005", "2010", "2020")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("sex", ["", ".mujeres", ".hombres"])
def test_municipalities_states_and_country_are_one_population(year: str, sex: str) -> None:
    people = values(CENSUS + sex)
    municipalities = sum(n for (y, code), n in people.items() if y == year and len(code) == 5)
    states = sum(n for (y, code), n in people.items() if y == year and len(code) == 2)
    assert municipalities == states == people[year, "MEX"]


@pytest.mark.parametrize("year", YEARS)
def test_women_and_men_are_everyone(year: str) -> None:
    women, men = values(f"{CENSUS}.mujeres"), values(f"{CENSUS}.hombres")
    for (when, place), number in values(CENSUS).items():
        if when == year:
            assert women[when, place] + men[when, place] == number


@pytest.mark.parametrize("year", YEARS)
def test_the_metropolitan_area_is_its_four_members(year: str) -> None:
    people = values(CENSUS)
    assert people[year, "zml"] == sum(people[year, member] for member in MEMBERS)
    assert {row["member"] for row in table("memberships")} == set(MEMBERS)


def test_the_country_of_2020() -> None:
    assert values(CENSUS)["2020", "MEX"] == 126_014_024


def test_national_homicides_are_the_sum_of_the_states() -> None:
    counts = values(f"{HOMICIDES}.homicidios.m")
    months = {month for month, place in counts if place == "MEX"}
    assert len(months) == 276
    for month in months:
        states = [n for (m, place), n in counts.items() if m == month and place != "MEX"]
        assert len(states) == 32 and sum(states) == counts[month, "MEX"]


def test_the_national_rate_uses_the_sums() -> None:
    """The rate of the country lies between those of the states and follows the same formula."""
    counts = values(f"{HOMICIDES}.homicidios.m")
    rates = values(f"{HOMICIDES}.homicidios-por-100-mil-anualizada.m")
    month, days = "2020-07", calendar.monthrange(2020, 7)[1]
    people = sum(
        counts[month, place] * 1e5 * 365.25 / days / rates[month, place]
        for m, place in counts
        if m == month and place != "MEX"
    )
    expected = counts[month, "MEX"] / people * 1e5 * 365.25 / days
    assert rates[month, "MEX"] == pytest.approx(expected, rel=1e-4)


def test_a_year_is_its_twelve_months() -> None:
    monthly, yearly = values(f"{HOMICIDES}.homicidios.m"), values(f"{HOMICIDES}.homicidios.a")
    assert yearly["2019", "05"] == sum(monthly[f"2019-{m:02d}", "05"] for m in range(1, 13))
    assert len({year for year, _place in yearly}) == 23


def test_density_is_population_by_area() -> None:
    density = values("economia-densidad-poblacional.inegi-censo.habitantes-por-km2.a")
    area = {row["code"]: float(row["area_km2"]) for row in table("places") if row["area_km2"]}
    people = values(CENSUS)
    for place in ("05035", "zml", "05", "31001"):
        expected = people["2020", place] / area[place]
        assert density["2020", place] == pytest.approx(expected, rel=1e-3)
    # Mexicali lost San Felipe after the census: its people and its outline are not of one place.
    assert ("2020", "02002") not in density and ("2020", "02007") not in density


def test_surfaces_are_near_the_official_ones() -> None:
    """INEGI: Torreón 1,279 km², Coahuila 151,595 km², the country 1,960,000 km²."""
    area = {row["code"]: float(row["area_km2"]) for row in table("places") if row["area_km2"]}
    assert area["05035"] == pytest.approx(1279, rel=0.01)
    assert area["05"] == pytest.approx(151_595, rel=0.01)
    assert area["MEX"] == pytest.approx(1_960_000, rel=0.01)


def test_product_per_inhabitant_is_product_by_population() -> None:
    product = values("economia-producto-interno-bruto.banco-mundial-pib.dolares.a")
    people = values("sociedad-poblacion-total.banco-mundial-poblacion.personas.a")
    per_head = values(
        "economia-producto-interno-bruto-per-capita.banco-mundial-pib.dolares-por-habitante.a"
    )
    assert per_head["2020", "MEX"] == pytest.approx(
        product["2020", "MEX"] / people["2020", "MEX"], rel=1e-4
    )


def test_what_is_derived_says_how() -> None:
    derived = {row["series"]: row["processing"] for row in table("series")}
    for code in (CENSUS, f"{HOMICIDES}.homicidios.m", f"{HOMICIDES}.homicidios-por-100-mil.a"):
        assert derived[code]
