"""Topics, units, sources and indicators: names carry over, every sentence is ours."""

from collections import defaultdict
from collections.abc import Iterable

from demo.compile.facts import Facts, Row, words
from demo.compile.model import MEMBERS, METRO, Series
from traza.stats.text import fold

_DIRECTIONS = {"true": "up", "false": "down", "": "none"}
#: Days between two updates, by how often the source publishes; what is irregular has none.
_UPDATE_DAYS = {
    "diaria": 1,
    "semanal": 7,
    "mensual": 30,
    "trimestral": 91,
    "semestral": 182,
    "anual": 365,
    "bienal": 730,
    "quinquenal": 1826,
}
#: What a first reader looks for stands first within its axis; the home page shows the first.
_FIRST = (
    "sociedad-poblacion-total",
    "sociedad-pobreza",
    "sociedad-grado-promedio-de-escolaridad",
    "economia-trabajadores-asegurados",
    "economia-tasa-de-desempleo-abierto",
    "seguridad-homicidios",
    "seguridad-robo-de-automoviles",
    "gobierno-ingresos-propios",
    "sustentabilidad-disposicion-adecuada-de-residuos-solidos",
    "sustentabilidad-concentracion-de-particulas-menores-a-10-micras",
)
_CREDIT = "IMPLAN Torreón, Sistema Metropolitano de Indicadores (copia de julio de 2021)"


def topics() -> list[Row]:
    """Return the rows of ``topics.csv``."""
    return [
        {
            "code": row["code"],
            "scheme": row["scheme"],
            "parent": row["parent"],
            "name": row["fact"],
            "name_en": row["name_en"],
            "order": str(order),
        }
        for order, row in enumerate(words("topics"), 1)
    ]


def units() -> list[Row]:
    """Return the rows of ``units.csv``; several names of the facts may be one unit."""
    found: dict[str, Row] = {}
    for row in words("units"):
        found.setdefault(row["code"], {key: cell for key, cell in row.items() if key != "fact"})
    return [found[code] for code in sorted(found)]


def sources(facts: Facts) -> list[Row]:
    """Return the rows of ``sources.csv``."""
    codes = {row["fact"]: row["code"] for row in words("sources")}
    rows = [
        {
            "code": codes[row["source"]],
            "producer": row["source"],
            "citation": f"{row['source']}, en {_CREDIT}.",
            "license": "Uso libre con crédito: «Fuente: IMPLAN Torreón»",
        }
        for row in facts.table("sources.csv")
    ]
    return sorted(rows + words("own_sources"), key=lambda row: row["code"])


def indicators(facts: Facts, series: Iterable[Series]) -> list[Row]:
    """Return the rows of ``indicators.csv``: with observations, archived, and ours."""
    measured: dict[str, list[Series]] = defaultdict(list)
    for one in series:
        measured[one.indicator].append(one)
    axes = {row["fact"]: row["code"] for row in words("topics") if row["scheme"] == "axis"}
    tags = {fold(row["fact"]): row["code"] for row in words("topics") if row["scheme"] == "tag"}
    said = {row["slug"]: row for row in words("indicators")}
    rows = []
    for fact in facts.indicators:
        own = said.get(fact["slug"], {})
        rows.append(
            {
                "slug": fact["slug"],
                "name": fact["name"],
                "name_en": own.get("name_en", ""),
                "definition": own.get("definition", ""),
                "definition_en": own.get("definition_en", ""),
                "axis": axes[fact["axis"]],
                "tags": _tags(fact["tags"], tags),
                "direction": own.get("direction") or _DIRECTIONS[fact["higher_is_better"]],
                "direction_reviewed": "1" if own.get("direction") else "0",
                "frequency": "única vez" if fact["frequency"] == "único" else fact["frequency"],
                "status": "published" if fact["slug"] in measured else "archived",
                "aggregation": "sum" if _adds_up(measured[fact["slug"]]) else "none",
            }
        )
    for row in words("own_indicators"):
        rows.append(
            {
                **row,
                "axis": axes[row["axis"]],
                "tags": _tags(row["tags"], tags),
                "direction_reviewed": "1",
                "status": "published",
            }
        )
    return _ordered(rows, list(axes.values()))


def _tags(cell: str, codes: dict[str, str]) -> str:
    """Return the codes of the tags; a tag that only archived indicators use has none."""
    found = [codes[name] for name in map(fold, cell.split("|")) if name in codes]
    return "|".join(dict.fromkeys(found))


def _ordered(rows: list[Row], axes: list[str]) -> list[Row]:
    rank = {slug: number for number, slug in enumerate(_FIRST)}
    rows.sort(key=lambda row: (axes.index(row["axis"]), rank.get(row["slug"], 99), row["slug"]))
    for order, row in enumerate(rows, 1):
        row["order"] = str(order)
        is_shown = row["status"] == "published"
        row["update_days"] = str(_UPDATE_DAYS.get(row["frequency"], "")) if is_shown else ""
    return rows


def _adds_up(series: list[Series]) -> bool:
    """Tell whether the metropolitan area is the sum of its members wherever all are given."""
    given = equal = 0
    for one in series:
        by_period: dict[str, dict[str, float]] = defaultdict(dict)
        for value in one.values:
            if value.number is not None:
                by_period[value.period][value.place] = value.number
        for places in by_period.values():
            if METRO in places and all(member in places for member in MEMBERS):
                given += 1
                parts = sum(places[member] for member in MEMBERS)
                equal += parts > 0 and abs(parts - places[METRO]) <= abs(parts) * 0.001
    return given >= 2 and equal >= given * 0.8


def redirects(facts: Facts) -> list[Row]:
    """Return the rows of ``redirects.csv``: the aliases that were accepted."""
    return [
        {"old_slug": row["old_slug"], "new_slug": row["candidate_slug_2021"]}
        for row in facts.table("slug_aliases.csv")
        if row["accepted"] == "yes"
    ]
