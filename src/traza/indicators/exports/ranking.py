"""A ranking as a table: one line a place, in order."""

from django.utils.translation import gettext as _

from traza.indicators.exports.sheet import Table
from traza.indicators.queries.ranking import Ranking
from traza.indicators.words import say, unit_name


def ranking_table(found: Ranking, title: str, lang: str) -> Table:
    """Return the table of a ranking; values are in the unit of the series."""
    series = found.option.series
    header = [
        _("Posición"), _("Clave"), _("Lugar"), _("Dentro de"), _("Valor"), _("Estado del dato"),
        _("Periodo"), _("Unidad"), _("Potencia de diez"), _("Serie"), _("Fuente"),
    ]  # fmt: skip
    same = (
        found.period.code, unit_name(series, lang), series.unit.multiplier, series.code,
        series.source.producer,
    )  # fmt: skip
    places = found.places(found.standings)
    return Table(
        title,
        header,
        [
            [
                one.rank.position, one.code, say(places[one.code], "name", lang),
                places[one.code].within, one.value, one.status, *same,
            ]
            for one in found.standings
        ],
    )  # fmt: skip
