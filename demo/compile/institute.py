"""The institute's own observations as series: one per source, unit, frequency and definition."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from demo.compile.conflicts import Candidate, choose
from demo.compile.doubts import mark_doubts
from demo.compile.facts import Facts, Row, words
from demo.compile.frequency import date_comment, frequency, period_of
from demo.compile.model import METRO, Alternate, Previous, Series, Value, decimals_of
from traza.stats.periods import Period, format_period

PLACES = {"ZML": METRO, "00": "MEX"}
_REGIONS = {
    "Torreón": "05035",
    "Matamoros": "05017",
    "Gómez Palacio": "10007",
    "Lerdo": "10012",
    "La Laguna": METRO,
    "Coahuila": "05",
    "Durango": "10",
    "Nacional": "MEX",
}
#: What the source wrote in place of a number → OBS_STATUS and the comment.
_WORDS = {
    "ND": ("O", "La fuente dice «ND»."),
    "No disponible": ("O", "La fuente dice «No disponible»."),
    "No tiene": ("L", "La fuente dice «No tiene»."),
}
#: Beyond this ratio to the other values, a figure of another kind measures something else.
_OTHER_MEASURE = 10.0
#: Unit of the figures that a source filed under a unit that cannot be theirs.
_REAL_UNITS = {
    "economia-costo-de-electricidad": "dolares-mwh",
    "economia-demandantes-de-conflicto-laboral": "por-mil-pea",
    "economia-empresas": "empresas",
    "economia-poblacion-ocupada-sin-ingresos": "personas-ocupadas-sin-ingresos",
    "gobierno-muertes-por-infecciones-instestinales": "muertes",
    "sociedad-empresas-socialmente-responsables": "empresas",
    "sociedad-mortalidad-por-diabetes": "muertes",
    "sociedad-mujeres-en-la-fuerza-laboral": "mujeres",
    "sociedad-visitas-a-museos-inah": "visitas",
    "sociedad-viviendas-donde-separan-en-organico-e-inorganico-los-residuos": "viviendas",
    "sustentabilidad-areas-verdes-urbanas-per-capita": "metros-cuadrados",
    "sustentabilidad-capacidad-de-tratamiento-de-agua-en-operacion": "litros-por-segundo",
    "sustentabilidad-consumo-de-agua": "metros-cubicos",
    "sustentabilidad-empresas-certificadas-como-limpias": "empresas",
}
#: Figures of municipalities that the source filed under another unit without a word, as their size
#: shows: their sum over the population is the rate given for the metropolitan area. The green
#: areas are the square metres of the whole city.
_UNFLAGGED = {
    ("economia-empresas", "2016-12-31"),
    ("gobierno-competencia-de-servicios-notariales", "2016-12-31"),
    ("gobierno-muertes-por-infecciones-instestinales", "2016-12-31"),
    ("sociedad-espacios-culturales-segun-imco", "2016-12-31"),
    ("sociedad-mortalidad-por-diabetes", "2016-12-31"),
    ("sociedad-visitas-a-museos-inah", "2016-12-31"),
    ("sustentabilidad-capacidad-de-tratamiento-de-agua-en-operacion", "2016-12-31"),
    ("sustentabilidad-areas-verdes-urbanas-per-capita", "2016-12-31"),
    ("sustentabilidad-empresas-certificadas-como-limpias", "2016-12-31"),
}

#: Copies left on-line beside the newest one, of 12 July 2021.
_EVE = "2021-07-11"

#: Indicators whose unit was typed on another scale, as their size shows.
_MIS_SCALED = {
    "economia-balanza-comercial": "dolares",
    "economia-indice-de-competitividad-urbana": "indice-0-100",
    "economia-total-de-exportaciones": "dolares",
    "economia-total-de-importaciones": "dolares",
}

_Key = tuple[str, str]  # (TIME_PERIOD, REF_AREA)


@dataclass(frozen=True)
class _Found:
    """A line of the facts, read: ``dated`` keeps a date that does not close its period."""

    candidate: Candidate
    row: Row
    dated: str


class Catalogue:
    """Codes of units and sources by the name the facts give them, and units of each indicator."""

    def __init__(self, facts: Facts) -> None:
        self.units = {row["fact"]: row["code"] for row in words("units") if row["fact"] != "+"}
        self.names = {row["code"]: row["name"] for row in words("units")}
        self.counts = {row["code"] for row in words("units") if row["kind"] == "count"}
        self.shares = {row["code"] for row in words("units") if row["kind"] == "percent"}
        self.sources = {row["fact"]: row["code"] for row in words("sources")}
        self.published = {row["slug"]: row["frequency"] for row in facts.indicators}
        self.counted = {row["slug"]: row["unit"] for row in words("indicators") if row["unit"]}

    def is_share(self, unit: str) -> bool:
        """Tell whether a unit is a part of a hundred."""
        return unit in self.shares

    def unit(self, row: Row) -> str:
        """Return the unit of an observation; a mere count takes the noun of its indicator."""
        code = self.units[row["effective_unit"]]
        return self.counted.get(row["indicator_slug"], code) if code == "cantidad" else code

    def real_unit(self, slug: str, unit: str, rows: list[tuple[int, Row]]) -> str:
        """Return the unit that the figures have, where the declared one cannot be theirs.

        Figures that the facts know as percentages are no count of people or firms.
        """
        are_shares = all(row["value_type"] == "porcentaje" for _line, row in rows)
        if are_shares and unit in self.counts:
            return "porcentaje"
        return _MIS_SCALED.get(slug, unit)


def institute_series(facts: Facts) -> list[Series]:
    """Return every series of the institute's observations, with alternates and vintages."""
    known = Catalogue(facts)
    groups: dict[tuple[str, str, str, str], list[tuple[int, Row]]] = defaultdict(list)
    for line, row in enumerate(facts.observations, 2):
        key = row["indicator_slug"], known.sources[row["source"]], known.unit(row), ""
        groups[key].append((line, row))
    plain = _plain(facts, known)
    revisions = _revisions(facts, known)
    made = []
    for slug, source, unit, kind in [
        k for key in sorted(groups) for k in _split(key, groups, plain)
    ]:
        rows = groups[slug, source, unit, kind]
        real = _REAL_UNITS.get(slug, "cantidad") if kind else known.real_unit(slug, unit, rows)
        days = [date.fromisoformat(row["period"]) for _line, row in rows]
        freq = frequency(days, known.published[slug], source)
        code = ".".join([slug, source, real, *(["otra"] if kind else []), freq.lower()])
        series = Series(code, slug, source, real, freq)
        series.is_aside = bool(kind)
        if kind:
            series.note = (
                "La fuente publicó estas cifras con otra unidad; por su tamaño miden otra cosa y "
                "forman una serie aparte."
            )
        elif real != unit:
            declared = rows[0][1]["effective_unit"]
            series.note = (
                f"La fuente declara «{declared}»; por las cifras, la unidad es "
                f"«{known.names[real]}»."
            )
        _fill(series, rows, days)
        mark_doubts(series, is_share=known.is_share(real))
        _revise(series, revisions)
        made.append(series)
    return made


