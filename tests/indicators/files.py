"""Spreadsheets of every kind, made by the tests, and the way of one through the gate."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlwt
from openpyxl import Workbook

from traza.indicators import actions
from traza.indicators.models import ImportJob, ImportRow, Observation, Series
from traza.stats.periods import parse_period

Row = Sequence[Any]


def csv(*rows: Row, mark: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as delimited text."""
    return "\r\n".join(mark.join(map(str, row)) for row in rows).encode(encoding)


def xlsx(*rows: Row, sheets: dict[str, Iterable[Row]] | None = None) -> bytes:
    """Return rows (or sheets of rows) as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, content in (sheets or {}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(*rows: Row) -> bytes:
    """Return rows as an old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Hoja1")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(*rows: Row) -> bytes:
    """Return rows as an OpenDocument spreadsheet."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = escape(str(value))
        return (
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>"
        )

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    names = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{names}:office:1.0" '
        f'xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0" office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Hoja1">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
            ' manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            "</manifest:manifest>",
        )
    return file.getvalue()


def take(
    content: bytes,
    name: str = "datos.csv",
    *,
    series: Series | None = None,
    user: Any = None,
    mapping: Any = None,
    **options: Any,
) -> ImportJob:
    """Take a file in, read it and check it."""
    job = actions.create_import(
        io.BytesIO(content), filename=name, user=user, series=series, **options
    )
    actions.read_import(job, mapping)
    return actions.check_import(job)


def release(job: ImportJob, writer: Any, reviewer: Any) -> Any:
    """Submit and approve an import."""
    actions.submit_import(job, writer)
    return actions.approve_import(job, reviewer)


def problems(job: ImportJob) -> dict[str, list[str]]:
    """Return the messages of an import by the code of the check."""
    told: dict[str, list[str]] = {}
    for row in job.rows.order_by("id"):
        for issue in row.issues:
            told.setdefault(issue["code"], []).append(issue["message"])
    return told


def staged(job: ImportJob) -> dict[tuple[str, str], float | None]:
    """Return the values that would be published, by place code and period."""
    from traza.foundation.models import Period
    from traza.places.models import Place

    places = dict(Place.objects.values_list("pk", "code"))
    periods = dict(Period.objects.values_list("key", "code"))
    return {
        (places[row.place_id], periods[row.period_id]): row.value
        for row in job.rows.filter(fate__in=["new", "revised", "equal"])
    }


def fates(job: ImportJob) -> dict[str, int]:
    """Return how many rows have each fate, without those that no row has."""
    counts: dict[str, int] = {}
    for fate in ImportRow.objects.filter(job=job).values_list("fate", flat=True):
        counts[fate] = counts.get(fate, 0) + 1
    return counts


def value_of(series: Series, place: str, period: str) -> float | None:
    """Return the value published now."""
    found = Observation.objects.filter(
        series=series, place__code=place, period_id=parse_period(period, hint=series.freq).key
    ).first()
    return found.value if found else None
