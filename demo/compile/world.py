"""Population and product of every country, from the World Bank."""

from demo.compile.facts import Facts
from demo.compile.model import Series, Value

POPULATION = "sociedad-poblacion-total"
GDP = "economia-producto-interno-bruto"
GDP_PER_HEAD = "economia-producto-interno-bruto-per-capita"


def world_series(facts: Facts) -> list[Series]:
    """Return population, gross domestic product and product per inhabitant of countries."""
    people = _values(facts, "world/population.csv")
    product = _values(facts, "world/gdp-current-usd.csv")
    per_head = {
        key: round(number / people[key], 2) for key, number in product.items() if people.get(key)
    }
    return [
        _series(
            POPULATION,
            "banco-mundial-poblacion",
            "personas",
            people,
            title="Población de los países, a mitad de año",
            title_en="Population of countries, mid-year",
        ),
        _series(
            GDP,
            "banco-mundial-pib",
            "dolares",
            {key: round(number) for key, number in product.items()},
            title="Producto interno bruto de los países",
            title_en="Gross domestic product of countries",
        ),
        _series(
            GDP_PER_HEAD,
            "banco-mundial-pib",
            "dolares-por-habitante",
            per_head,
            decimals=0,
            title="Producto por habitante de los países",
            title_en="Product per inhabitant of countries",
            processing="Producto en dólares corrientes entre la población del mismo año, ambos del "
            "Banco Mundial.",
        ),
    ]


def _values(facts: Facts, table: str) -> dict[tuple[str, str], float]:
    return {
        (row["Year"], row["Country Code"]): float(row["Value"])
        for row in facts.table(table)
        if row["Value"]
    }


def _series(
    indicator: str,
    source: str,
    unit: str,
    numbers: dict[tuple[str, str], float],
    *,
    title: str,
    title_en: str,
    decimals: int = 0,
    processing: str = "",
) -> Series:
    code = f"{indicator}.{source}.{unit}.a"
    series = Series(code, indicator, source, unit, "A", "", title, title_en, "", processing)
    series.decimals = decimals
    series.values = [Value(year, place, n) for (year, place), n in sorted(numbers.items())]
    return series
