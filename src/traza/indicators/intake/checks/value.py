"""The figure of a row, or why there is none; value and status must agree."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import CellProblem
from traza.indicators.intake.readers.table import cell_text, is_blank
from traza.indicators.models.facts import MISSING_STATUSES, ObsStatus
from traza.stats.numbers import NumberError, parse_number, status_of_text
from traza.stats.period import FREQ_NAMES
from traza.stats.periods import Period
from traza.stats.text import fold

_LABELS = {fold(str(label)): code for code, label in ObsStatus.choices}


@dataclass(frozen=True)
class Figure:
    """A number and its status; a number that is missing says why in the status."""

    value: float | None
    status: str


def read_figure(cell: Any, status_cell: Any = None, *, decimal: Any = None) -> Figure:
    """Return the figure of a cell and its status column; raise CellProblem."""
    told = read_status(status_cell)
    value, status = _number(cell, decimal)
    if value is None and told in MISSING_STATUSES:
        return Figure(None, told)
    if value is None and not status:
        raise CellProblem("no_value", _("falta el valor: la cifra o, si no hay dato, «ND»."))
    if value is not None and told in MISSING_STATUSES:
        raise CellProblem(
            "contradiction",
            _(
                "hay una cifra (%(value)s) y la situación dice «%(status)s». "
                "Solo puede quedar una de las dos."
            )
            % {"value": cell_text(cell), "status": ObsStatus(told).label},
        )
    return Figure(value, status or told or "A")


def contradictions(
    value: float | None, status: str, *, period: Period | None = None, freq: str = ""
) -> list[tuple[str, str]]:
    """Return (field, what is wrong) of a value that a person typed, as the file's are checked.

    Value and status must agree, and a period must have the frequency of its series.
    """
    found = []
    if status not in ObsStatus.values:
        found.append(("status", _("«%s» no es una situación conocida.") % status))
    elif value is None and status not in MISSING_STATUSES:
        found.append(("value", _("Falta el valor. Si no hay dato, la situación dice por qué.")))
    elif value is not None and status in MISSING_STATUSES:
        text = _("Hay un valor y la situación dice «%s». Solo puede quedar uno de los dos.")
        found.append(("status", text % ObsStatus(status).label))
    if period is not None and freq and period.freq != freq:
        text = _("El periodo es un %(found)s y la serie se publica por %(freq)s.")
        names = {"found": period.freq, "freq": freq}
        found.append(("period", text % {k: FREQ_NAMES.get(v, v) for k, v in names.items()}))
    return found


def read_bound(cell: Any, *, decimal: Any = None) -> float | None:
    """Return a bound of uncertainty, None when blank; raise CellProblem."""
    value, _status = _number(cell, decimal)
    return value


def read_status(cell: Any) -> str:
    """Return the code of a status written as code or as word; blank gives blank."""
    if is_blank(cell):
        return ""
    text = cell_text(cell)
    if text.upper() in ObsStatus.values:
        return text.upper()
    known = _LABELS.get(fold(text)) or status_of_text(text)
    if known is None:
        raise CellProblem(
            "unknown_status",
            _(
                "«%s» no es una situación conocida. Las claves son A definitivo, "
                "P provisional, E estimado, O sin dato…"
            )
            % text[:60],
        )
    return known


def _number(cell: Any, decimal: Any) -> tuple[float | None, str]:
    if is_blank(cell):
        return None, ""
    if isinstance(cell, date):
        raise CellProblem(
            "excel_date",
            _(
                "Excel convirtió este valor en la fecha %s. Hay que dar formato de número a "
                "la columna y escribir la cifra de nuevo."
            )
            % cell_text(cell),
        )
    if isinstance(cell, str):
        text = cell.strip()
        if text.startswith("#") or text.upper().startswith(("=", "ERR:")):
            raise CellProblem(
                "formula_error",
                _(
                    "«%s» es un error o una fórmula sin calcular. Hay que corregir la celda "
                    "o escribir «ND»."
                )
                % text[:60],
            )
        missing = status_of_text(text)
        if missing is not None:
            return None, missing
    try:
        return parse_number(cell, decimal=decimal), ""
    except NumberError as error:
        raise CellProblem("unreadable_value", str(error)) from error
