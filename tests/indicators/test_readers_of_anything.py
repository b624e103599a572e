"""Whatever a file holds, it is read into cells or refused in words; nothing else happens."""

import csv as csv_module
import io
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.indicators.files import xlsx
from traza.indicators.intake.checks import CellProblem
from traza.indicators.intake.checks.period import PeriodReader
from traza.indicators.intake.checks.text import is_broken, mended
from traza.indicators.intake.checks.value import read_figure
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import LAYOUTS, ROLES, Column, Mapping
from traza.indicators.intake.readers import open_table
from traza.indicators.intake.readers.table import cell_text, is_blank
from traza.indicators.models.facts import MISSING_STATUSES, ObsStatus

pytestmark = pytest.mark.pure

CALM = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

# Cells that people type: no control characters, and not only blanks at the ends of rows.
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Co", "Cn"]),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text)


def rows_of(content: bytes, name: str) -> list[list[Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archivo"
        path.write_bytes(content)
        return [cells for _line, cells in open_table(path, name).rows()]


@CALM
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.txt", "a.xls"]))
@example(content=b"\xff\xfe", name="a.csv")
@example(content=b"\xef\xbb\xbf", name="a.csv")
@example(content=b'"', name="a.csv")
@example(content=b"a\x00", name="a.csv")
def test_any_bytes_are_rows_or_a_refusal(content: bytes, name: str) -> None:
    try:
        rows = rows_of(content, name)
    except IntakeError as refusal:
        assert str(refusal)
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)


@FEW
@given(tail=st.binary(max_size=200), cut=st.integers(0, 4000))
def test_any_damage_to_a_workbook_is_a_refusal_or_rows(tail: bytes, cut: int) -> None:
    book = xlsx(("Municipio", "Valor"), ("Río Hondo", 3))
    try:
        rows_of(book[:cut] + tail + book[cut + len(tail) :], "a.xlsx")
    except IntakeError as refusal:
        assert "«a.xlsx»" in str(refusal)


@CALM
@given(
    table=st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(TEXT, min_size=width, max_size=width), min_size=3, max_size=8
        )
    ),
    mark=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(table: list[list[str]], mark: str, encoding: str) -> None:
    file = io.StringIO()
    csv_module.writer(file, delimiter=mark, quoting=csv_module.QUOTE_ALL).writerows(table)
    content = file.getvalue()
    # A file that begins like a web page is taken for one.
    if content.lstrip('"')[:1] != "<":
        assert rows_of(content.encode(encoding), "a.csv") == table


@FEW
@given(
    table=st.lists(
        st.lists(st.one_of(TEXT, st.integers(-(10**9), 10**9), st.just(None)), min_size=2),
        min_size=1,
        max_size=6,
    )
)
def test_a_workbook_gives_back_its_cells(table: list[list[Any]]) -> None:
    safe = [[f"x{c}" if isinstance(c, str) else c for c in ("a", *row, "z")] for row in table]
    read = rows_of(xlsx(*safe), "a.xlsx")
    for written, cells in zip(safe, read, strict=True):
        assert [cell_text(c) for c in written] == [cell_text(c) for c in cells[: len(written)]]


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["ND", "N/D", "-", "#REF!", "=A1", "1,234.5", "1.234,5", "12 %", "(3)"]),
)


@CALM
@given(cell=CELLS, status=st.one_of(st.none(), st.text(max_size=8), st.sampled_from(ObsStatus)))
def test_a_figure_and_its_status_never_contradict(cell: Any, status: Any) -> None:
    try:
        figure = read_figure(cell, status)
    except CellProblem as problem:
        assert str(problem) and problem.code
    else:
        assert figure.status in ObsStatus.values
        assert (figure.value is None) == (figure.status in MISSING_STATUSES)


@CALM
@given(cell=CELLS, freq=st.sampled_from(["A", "S", "Q", "M", "W", "D"]))
def test_a_period_has_the_frequency_of_its_series(cell: Any, freq: str) -> None:
    try:
        period = PeriodReader().read(cell, freq)
    except CellProblem as problem:
        assert str(problem) and problem.code
    else:
        assert period.freq == freq


@CALM
@given(text=st.text(st.sampled_from("áéíóúñÁÉÍÓÚÑü aeiou"), min_size=1))
def test_broken_letters_are_mended(text: str) -> None:
    broken = text.encode("utf-8").decode("cp1252", errors="ignore")
    if len(broken.encode("cp1252")) == len(text.encode("utf-8")):
        assert mended(broken) == text
        assert is_broken(broken) == (broken != text)


@CALM
@given(
    mapping=st.builds(
        Mapping,
        layout=st.sampled_from(LAYOUTS),
        header_row=st.integers(0, 50),
        columns=st.lists(
            st.builds(
                Column,
                index=st.integers(0, 99),
                header=st.text(max_size=9),
                role=st.sampled_from(ROLES),
                reason=st.text(max_size=9),
                confidence=st.floats(0, 1),
            ),
            max_size=4,
        ),
        constants=st.dictionaries(st.text(max_size=5), st.text(min_size=1, max_size=5)),
        titles=st.lists(st.text(max_size=9), max_size=3),
    )
)
def test_a_mapping_survives_being_stored(mapping: Mapping) -> None:
    assert Mapping.from_json(mapping.to_json()) == mapping


@CALM
@given(cell=CELLS)
def test_a_cell_is_blank_or_has_text(cell: Any) -> None:
    assert is_blank(cell) == (cell_text(cell) == "")
