"""Writing an indicator as CSV, XLSX and JSON; every file says unit, source, status and licence."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

import orjson
import xlsxwriter

from traza.indicators.addresses import Address
from traza.indicators.exports.long_sheet import LongSheet
from traza.indicators.exports.records import COLUMNS, PARTS, DataSet, Part, Record
from traza.indicators.exports.sheet import csv_line, plain
from traza.indicators.words import series_title, status_name, unit_name

#: Excel holds 1,048,576 rows in a sheet.
_EXCEL_ROWS = 1_048_000


def to_csv(data: DataSet) -> bytes:
    """Return UTF-8 with a byte order mark (so that Excel reads the accents), one row a value."""
    known = _Written()
    content = io.BytesIO()  # gives its bytes without another copy of them
    content.write(csv_line(COLUMNS).encode("utf-8-sig"))
    for some in _in_groups(data.records()):
        lines = [",".join([known[part] for part in record]) for record in some]
        content.write("\r\n".join(["", *lines]).encode())
    content.write(b"\r\n")
    return content.getvalue()


def _in_groups(records: Iterator[Record]) -> Iterator[list[Record]]:
    """Yield the records by the thousand: fewer and larger writes."""
    while some := list(islice(records, 1000)):
        yield some


class _Written(dict[Part, str]):
    """Parts of records as they stand in CSV, each written once."""

    def __missing__(self, part: Part) -> str:
        if len(part) == 1 and isinstance(part[0], float):
            return str(plain(part[0]))  # a number of its own: seldom the same, never quoted
        self[part] = csv_line(map(plain, part))
        return self[part]


def to_json(data: DataSet, base_url: str) -> bytes:
    """Return series with what is to be known of each and its values by place and period."""
    # Written as they come: thousands of values as objects would take ten times the memory.
    by_series = {one.code: bytearray() for one in data.series}
    for head, (code, name, _level), period, (value,), _unit, state, origin in data.records():
        status, _conf, low, high, comment = state
        entry = {
            "REF_AREA": code,
            "REF_AREA_NAME": name,
            "TIME_PERIOD": period[0],
            "OBS_VALUE": value,
            "OBS_STATUS": status,
            "RELEASE": origin[2],
        }
        for term, found in (("LOWER_BOUND", low), ("UPPER_BOUND", high), ("COMMENT_OBS", comment)):
            if found not in (None, ""):
                entry[term] = found
        written = by_series[str(head[1])]
        written += b"," if written else b""
        written += orjson.dumps(entry)
    version = data.versions[0] if data.versions else None
    address = Address(data.indicator.slug, "", data.lang)
    principal = data.series[0].pk if data.series else None
    return orjson.dumps(
        {
            "indicator": data.indicator.slug,
            "name": data.name,
            "url": f"{base_url}{address.root}",
            "publisher": data.institute.name,
            "version": version.number if version else None,
            "published": version.day.isoformat() if version else None,
            "series": [
                {
                    "code": one.code,
                    "title": series_title(one, data.lang),
                    "unit": unit_name(one, data.lang),
                    "UNIT_MEASURE": one.unit.code,
                    "UNIT_MULT": one.unit.multiplier,
                    "FREQ": one.freq,
                    "dimensions": one.dimensions,
                    "source": data.source(one),
                    "source_url": one.source.url,
                    "license": data.licence(one),
                    "url": base_url
                    + Address.of(
                        one, data.indicator.slug, data.lang, principal=one.pk == principal
                    ).base,
                    "redistributable": one.source.redistributable,
                    "observations": orjson.Fragment(b"[" + by_series[one.code] + b"]"),
                }
                for one in data.series
            ],
            "alternates": [
                {"series": series, "REF_AREA": place, "TIME_PERIOD": period, "OBS_VALUE": value,
                 "reason": reason}
                for series, place, period, value, reason in data.notes()
            ],
        }
    )  # fmt: skip


def to_xlsx(data: DataSet, base_url: str) -> bytes:
    """Return a workbook: the values, what is to be known of each series, and the notes."""
    english = data.lang == "en"
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "yyyy-mm-dd",
            "remove_timezone": True,
        },
    )
    # The same data give the same bytes, whenever the file is made.
    made = data.versions[0].day if data.versions else date(2000, 1, 1)
    book.set_properties(
        {
            "title": data.name,
            "author": data.institute.name,
            "created": datetime(made.year, made.month, made.day),
        }
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    term = book.add_format({"bold": True, "valign": "top"})
    sheet = book.add_worksheet("Data" if english else "Datos", LongSheet)
    sheet.write_row(0, 0, COLUMNS, bold)
    sheet.freeze_panes(1, 0)
    rows = min(data.count(), _EXCEL_ROWS)
    sheet.parts = [len(part) for part in PARTS]
    sheet.records = islice(data.records(), rows)
    sheet.autofilter(0, 0, max(rows, 1), len(COLUMNS) - 1)
    for column, width in ((0, 22), (1, 24), (3, 18), (11, 24), (18, 24), (19, 36), (20, 24)):
        sheet.set_column(column, column, width)
    _about_sheet(book, data, base_url, term, wrap)
    _notes_sheet(book, data, bold, wrap)
    book.close()
    return out.getvalue()


def _about_sheet(book: Any, data: DataSet, base_url: str, term: Any, wrap: Any) -> None:
    sheet = book.add_worksheet("About" if data.lang == "en" else "Sobre estos datos")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    line = 0
    for number, one in enumerate(data.series):
        address = Address.of(one, data.indicator.slug, data.lang, principal=number == 0)
        for words, text in data.about(one, f"{base_url}{address.base}"):
            sheet.write_string(line, 0, words, term)
            sheet.write_string(line, 1, text, wrap)
            line += 1
        line += 1


def _notes_sheet(book: Any, data: DataSet, bold: Any, wrap: Any) -> None:
    english = data.lang == "en"
    sheet = book.add_worksheet("Notes" if english else "Notas")
    sheet.set_column(0, 4, 22)
    sheet.write_string(0, 0, "OBS_STATUS", bold)
    sheet.write_string(0, 1, "Meaning" if english else "Qué significa", bold)
    line = 1
    sheet.write_string(line, 0, "A")
    sheet.write_string(line, 1, "normal")
    for code in "BOMLHQJSDKWIFEPNUVG":
        line += 1
        sheet.write_string(line, 0, code)
        sheet.write_string(line, 1, str(status_name(code)))
    notes = data.notes()
    if not notes:
        return
    line += 2
    head = (
        ("SERIES", "REF_AREA", "TIME_PERIOD", "The source also gives", "Why it is not used")
        if english
        else ("SERIES", "REF_AREA", "TIME_PERIOD", "La fuente también da", "Por qué no se usa")
    )
    sheet.write_row(line, 0, head, bold)
    for series, place, period, value, reason in notes:
        line += 1
        sheet.write_row(line, 0, (series, place, period))
        sheet.write_number(line, 3, value)
        sheet.write_string(line, 4, reason, wrap)
