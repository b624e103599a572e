"""Staging: every value of a file becomes a row with its place, period, figure and fate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.foundation.periods import ensure_periods
from traza.indicators.intake.breakdowns import Breakdowns
from traza.indicators.intake.checks import (
    ERROR,
    WARNING,
    CellProblem,
    Issue,
    issue,
    located,
)
from traza.indicators.intake.checks.period import PeriodReader
from traza.indicators.intake.checks.place import PlaceReader
from traza.indicators.intake.checks.text import is_broken
from traza.indicators.intake.checks.units import sign_disagrees
from traza.indicators.intake.checks.value import read_bound, read_figure
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import Column, Mapping
from traza.indicators.intake.readers.table import Table, cell_text, is_blank
from traza.indicators.loading import MAX_ROWS, batched
from traza.indicators.models import ImportJob, ImportRow, Series
from traza.places.queries import PlaceResolver
from traza.stats.periods import Period

#: Rows written at a time.
_BATCH = 5_000


@dataclass
class Staged:
    """One value on its way to be a row of the import."""

    line: int
    column: str
    raw: dict[str, str]
    series_id: int | None = None
    place_id: int | None = None
    period: Period | None = None
    value: float | None = None
    status: str = "A"
    lower: float | None = None
    upper: float | None = None
    comment: str = ""
    issues: list[Issue] = field(default_factory=list)
    fate: str = ImportRow.Fate.NEW

    def refuse(self, code: str, message: str, suggestions: list[str] | None = None) -> None:
        """Note an error: the row will not be published as it is."""
        self.issues.append(
            issue(
                code,
                located(self.line, self.column, message),
                severity=ERROR,
                suggestions=suggestions or (),
            )
        )
        self.fate = ImportRow.Fate.REFUSED


#: Told the line of the file that has been read.
Progress = Callable[[int], None]


def stage(
    job: ImportJob,
    table: Table,
    mapping: Mapping,
    resolver: PlaceResolver,
    *,
    progress: Progress | None = None,
) -> dict[str, int]:
    """Read the whole file into rows of the import, replacing those it had; return counts.

    Counts: ``values`` staged, ``blank`` cells of a wide table without a value, ``notes`` lines
    that hold a single text (titles below the table, the source).
    """
    reader = _Reader(job, table, mapping, resolver)
    with transaction.atomic():
        ImportRow.objects.filter(job=job).delete()
        total = 0
        for batch in batched(reader.values(), _BATCH):
            total += len(batch)
            if total > MAX_ROWS:
                raise IntakeError(
                    _(
                        "El archivo tiene más de %(limit)s valores. Hay que dividirlo, por ejemplo "
                        "por años, y subir una importación por cada parte."
                    )
                    % {"limit": f"{MAX_ROWS:,}"}
                )
            ensure_periods(row.period for row in batch if row.period is not None)
            _write(job, batch)
            if progress is not None:
                progress(batch[-1].line)
    return {"values": total, "blank": reader.blank, "notes": reader.notes}


class _Reader:
    """Walks a file row by row with everything that reading a cell needs at hand."""

    def __init__(
        self, job: ImportJob, table: Table, mapping: Mapping, resolver: PlaceResolver
    ) -> None:
        self.table, self.mapping = table, mapping
        self.places = PlaceReader(resolver, country=Institute.load().country_code)
        self.periods = PeriodReader()
        self.series = _SeriesReader(job, mapping)
        self.blank = self.notes = 0
        self._signs: set[tuple[int, str]] = set()

    def values(self) -> Iterator[Staged]:
        """Yield every value of the file, read or refused."""
        wide = self.mapping.layout != "long"
        for line, cells in self.table.rows():
            if line <= self.mapping.header_row:
                continue
            filled = [cell for cell in cells if not is_blank(cell)]
            if len(filled) == 1 and isinstance(filled[0], str):
                self.notes += 1
                continue
            for column in self._value_columns():
                cell = _at(cells, column)
                if wide and is_blank(cell):
                    self.blank += 1
                    continue
                yield self._value(line, cells, column)

    def _value_columns(self) -> list[Column]:
        if self.mapping.layout == "areas_by_breakdown":
            return self.mapping.of("breakdown") or self.mapping.of("value")
        return self.mapping.of("value")

    def _value(self, line: int, cells: list[Any], column: Column) -> Staged:
        wide = self.mapping.layout != "long"
        row = Staged(line, column.header if wide else "", self._raw(cells, column))
        series = self._try(row, self.series.read, cells, column)
        if series is not None:
            row.series_id = series.pk
        place = self._try(row, self._place, cells, column)
        if place is not None:
            row.place_id = place.pk
        freq = series.freq if series is not None else None
        if freq is not None:
            row.period = self._try(row, self._period, cells, column, freq)
        self._figure(row, cells, column)
        if series is not None:
            self._sign(row, _at(cells, column), series)
        if any(is_broken(text) for text in row.raw.values()):
            row.issues.append(
                issue(
                    "mojibake",
                    _(
                        "Renglón %(line)s: hay letras estropeadas por la codificación. Si los "
                        "textos importan, hay que guardar el archivo como CSV UTF-8."
                    )
                    % {"line": line},
                    severity=WARNING,
                )
            )
        return row

    def _try(self, row: Staged, read: Any, *args: Any) -> Any:
        try:
            return read(*args)
        except CellProblem as problem:
            row.refuse(problem.code, str(problem), problem.suggestions)
            return None

    def _place(self, cells: list[Any], column: Column) -> Any:
        mapping = self.mapping
        if mapping.layout == "periods_by_areas":
            return self.places.read((column.header,))
        state = _text(cells, mapping.first("state"))
        municipality = mapping.first("municipality")
        if municipality is not None:
            return self.places.read((_text(cells, municipality),), state=state)
        return self.places.read(
            tuple(_text(cells, place) for place in mapping.of("place")), state=state
        )

    def _period(self, cells: list[Any], column: Column, freq: str) -> Period:
        mapping = self.mapping
        if mapping.layout == "areas_by_periods":
            return self.periods.read(column.header, freq)
        year, month = mapping.first("year"), mapping.first("month")
        if year is not None:
            return self.periods.read(
                _at(cells, year), freq, month=_at(cells, month) if month is not None else None
            )
        period = mapping.first("period")
        if period is not None:
            return self.periods.read(_at(cells, period), freq)
        return self.periods.read(mapping.constants.get("period", ""), freq)

    def _figure(self, row: Staged, cells: list[Any], column: Column) -> None:
        status = self.mapping.first("status")
        decimal = self.mapping.decimal.get(str(column.index))
        try:
            found = read_figure(
                _at(cells, column),
                _at(cells, status) if status is not None else None,
                decimal=decimal,
            )
            row.value, row.status = found.value, found.status
            for role in ("lower", "upper"):
                bound = self.mapping.first(role)
                if bound is not None:
                    mark = self.mapping.decimal.get(str(bound.index))
                    setattr(row, role, read_bound(_at(cells, bound), decimal=mark))
        except CellProblem as problem:
            row.refuse(problem.code, str(problem), problem.suggestions)
        row.comment = _text(cells, self.mapping.first("comment"))[:500]

    def _sign(self, row: Staged, cell: Any, series: Series) -> None:
        """Note, once for each series, a cell that carries the sign of another unit."""
        sign = sign_disagrees(cell, series.unit)
        if not sign or (series.pk, sign) in self._signs:
            return
        self._signs.add((series.pk, sign))
        text = _(
            "la cifra lleva «%(sign)s» y la serie está en «%(unit)s». Si la unidad es otra, los "
            "datos van en otra serie."
        ) % {"sign": sign, "unit": series.unit.name}
        row.issues.append(issue("unit_sign", located(row.line, row.column, text), severity=WARNING))

    def _raw(self, cells: list[Any], column: Column) -> dict[str, str]:
        """Return the cells that made the value, as they were written."""
        raw = {}
        for one in self.mapping.columns:
            used = one is column or one.role not in ("ignore", "value", "breakdown")
            if one.role == "breakdown" and self.mapping.layout == "long":
                used = True
            if used and not is_blank(_at(cells, one)):
                raw[one.header] = cell_text(_at(cells, one))[:200]
        return raw


class _SeriesReader:
    """Says which series a value belongs to: the import's, a constant, a column, a breakdown."""

    def __init__(self, job: ImportJob, mapping: Mapping) -> None:
        self.mapping = mapping
        code = mapping.constants.get("series", "")
        self.by_code: dict[str, Series] = {}
        if mapping.of("series") or code:
            self.by_code = {s.code: s for s in Series.objects.select_related("unit")}
        self.main = self.by_code.get(code) if code else job.series
        if code and self.main is None:
            raise IntakeError(_("No hay una serie con la clave «%s».") % code)
        self.breakdowns = Breakdowns(self.main)

    def read(self, cells: list[Any], column: Column) -> Series:
        """Return the series of a value; raise CellProblem."""
        own = self.mapping.first("series")
        if own is not None:
            code = _text(cells, own)
            if code not in self.by_code:
                raise CellProblem("unknown_series", _("no hay una serie con la clave «%s».") % code)
            return self.by_code[code]
        if column.role == "breakdown":
            return self._broken_down(column.header)
        breakdown = self.mapping.first("breakdown")
        if breakdown is not None and _text(cells, breakdown):
            return self._broken_down(_text(cells, breakdown))
        if self.main is None:
            raise CellProblem("no_series", _("no se sabe de qué serie es. Se elige en «Columnas»."))
        return self.main

    def _broken_down(self, text: str) -> Series:
        found = self.breakdowns.find(text)
        if found is None:
            raise CellProblem(
                "unknown_breakdown",
                _(
                    "no hay una serie para el desglose «%s». Hay que crearla en el catálogo o "
                    "dejar fuera esa columna."
                )
                % text,
            )
        return found


def _write(job: ImportJob, batch: list[Staged]) -> None:
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                job=job,
                line=row.line,
                column=row.column[:120],
                raw=row.raw,
                series_id=row.series_id,
                place_id=row.place_id,
                period_id=row.period.key if row.period is not None else None,
                value=row.value,
                status=row.status,
                lower=row.lower,
                upper=row.upper,
                comment=row.comment,
                fate=row.fate,
                issues=row.issues,
            )
            for row in batch
        ],
        batch_size=1_000,
    )


def _at(cells: list[Any], column: Column | None) -> Any:
    return cells[column.index] if column is not None and column.index < len(cells) else None


def _text(cells: list[Any], column: Column | None) -> str:
    return cell_text(_at(cells, column))
