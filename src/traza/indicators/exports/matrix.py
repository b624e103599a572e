"""A matrix as a table: one line for each series of an indicator, two columns for each place."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.exports.sheet import Cell, Table
from traza.indicators.grammar import day_words, period_words
from traza.indicators.models import Series
from traza.indicators.queries.latest import Figure
from traza.indicators.queries.matrix import Matrix, MatrixRow
from traza.indicators.words import say, status_name, told_apart, unit_name


def matrix_table(found: Matrix, title: str, lang: str, institute: Institute, day: date) -> Table:
    """Return the table of a matrix in a language.

    Values are in the unit of their series, which never share a line with those of another.
    What a source does not allow to be passed on is left out.
    """
    names = told_apart(found.places, lang)
    header = [
        _("Eje"), _("Indicador"), _("Dirección"), _("Serie"), _("Unidad"), _("Potencia de diez"),
        _("Fuente"),
    ]  # fmt: skip
    for name in names:
        header += [name, f"{name}: {_('periodo')}", f"{name}: {_('estado del dato')}"]
    rows = [
        line
        for group in found.groups
        for row in group.rows
        for line in _lines(row, say(group.axis, "name", lang) if group.axis else "", lang)
    ]
    return Table(title, header, rows, notes_of(institute, lang, day))


def _lines(row: MatrixRow, axis: str, lang: str) -> list[list[Cell]]:
    series: dict[int, Series] = {row.series.pk: row.series}
    for cell in row.cells:
        if cell.figure is not None:
            series.setdefault(cell.figure.series.pk, cell.figure.series)
    return [
        [
            axis,
            say(row.indicator, "name", lang),
            row.indicator.slug,
            one.code,
            unit_name(one, lang),
            one.unit.multiplier,
            one.source.producer,
            *(part for cell in row.cells for part in _cell(cell.figure, one, lang)),
        ]
        for one in series.values()
        if one.source.redistributable
    ]


def _cell(figure: Figure | None, series: Series, lang: str) -> list[Cell]:
    if figure is None or figure.series.pk != series.pk:
        return [None, "", ""]
    period = period_words(figure.period.key, lang)
    return [figure.value, period, status_name(figure.status)]


def notes_of(institute: Institute, lang: str, day: date) -> list[tuple[str, str]]:
    """Return what a file must say of itself: who publishes it, its terms, how to read it."""
    return [
        (_("Publica"), institute.name),
        (_("Licencia"), _license(institute)),
        (_("Fecha del archivo"), day_words(day, lang)),
        (
            _("Cómo leerlo"),
            _(
                "Último valor publicado de cada lugar, con su periodo. Cada renglón es una serie: "
                "una fuente, una unidad, una definición. No se comparan valores de renglones o "
                "periodos distintos."
            ),
        ),
        (
            _("Unidad"),
            _("El valor se multiplica por diez elevado a la potencia que dice su columna."),
        ),
    ]


def _license(institute: Institute) -> str:
    parts: Sequence[str] = [institute.license_name, institute.license_url]
    return " · ".join(part for part in parts if part)
