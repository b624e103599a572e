"""The profile of a place as a table: one line for each of its series."""

from datetime import date

from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.exports.matrix import notes_of
from traza.indicators.exports.sheet import Cell, Table
from traza.indicators.models import Series
from traza.indicators.queries.latest import Figure
from traza.indicators.queries.profile import Profile
from traza.indicators.words import say, series_title, told_apart, unit_name


def profile_table(found: Profile, title: str, lang: str, institute: Institute, day: date) -> Table:
    """Return the table of a profile in a language.

    Every series of every indicator, breakdowns too; beside it the values of the wider places that
    may be compared. What a source does not allow to be passed on is left out.
    """
    header = [
        _("Eje"), _("Indicador"), _("Dirección"), _("Serie"), _("Qué serie es"), _("Unidad"),
        _("Potencia de diez"), _("Fuente"), _("Valor"), _("Periodo"), _("Estado del dato"),
        _("Valor anterior"), _("Periodo anterior"), _("Posición"), _("De cuántos"),
        *told_apart([found.place, *found.wider], lang)[1:],
    ]  # fmt: skip
    others = {
        row.figure.series.pk: [other.value if other else None for other in row.others]
        for group in found.groups
        for row in group.rows
    }
    empty: list[float | None] = [None] * len(found.wider)
    rows = [
        _line(figure, figure.series, lang) + list(others.get(figure.series.pk, empty))
        for figure in found.every
        if figure.series.source.redistributable
    ]
    return Table(title, header, rows, notes_of(institute, lang, day))


def _line(figure: Figure, series: Series, lang: str) -> list[Cell]:
    axis = series.indicator.axis
    before = figure.previous_period
    return [
        say(axis, "name", lang) if axis else "",
        say(series.indicator, "name", lang),
        series.indicator.slug,
        series.code,
        series_title(series, lang),
        unit_name(series, lang),
        series.unit.multiplier,
        series.source.producer,
        figure.value,
        figure.period.code,
        figure.status,
        figure.previous_value,
        before.code if before else "",
        figure.rank_position,
        figure.rank_of,
    ]
