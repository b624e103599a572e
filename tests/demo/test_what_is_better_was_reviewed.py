"""Which way is better is said only where nobody could disagree; and when more data is due."""

from tests.demo.tables import table


def cards() -> dict[str, dict[str, str]]:
    return {row["slug"]: row for row in table("indicators")}


def test_crime_poverty_and_pollution_are_better_when_less() -> None:
    for slug in (
        "seguridad-homicidios",
        "sociedad-pobreza",
        "economia-tasa-de-desempleo-abierto",
        "sustentabilidad-concentracion-de-particulas-menores-a-10-micras",
    ):
        assert (cards()[slug]["direction"], cards()[slug]["direction_reviewed"]) == ("down", "1")


def test_schooling_water_and_life_are_better_when_more() -> None:
    for slug in (
        "sociedad-grado-promedio-de-escolaridad",
        "sociedad-viviendas-con-agua-entubada",
        "sociedad-esperanza-de-vida-al-nacer",
        "sociedad-medicos",
    ):
        assert (cards()[slug]["direction"], cards()[slug]["direction_reviewed"]) == ("up", "1")


def test_people_density_and_prices_are_neither() -> None:
    for slug in (
        "sociedad-poblacion-estimada",
        "economia-densidad-poblacional",
        "economia-inflacion-anual",
        "economia-salario-promedio-mensual-para-trabajadores-de-tiempo-completo",
    ):
        row = cards()[slug]
        assert row["direction"] == "none" or row["direction_reviewed"] == "0"


def test_more_is_expected_only_of_what_is_published_again() -> None:
    days = {"mensual": "30", "trimestral": "91", "semestral": "182", "anual": "365"}
    for row in cards().values():
        if row["frequency"] in ("única vez", "irregular") or row["status"] == "archived":
            assert row["update_days"] == ""
        elif row["frequency"] in days:
            assert row["update_days"] == days[row["frequency"]]


def test_the_green_areas_of_a_city_are_not_those_of_a_person() -> None:
    """The source gave the square metres of the whole city as those of each inhabitant."""
    slug = "sustentabilidad-areas-verdes-urbanas-per-capita"
    (principal,) = [
        row for row in table("series") if row["indicator"] == slug and row["headline"] == "1"
    ]
    values = [
        float(row["OBS_VALUE"])
        for row in table("observations")
        if row["series"] == principal["series"] and row["OBS_VALUE"]
    ]
    assert principal["unit"] == "m2-por-persona" and values and max(values) < 100


def test_counts_filed_among_rates_never_stand_beside_them() -> None:
    """Of 42 deaths the source said 3.16 per 100,000 for the city, and "27" for a municipality."""
    slug = "gobierno-muertes-por-infecciones-instestinales"
    units = {row["series"]: row["unit"] for row in table("series") if row["indicator"] == slug}
    found = {
        units[row["series"]]: float(row["OBS_VALUE"])
        for row in table("observations")
        if row["series"] in units and row["REF_AREA"] == "05035" and row["TIME_PERIOD"] == "2016"
    }
    assert found == {"muertes": 27}
