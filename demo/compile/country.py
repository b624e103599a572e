"""Population of every municipality and homicides of every state, and what is derived from them."""

from calendar import monthrange
from collections import defaultdict

from demo.compile.areas import Areas
from demo.compile.facts import Facts
from demo.compile.model import COUNTRY, MEMBERS, METRO, Series, Value

POPULATION = "sociedad-poblacion-total"
DENSITY = "economia-densidad-poblacional"
HOMICIDES = "seguridad-homicidios"
#: SDMX CL_SEX, with the total as no breakdown at all.
_SEXES = {"_T": "", "F": "SEX=F", "M": "SEX=M"}
_SUFFIX = {"_T": "", "F": ".mujeres", "M": ".hombres"}
_TITLES = {
    "_T": ("Población total (censos y conteo)", "Total population (censuses and count)"),
    "F": ("Mujeres (censos y conteo)", "Women (censuses and count)"),
    "M": ("Hombres (censos y conteo)", "Men (censuses and count)"),
}
_DAYS_A_YEAR = 365.25

Population = dict[tuple[str, str, str], float]  # (sex, year, place)


def population(facts: Facts) -> Population:
    """Return the census population by sex, year and place, with the metropolitan area summed."""
    found: Population = {}
    for row in facts.table("mexico/municipal-population.csv"):
        place = COUNTRY if row["level"] == "country" else row["cvegeo"]
        found[row["sex"], row["year"], place] = float(row["population"])
    for sex, year in {key[:2] for key in found}:
        found[sex, year, METRO] = sum(found[sex, year, member] for member in MEMBERS)
    return found


def population_series(people: Population) -> list[Series]:
    """Return the population series: total, women, men."""
    made = []
    for sex, dimensions in _SEXES.items():
        series = Series(
            f"{POPULATION}.inegi-censo.personas.a{_SUFFIX[sex]}",
            POPULATION,
            "inegi-censo",
            "personas",
            "A",
            dimensions,
            *_TITLES[sex],
            note="Censos de 2000, 2010 y 2020; Conteo de 2005.",
            processing="La Laguna es la suma de Torreón, Matamoros, Gómez Palacio y Lerdo.",
            decimals=0,
            is_national=True,
        )
        series.values = [
            Value(year, place, number)
            for (one, year, place), number in sorted(people.items())
            if one == sex
        ]
        made.append(series)
    return made


def density_series(people: Population, areas: Areas) -> Series:
    """Return inhabitants per square kilometre where the area of the same territory is known.

    Municipalities have it for the last census only: their limits of earlier years are not known.
    """
    last = max(year for _sex, year, _place in people)
    series = Series(
        f"{DENSITY}.inegi-censo.habitantes-por-km2.a",
        DENSITY,
        "inegi-censo",
        "habitantes-por-km2",
        "A",
        title="Densidad calculada con el censo",
        title_en="Density computed from the census",
        processing=(
            "Población censal entre superficie. La superficie se midió sobre el contorno del Marco "
            "Geoestadístico: completo en La Laguna, simplificado en los demás municipios. No se "
            "calcula para los municipios creados después del censo ni para aquellos de los que se "
            "separaron."
        ),
        decimals=1,
        is_national=True,
    )
    for (sex, year, place), number in sorted(people.items()):
        every_year = len(place) == 2 or place in (*MEMBERS, METRO, COUNTRY)
        area = areas.of(place)
        if sex == "_T" and area and (every_year or year == last):
            series.values.append(Value(year, place, round(number / area, 2)))
    return series


def homicide_series(facts: Facts) -> list[Series]:
    """Return homicides of states and country: monthly and yearly, counted and as rates."""
    counts: dict[str, dict[tuple[str, str], float]] = {"m": defaultdict(float), "a": {}}
    people: dict[tuple[str, str], float] = defaultdict(float)
    months = set()
    for row in facts.table("mexico/state-month-homicides-2000-2022.csv", "|"):
        month = f"{row['year']}-{int(row['month']):02d}"
        months.add(month)
        for place in (row["cve_ent"], COUNTRY):
            counts["m"][month, place] += float(row["homicides"])
            people[month, place] += float(row["pop_est"])
    yearly: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for (month, place), number in counts["m"].items():
        yearly[month[:4], place].append((number, people[month, place]))
    full = {key: pairs for key, pairs in yearly.items() if len(pairs) == 12}
    counts["a"] = {key: sum(number for number, _ in pairs) for key, pairs in full.items()}
    rates = {
        "m": {
            (month, place): number / people[month, place] * 1e5 * _DAYS_A_YEAR / _days(month)
            for (month, place), number in counts["m"].items()
        },
        "a": {
            key: counts["a"][key] / (sum(p for _, p in pairs) / 12) * 1e5
            for key, pairs in full.items()
        },
    }
    return [
        _homicides("m", counts["m"], "homicidios", 0),
        _homicides("a", counts["a"], "homicidios", 0),
        _homicides("m", rates["m"], "homicidios-por-100-mil-anualizada", 2),
        _homicides("a", rates["a"], "homicidios-por-100-mil", 2),
    ]


_HOMICIDE_TITLES = {
    ("m", "homicidios"): ("Defunciones por homicidio, mensual", "Homicide deaths, monthly"),
    ("a", "homicidios"): ("Defunciones por homicidio, anual", "Homicide deaths, yearly"),
    ("m", "homicidios-por-100-mil-anualizada"): (
        "Tasa anualizada de homicidios de estados y país",
        "Annualised homicide rate of states and country",
    ),
    ("a", "homicidios-por-100-mil"): (
        "Tasa anual de homicidios de estados y país",
        "Yearly homicide rate of states and country",
    ),
}
_HOMICIDE_PROCESSING = {
    ("m", "homicidios"): "El dato nacional es la suma de las 32 entidades.",
    ("a", "homicidios"): "Suma de los doce meses. El dato nacional es la suma de las entidades.",
    ("m", "homicidios-por-100-mil-anualizada"): (
        "Homicidios del mes entre población estimada, por 100,000, por 365.25 entre los días del "
        "mes (febrero siempre con 28, como los autores). La tasa nacional usa la suma de "
        "homicidios y de población de las 32 entidades."
    ),
    ("a", "homicidios-por-100-mil"): (
        "Homicidios del año entre el promedio de la población estimada de sus meses, por 100,000. "
        "La tasa nacional usa las sumas de las 32 entidades."
    ),
}


def _homicides(
    freq: str, numbers: dict[tuple[str, str], float], unit: str, decimals: int
) -> Series:
    title, title_en = _HOMICIDE_TITLES[freq, unit]
    series = Series(
        f"{HOMICIDES}.defunciones.{unit}.{freq}",
        HOMICIDES,
        "gargiulo-2023",
        unit,
        freq.upper(),
        title=title,
        title_en=title_en,
        note="Viene de actas de defunción: no se suma ni se compara con carpetas de investigación.",
        processing=_HOMICIDE_PROCESSING[freq, unit],
        decimals=decimals,
    )
    series.values = [
        Value(period, place, round(number, 4))
        for (period, place), number in sorted(numbers.items())
    ]
    return series


def _days(month: str) -> int:
    """Return the days of a month as the authors of the rates count them: February has 28."""
    return monthrange(2001, int(month[5:]))[1]
