"""Places, their other names and who belongs to the metropolitan area."""

from collections import Counter
from typing import Any

from demo.compile.areas import Areas
from demo.compile.country import Population
from demo.compile.facts import Facts, Row, words
from demo.compile.model import COUNTRY, MEMBERS, METRO
from demo.compile.outlines import centre

#: Reference of the composition of the metropolitan area that the facts state.
_DELIMITED = "2015-01-01"
_DELIMITATION = "Delimitación de las zonas metropolitanas de México 2015 (SEDATU, CONAPO, INEGI)"
_METRO_NAMES = ["ZML", "Zona Metropolitana de La Laguna", "Zona Metropolitana de Torreón"]
_COUNTRY_NAMES = [
    ("Estados Unidos Mexicanos", "official"),
    ("Nacional", "alias"),
    ("País", "alias"),
]
_CENSUS = "2020"


def places(
    facts: Facts, people: Population, world_people: dict[str, tuple[str, float]], areas: Areas
) -> list[Row]:
    """Return the rows of ``places.csv``, wholes before their parts."""
    rows = _countries(facts, world_people)
    for row in rows:
        if row["code"] == COUNTRY:
            row["population"] = _whole(people["_T", _CENSUS, COUNTRY])
            row["population_period"] = _CENSUS
            row["area_km2"] = f"{areas.km2[COUNTRY]:.0f}"
    rows += _states(facts, people, areas)
    rows.append(_place(METRO, "metro", "La Laguna", parent=COUNTRY, people=people, areas=areas))
    rows[-1]["name_en"] = "La Laguna"
    members = _municipalities(facts, people, areas)
    near = [row for row in members if row["code"] in MEMBERS]
    for axis in ("lon", "lat"):
        rows[-1][axis] = f"{sum(float(row[axis]) for row in near) / len(near):.4f}"
    return rows + members


def names(facts: Facts) -> list[Row]:
    """Return the rows of ``place_names.csv``: official names, aliases, other languages."""
    rows = [_name(METRO, name) for name in _METRO_NAMES]
    rows += [_name(COUNTRY, name, kind) for name, kind in _COUNTRY_NAMES]
    official = {
        feature["properties"]["cvegeo"]: feature["properties"]["nomgeo"]
        for feature in facts.features("mexico-estados.geojson")
    }
    for state in words("states"):
        if official[state["code"]] != state["name"]:
            rows.append(_name(state["code"], official[state["code"]], "official"))
        for alias in filter(None, state["aliases"].split("|")):
            former = alias in ("Distrito Federal", "Querétaro de Arteaga")
            rows.append(_name(state["code"], alias, "former" if former else "alias"))
    for country in words("countries"):
        if country["name_en"] != country["name"]:
            rows.append(_name(country["code"], country["name_en"], "en", "en"))
    return rows


def memberships() -> list[Row]:
    """Return the rows of ``memberships.csv``."""
    return [
        {
            "group": METRO,
            "member": member,
            "valid_from": _DELIMITED,
            "valid_to": "",
            "source": _DELIMITATION,
        }
        for member in MEMBERS
    ]


def _countries(facts: Facts, people: dict[str, tuple[str, float]]) -> list[Row]:
    where = {
        feature["properties"]["iso_n3"]: feature["geometry"]
        for feature in facts.features("world-countries-50m.geojson")
    }
    order = {"world": 0, "group": 1, "country": 2}
    rows = []
    for country in sorted(words("countries"), key=lambda row: (order[row["level"]], row["code"])):
        year, number = people.get(country["code"], ("", 0.0))
        row = {
            "code": country["code"],
            "level": country["level"],
            "name": country["name"],
            "name_en": country["name_en"],
            "parent": "" if country["level"] == "world" else "WLD",
            "population": _whole(number) if year else "",
            "population_period": year,
        }
        if geometry := where.get(country["iso_n3"]):
            row["lon"], row["lat"] = centre(geometry)
        rows.append(row)
    return rows


def _states(facts: Facts, people: Population, areas: Areas) -> list[Row]:
    where = {
        feature["properties"]["cvegeo"]: feature["geometry"]
        for feature in facts.features("mexico-estados.geojson")
    }
    rows = []
    for state in words("states"):
        row = _place(state["code"], "state", state["name"], COUNTRY, people, areas)
        row["name_en"] = state["name_en"]
        row["lon"], row["lat"] = centre(where[state["code"]])
        rows.append(row)
    return rows


def _municipalities(facts: Facts, people: Population, areas: Areas) -> list[Row]:
    rows = []
    for feature in facts.features("mexico-municipios.geojson"):
        own: dict[str, Any] = feature["properties"]
        code = own["cvegeo"]
        row = _place(code, "municipality", own["nomgeo"].strip(), code[:2], people, areas)
        row["lon"], row["lat"] = centre(feature["geometry"])
        rows.append(row)
    repeated = [code for code, times in Counter(row["code"] for row in rows).items() if times > 1]
    if repeated:
        raise ValueError(f"municipalities given twice: {repeated}")
    return sorted(rows, key=lambda row: row["code"])


def _place(code: str, level: str, name: str, parent: str, people: Population, areas: Areas) -> Row:
    number = people.get(("_T", _CENSUS, code))
    area = areas.km2.get(code)
    return {
        "code": code,
        "level": level,
        "name": name,
        "parent": parent,
        "population": _whole(number) if number else "",
        "population_period": _CENSUS if number else "",
        "area_km2": f"{area:.2f}" if area else "",
    }


def _name(code: str, name: str, kind: str = "alias", lang: str = "es") -> Row:
    return {"code": code, "name": name, "kind": kind, "lang": lang}


def _whole(number: float) -> str:
    return str(round(number))
