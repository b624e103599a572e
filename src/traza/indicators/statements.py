"""How a figure is stated, in Spanish and in English: what may be said of a place, and what not.

"Torreón recorded 129 homicides" only where the unit says all that was counted; "548,902 people"
of the labour force are a figure of Torreón, not its people.
"""

import re

from traza.indicators.grammar import in_period, join_words, name_of, of_place, subject
from traza.indicators.models import Series
from traza.indicators.queries.reading import Reading, Shared
from traza.indicators.queries.series import Fact, Run
from traza.indicators.words import value_text
from traza.stats.text import fold

#: Beginnings of nouns of what is there, not of what happens.
_STANDING = (
    "persona", "mujer", "hombre", "habitante", "vivienda", "hogar", "trabajador", "empresa",
    "establecimiento", "unidad", "cama", "medico", "vehiculo", "automovil", "escuela", "alumno",
    "biblioteca", "sucursal", "aerolinea", "organizaci", "investigador", "policia", "posgrado",
    "universidad", "sitio", "destino", "linea",
)  # fmt: skip
#: Words of a name that do not narrow what is counted.
_NOTHING_MORE = re.compile(
    r"\([^)]*\)|\b(total(es)? de|cantidad de|numero de|total(es)?|totales)\b"
)
_POPULATION = "poblacion"
_PEOPLE = ("personas", "habitantes")


def statement(reading: Reading, run: Run, fact: Fact, lang: str) -> tuple[str, str]:
    """Return the beginning and the figure: "Torreón registró ", "129 homicidios en 2019"."""
    series = reading.series
    text = value_text(fact.value, series, lang)
    when = in_period(fact.period, lang)
    who = subject(run.place, lang)
    if says_all(series, reading.indicator.name):
        noun = text.partition(" ")[2]
        there = fold(series.unit.noun_plural or series.unit.name).startswith(_STANDING)
        if text.startswith("0 "):
            if lang == "en":
                return f"{who} {'had' if there else 'recorded'} ", f"no {noun} {when}"
            return f"{who} ", f"no {'tenía' if there else 'registró'} {noun} {when}"
        if lang == "en":
            return f"{who} {'had' if there else 'recorded'} ", f"{text} {when}"
        return f"{who} {'tenía' if there else 'registró'} ", f"{text} {when}"
    if lang == "en":
        return f"The figure for {_mid(who)} was ", f"{text} {when}"
    return f"La cifra {of_place(run.place, lang)} fue de ", f"{text} {when}"


def says_all(series: Series, name: str) -> bool:
    """Tell whether the noun of the unit is the whole of what an indicator counts."""
    unit = series.unit
    if unit.kind != "count" or unit.per or series.dimensions:
        return False
    counted = " ".join(_NOTHING_MORE.sub(" ", fold(name)).split())
    nouns = {fold(word) for word in (unit.noun_plural or unit.name, unit.noun) if word}
    return counted in nouns or (counted == _POPULATION and not nouns.isdisjoint(_PEOPLE))


def shared_words(shared: Shared, lang: str) -> str:
    """Return what follows from municipalities that share one value: whose it seems to be."""
    names = join_words([name_of(place, lang) for place in shared.towns], lang)
    if lang == "en":
        whose = "the state" if shared.is_state else "a larger territory"
        return (
            f"The source gives {names} the same value: it seems to be that of {whose}, "
            "not of the municipality."
        )
    whose = "el del estado" if shared.is_state else "el de un territorio mayor"
    return f"La fuente da el mismo valor a {names}: parece {whose}, no el del municipio."


def _mid(name: str) -> str:
    """Return a subject inside a sentence."""
    return f"t{name[1:]}" if name.startswith("The world") else name
