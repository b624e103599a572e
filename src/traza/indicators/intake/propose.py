"""Proposing how a file is read, from its header and its first rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.breakdowns import Breakdowns
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import Column, Mapping, remembered
from traza.indicators.intake.readers.table import Table, cell_text, is_blank
from traza.indicators.models import Series
from traza.places.queries import AmbiguousPlace, PlaceResolver, UnknownPlace
from traza.stats.numbers import NumberError, detect_decimal, parse_number, status_of_text
from traza.stats.periods import PeriodError, parse_period
from traza.stats.text import fold

#: Rows looked at to understand a file.
SAMPLE = 200
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_CODE_LIKE = re.compile(r"[\s\d=(),.]*\d[\s\d=(),.]*|=CONCATENAR\(.*\)\s*")
#: A header row must be within the first rows that hold something.
_HEADER_WITHIN = 30

# What a column is called, folded, by what it is; the first that fits wins.
_WORDS: tuple[tuple[str, str], ...] = (
    ("status", r"obs_status|estatus.*|situacion( del dato)?|estado del dato|calidad"),
    ("comment", r"comment(_obs)?|comentarios?|notas?|observaciones"),
    ("lower", r"lower|limite inferior|li"),
    ("upper", r"upper|limite superior|ls"),
    ("period", r"time_period|periodo.*|fecha.*|trimestre|semestre|bimestre|mes y ano|ano y mes"),
    ("year", r"ano|anio|year|ejercicio|ciclo"),
    ("month", r"mes|month"),
    ("series", r"series?|clave de (la )?serie"),
    ("breakdown", r"sexo|genero|edad|grupo de edad|desglose|ambito|sex|age"),
    ("state", r"entidad( federativa)?|estado|cve_ent|nom_ent|clave de (la )?entidad"),
    ("municipality", r"municipios?|mun|cve_mun|nom_mun|clave del? municipio|alcaldia"),
    (
        "place",
        r"lugar(es)?|ref_area|cvegeo|clave( geografica)?|area( geografica)?|zona( metropolitana)?"
        r"|territorio|pais(es)?|country|region|ciudad|localidad|colonia",
    ),
    ("value", r"obs_value|valor(es)?|dato|cifra|cantidad|value|numero|total|casos|monto"),
)


@dataclass
class Sample:
    """The beginning of a file: lines above the header, header, and rows below."""

    above: list[list[Any]]
    header_row: int
    header: list[str]
    raw_header: list[Any]
    rows: list[list[Any]]

    def column(self, index: int) -> list[Any]:
        """Return the cells of a column that hold something."""
        cells = (row[index] for row in self.rows if index < len(row))
        return [cell for cell in cells if not is_blank(cell)]


def take_sample(table: Table, header_row: int | None = None) -> Sample:
    """Return the beginning of a file, its header found (or as told, 0 for none).

    Raises IntakeError when nothing in it looks like a table.
    """
    head = table.head(SAMPLE)
    if not head:
        raise IntakeError(_("«%s» no tiene ningún dato.") % table.filename)
    at = _find_header(head) if header_row is None else _line_index(head, header_row)
    width = max(len(cells) for _line, cells in head)
    if at is None:
        header: list[Any] = [None] * width
        above, rows, line = [], [cells for _line, cells in head], 0
    else:
        line, header = head[at][0], list(head[at][1])
        header += [None] * (width - len(header))
        above = [cells for _line, cells in head[:at]]
        rows = [cells for _line, cells in head[at + 1 :]]
    if width < 2:
        raise IntakeError(
            _(
                "«%s» tiene una sola columna: faltan al menos lugar, periodo y valor. Si es CSV, "
                "hay que ver qué separa las columnas."
            )
            % table.filename
        )
    if at is not None and not rows:
        raise IntakeError(
            _("«%s» no tiene ningún valor debajo de los encabezados.") % table.filename
        )
    names = [cell_text(cell) or _letter(index) for index, cell in enumerate(header)]
    return Sample(above, line, names, header, rows)


def propose(
    table: Table,
    series: Series | None,
    resolver: PlaceResolver,
    *,
    header_row: int | None = None,
) -> Mapping:
    """Propose how a file is read; a file seen before is read as it was then.

    ``header_row`` is the line of the header when a person says it; otherwise it is looked for.
    """
    sample = take_sample(table, header_row)
    known = remembered(sample.header)
    if known is not None and len(known.columns) == len(sample.header):
        known.header_row = sample.header_row
        mapping = known
    else:
        mapping = _fresh(sample, series, resolver)
    mapping.decimal = _decimals(sample, mapping)
    mapping.titles = [cell_text(cell) for row in sample.above for cell in _filled(row)][:12]
    wants_period = mapping.layout in ("long", "areas_by_breakdown") and not (
        mapping.of("period") or mapping.of("year")
    )
    if wants_period and "period" not in mapping.constants:
        found = _period_in_titles(sample, table)
        if found:
            mapping.constants["period"] = found
    return mapping


def _fresh(sample: Sample, series: Series | None, resolver: PlaceResolver) -> Mapping:
    columns = [_column(index, sample, resolver) for index in range(len(sample.header))]
    mapping = Mapping(header_row=sample.header_row, columns=columns)
    freq = series.freq if series is not None else None
    named = {column.role for column in columns}
    dated = [c for c in columns if c.role in ("value", "") and _is_period(_raw(sample, c), freq)]
    placed = [
        c for c in columns if c.role in ("value", "") and _is_place(_raw(sample, c), resolver)
    ]
    numeric = [c for c in columns if c.role in ("value", "")]
    has_place = bool(named & {"place", "municipality", "state"})
    has_period = bool(named & {"period", "year"})
    if has_place and dated and not has_period:
        mapping.layout = "areas_by_periods"
        mapping.reason = _("Los encabezados de las columnas son periodos.")
        _assign(numeric, dated, "value", _("Su encabezado es un periodo."))
    elif has_period and len(placed) > 1 and not has_place:
        mapping.layout = "periods_by_areas"
        mapping.reason = _("Los encabezados de las columnas son lugares.")
        _assign(numeric, placed, "value", _("Su encabezado es un lugar."))
    elif has_place and not has_period and "series" not in named and len(numeric) > 1:
        mapping.layout = "areas_by_breakdown"
        mapping.reason = _(
            "Varias columnas de cifras con un solo periodo: cada una es un desglose."
        )
        _assign_breakdowns(numeric, series)
    else:
        mapping.layout = "long"
        mapping.reason = _("Cada renglón tiene un valor.")
        best = [c for c in numeric if c.role == "value"][:1]
        if not best and len(numeric) > 1:
            # Which of them is meant is for a person to say: a guess would be published.
            mapping.reason = _("Varias columnas tienen cifras: falta decir cuál es el valor.")
        _assign(
            numeric, best or numeric[: len(numeric) == 1], "value", _("Es la columna de cifras.")
        )
    for column in columns:
        column.role = column.role or "ignore"
    used = [column.confidence for column in columns if column.role != "ignore"]
    mapping.confidence = round(min(used, default=0.0), 2)
    return mapping


def _column(index: int, sample: Sample, resolver: PlaceResolver) -> Column:
    """Say what a column is by its name, else by what it holds; "" for unnamed figures."""
    header, cells = sample.header[index], sample.column(index)[:60]
    word = fold(header)
    for role, pattern in _WORDS:
        if re.fullmatch(pattern, word) and _fits(role, cells):
            reason = _("Se llama «%s».") % header
            return Column(index, header, role, reason, 0.95)
        if role == "month" and re.fullmatch(pattern, word) and _share(cells, _is_whole) > 0.5:
            return Column(index, header, "period", _("Tiene mes y año."), 0.9)
    if not cells:
        return Column(index, header, "ignore", _("Está vacía."), 1.0)
    unnamed = is_blank(sample.raw_header[index])
    if not unnamed and _is_period(sample.raw_header[index], None) and _mostly_numbers(cells):
        return Column(index, header, "", "", 0.9)
    if unnamed and _share(cells, lambda c: bool(_CODE_LIKE.fullmatch(cell_text(c)))) > 0.8:
        return Column(index, header, "place", _("Tiene claves de lugar."), 0.8)
    if _share(cells, lambda c: isinstance(c, date)) > 0.8:
        return Column(index, header, "period", _("Tiene fechas."), 0.8)
    if _mostly_numbers(cells):
        return Column(index, header, "", _("Tiene cifras."), 0.6)
    if _share(cells, lambda c: _is_place(c, resolver)) > 0.5:
        return Column(index, header, "place", _("Tiene nombres de lugares."), 0.85)
    if _share(cells, lambda c: _is_period(c, None)) > 0.8:
        return Column(index, header, "period", _("Tiene periodos."), 0.85)
    return Column(index, header, "ignore", _("No se reconoce."), 0.5)


def _fits(role: str, cells: Sequence[Any]) -> bool:
    """Refuse a role by name when the cells deny it: a «Total» of words, a «Mes» of whole dates."""
    if role in ("value", "lower", "upper"):
        return not cells or _share(cells, _is_figure) > 0.3
    if role == "year":
        return not cells or _share(cells, lambda c: bool(_YEAR.fullmatch(cell_text(c)))) > 0.5
    if role == "month":
        return not cells or _share(cells, _is_month) > 0.5
    if role == "status":
        return all(len(cell_text(cell)) < 40 for cell in cells)
    return True


def _assign(numeric: list[Column], chosen: list[Column], role: str, reason: str) -> None:
    for column in numeric:
        if column in chosen:
            column.role, column.reason = role, column.reason or reason
            column.confidence = max(column.confidence, 0.7)
        else:
            column.role, column.reason = "ignore", _("Sobra en esta disposición.")


def _assign_breakdowns(numeric: list[Column], series: Series | None) -> None:
    breakdowns = Breakdowns(series)
    known = [column for column in numeric if breakdowns.find(column.header) is not None]
    for column in numeric:
        found = breakdowns.find(column.header)
        if found is not None:
            column.role, column.confidence = "breakdown", 0.9
            column.reason = _("Es la serie «%s».") % found.code
        elif not known:
            column.role, column.confidence = "breakdown", 0.3
            column.reason = _("Falta decir de qué serie es.")
        else:
            column.role = "ignore"
            column.reason = _("No hay una serie para «%s».") % column.header


def _decimals(sample: Sample, mapping: Mapping) -> dict[str, str]:
    marks: dict[str, str] = {}
    for column in mapping.columns:
        if column.role in ("value", "breakdown", "lower", "upper"):
            mark = detect_decimal(sample.column(column.index))
            if mark:
                marks[str(column.index)] = mark
    return marks


def _period_in_titles(sample: Sample, table: Table) -> str:
    """Return the one year that titles or footer speak of; blank when none or several."""
    lines = [*sample.above, *(row for row in _footer(table) if len(_filled(row)) == 1)]
    years = {year for row in lines for cell in row for year in _YEAR.findall(cell_text(cell))}
    return years.pop() if len(years) == 1 else ""


def _footer(table: Table) -> list[list[Any]]:
    last: list[list[Any]] = []
    for _line, cells in table.rows():
        last = [*last[-4:], cells]
    return last


def _find_header(head: list[tuple[int, list[Any]]]) -> int | None:
    """Return the first row whose cells can all be names and that is followed by wider data."""
    for at, (_line, cells) in enumerate(head[:_HEADER_WITHIN]):
        filled = _filled(cells)
        if len(filled) < 2:
            continue
        if not all(_can_be_header(cell) for cell in filled):
            return None
        # «No especificado» heads a column as often as it stands for a figure.
        if 2 * sum(_is_status(cell) for cell in filled) > len(filled):
            return None
        return at
    return None


def _can_be_header(cell: Any) -> bool:
    if isinstance(cell, bool):
        return False
    if isinstance(cell, date):
        return True
    if isinstance(cell, int | float):
        return float(cell).is_integer() and 1500 <= cell <= 2200
    text = str(cell).strip()
    return not _is_figure(text) or _is_status(text) or bool(_YEAR.fullmatch(text))


def _is_status(cell: Any) -> bool:
    return isinstance(cell, str) and status_of_text(cell) is not None


def _line_index(head: list[tuple[int, list[Any]]], line: int) -> int | None:
    return next((at for at, (number, _cells) in enumerate(head) if number == line), None)


def _filled(cells: list[Any]) -> list[Any]:
    return [cell for cell in cells if not is_blank(cell)]


def _raw(sample: Sample, column: Column) -> Any:
    return sample.raw_header[column.index]


def _share(cells: Sequence[Any], test: Any) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _mostly_numbers(cells: Sequence[Any]) -> bool:
    return _share(cells, _is_figure) > 0.6


def _is_figure(cell: Any) -> bool:
    if isinstance(cell, int | float):
        return True
    if isinstance(cell, date):
        return False
    text = str(cell).strip()
    if status_of_text(text) or text.startswith("#"):
        return True
    try:
        return parse_number(text) is not None
    except NumberError:
        return False


def _is_whole(cell: Any) -> bool:
    """Tell whether a cell is a period by itself, as «marzo de 2020» in a column called «Mes»."""
    return _is_period(cell, None)


def _is_month(cell: Any) -> bool:
    text = cell_text(cell)
    if text.isdecimal():
        return 1 <= int(text) <= 12
    return _is_period(f"{text} 2000", "M") and not _YEAR.search(text)


def _is_period(cell: Any, freq: str | None) -> bool:
    if is_blank(cell):
        return False
    try:
        parse_period(cell if isinstance(cell, date) else cell_text(cell), hint=freq)
    except PeriodError:
        return False
    return True


def _is_place(cell: Any, resolver: PlaceResolver) -> bool:
    try:
        resolver.resolve(cell_text(cell))
    except UnknownPlace:
        return False
    except AmbiguousPlace:
        return True
    return True


def _letter(index: int) -> str:
    name, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return _("Columna %s") % name