def _plain(facts: Facts, known: Catalogue) -> dict[tuple[str, str], list[float]]:
    """Return the numbers that nothing is flagged in, by indicator and unit."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in facts.observations:
        number = _number(row)
        if number and not row["flag"]:
            found[row["indicator_slug"], known.unit(row)].append(abs(number))
    return found


def _split(
    key: tuple[str, str, str, str],
    groups: dict[tuple[str, str, str, str], list[tuple[int, Row]]],
    plain: dict[tuple[str, str], list[float]],
) -> list[tuple[str, str, str, str]]:
    """Move figures that the facts flag, and that are of another size, to a series of their own."""
    rows = groups[key]
    usual = median(plain.get((key[0], key[2])) or [0.0])
    moved = [pair for pair in rows if _measures_other(pair[1], usual)]
    if not moved:
        return [key]
    other = (*key[:3], "otra")
    groups[other] = moved
    groups[key] = [pair for pair in rows if pair not in moved]
    return [key, other] if groups[key] else [other]


def _measures_other(row: Row, usual: float) -> bool:
    number = _number(row)
    if (row["indicator_slug"], row["period"]) in _UNFLAGGED and row["region_code"] != "ZML":
        return True
    if "differs" not in row["flag"] and "series_break" not in row["flag"]:
        return False
    if number is None or not number or not usual:
        return False
    return abs(math.log(abs(number) / usual)) > math.log(_OTHER_MEASURE)


def _fill(series: Series, rows: list[tuple[int, Row]], days: list[date]) -> None:
    """Give the series its values; of several figures for one key, one is current."""
    by_key: dict[_Key, list[_Found]] = defaultdict(list)
    usual = Counter((day.month, day.day) for day in days)
    for (line, row), day in zip(rows, days, strict=True):
        period = period_of(day, series.freq)
        place = PLACES.get(row["region_code"], row["region_code"])
        dated = date_comment(day, period)
        candidate = Candidate(day, usual[day.month, day.day], _number(row), row["value"], line)
        by_key[period.code, place].append(_Found(candidate, row, dated))
    series.note = series.note or _common_date(days, series.freq)
    unbroken = {
        place
        for (_period, place), found in by_key.items()
        if any("series_break" not in one.row["flag"] for one in found)
    }
    for (period_code, place), found in sorted(by_key.items()):
        current, reason = found[0].candidate, ""
        if len(found) > 1:
            candidates = [one.candidate for one in found]
            current, reason = choose(candidates, _neighbours(by_key, period_code, place))
        denied = [
            f"La fuente también dice «{one.row['raw_text']}»."
            for one in found
            if one.candidate is not current and one.candidate.number is None
        ]
        for one in found:
            comment = _comment(one.row, "" if series.note else one.dated)
            if one.candidate is current:
                text = " ".join([comment, *denied]).strip()
                broken = place in unbroken and "series_break" in one.row["flag"]
                # A count of offences dated within the year is not of the whole year.
                is_cut = bool(one.dated) and (series.source, series.freq) == ("sesnsp", "A")
                status = "B" if broken else "P" if is_cut else "A"
                series.values.append(_value(period_code, place, one.row, status, text))
            elif one.candidate.number not in (None, current.number):
                value = Value(period_code, place, one.candidate.number, comment=comment)
                series.alternates.append(Alternate(value, reason))
    series.decimals = decimals_of((v.number for v in series.values if v.number is not None), 2)


def _common_date(days: list[date], freq: str) -> str:
    """Return a note for the whole series when nearly all dates fall on one day of the year."""
    (month, day), times = Counter((d.month, d.day) for d in days).most_common(1)[0]
    if freq != "A" or times < len(days) * 0.8 or len(set(days)) == 1 or (month, day) == (12, 31):
        return ""
    words_of = format_period(Period.day(date(2000, month, day)), "es").rpartition(" de ")[0]
    return f"La fuente fecha estas cifras el {words_of} de cada año."


def _neighbours(by_key: dict[_Key, list[_Found]], period: str, place: str) -> list[float]:
    """Return up to three undisputed numbers of the place on each side of a period."""
    course = sorted(code for code, where in by_key if where == place)
    at = course.index(period)
    near = [by_key[code, place] for code in course[max(0, at - 3) : at] + course[at + 1 : at + 4]]
    numbers = [found[0].candidate.number for found in near if len(found) == 1]
    return [number for number in numbers if number is not None]


def _value(period: str, place: str, row: Row, status: str, comment: str) -> Value:
    if not row["raw_text"]:
        return Value(period, place, _number(row), status, comment)
    status, said = _WORDS[row["raw_text"]]
    return Value(period, place, None, status, f"{said} {comment}".strip())


def _comment(row: Row, dated: str) -> str:
    parts = []
    note = row["note"]
    if note.startswith("quiebre de serie"):
        parts.append(f"Cambio de definición en {note.rpartition(' ')[2]}, según la fuente.")
    elif note:
        parts.append(f"Nota de la fuente: {note}.")
    if "type_differs" in row["flag"]:
        parts.append(f"La fuente la registró como {row['value_type']}, a diferencia de las demás.")
    if row["primary_source"]:
        parts.append(f"Fuente primaria: {row['primary_source']}.")
    if dated:
        parts.append(dated)
    return " ".join(parts)[:500]


def _number(row: Row) -> float | None:
    return float(row["value"]) if row["value"] else None


def _revisions(facts: Facts, known: Catalogue) -> dict[tuple[str, str], list[Row]]:
    """Return earlier values by indicator and source."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in facts.table("observations_revisions.csv"):
        found[row["indicator_slug"], known.sources[row["source"]]].append(row)
    return found


def _revise(series: Series, revisions: dict[tuple[str, str], list[Row]]) -> None:
    current = {(v.period, v.place): v.number for v in series.values}
    for row in revisions.get((series.indicator, series.source), []):
        day = date.fromisoformat(row["period"])
        key = period_of(day, series.freq).code, _REGIONS[row["region"]]
        new = float(row["new_value"]) if row["new_value"] else None
        if key not in current or current[key] != new:
            continue
        old = float(row["old_value"]) if row["old_value"] else None
        previous = Value(*key, old, "A" if old is not None else "O")
        series.previous.append(Previous(previous, _vintage(row["old_vintage"])))


def _vintage(copy: str) -> str:
    """Return the day of an earlier copy: the end of its year, or the eve of the newest copy."""
    return f"{copy}-12-31" if copy.isdecimal() else _EVE
