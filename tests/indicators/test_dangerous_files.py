"""A file that is broken, huge, locked, a bomb or not what its name says gets one clear message."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.indicators.files import csv, take, xlsx
from traza.indicators import actions
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.snapshots import folder
from traza.indicators.models import ImportJob, ImportRow, Observation, Series, Snapshot

pytestmark = pytest.mark.usefixtures("home")

ROWS = (("Municipio", "Periodo", "Valor"), ("Río Hondo", "2019-07", 12))


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def encrypted() -> bytes:
    """Return what Excel writes for a workbook with a password: an OLE file around the package."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptionInfo".encode("utf-16-le")
        + bytes(64)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(2000)
    )


def with_changed_member(name: str, content: bytes) -> bytes:
    """Return a workbook in which one member is something else."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(*ROWS))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
REFUSED: dict[str, tuple[str, bytes, str]] = {
    "empty": ("datos.csv", b"", "está vacío"),
    "text named xlsx": ("datos.xlsx", csv(*ROWS), "no es lo que dice su nombre"),
    "workbook named csv": ("datos.csv", xlsx(*ROWS), "no es lo que dice su nombre"),
    "pdf named xlsx": ("datos.xlsx", b"%PDF-1.7 ...", "es un archivo PDF"),
    "program": ("datos.csv", b"MZ\x90\x00\x03", "programa"),
    "web page named xls": ("datos.xls", b"<html><table><tr><td>1</td></tr></table>", "página web"),
    "binary": ("datos.csv", b"a,b\n\x00\x01\x02\x03,1\n", "no es texto"),
    "another kind": ("datos.json", b'{"a": 1}', "se leen archivos"),
    "cut in half": ("datos.xlsx", xlsx(*ROWS)[:-400], "dañado"),
    "password": ("datos.xlsx", encrypted(), "contraseña"),
    "zip of anything": ("datos.xlsx", zipped({"a.txt": b"hola"}), "comprimido"),
    "zip in zip": ("datos.xlsx", zipped({"xl/workbook.xml": b"", "b.zip": b"PK"}), "expande"),
    "zip bomb": ("datos.xlsx", zipped({"xl/workbook.xml": bytes(60_000_000)}), "expande"),
    "macros": (
        "datos.xlsx",
        zipped({"xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"x"}),
        "macros",
    ),
    "ods with a password": (
        "datos.ods",
        zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": b"x",
                "META-INF/manifest.xml": b"<m:encryption-data/>",
            }
        ),
        "contraseña",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_at_the_door_and_nothing_is_left(series: Series, case: str) -> None:
    name, content, words = REFUSED[case]
    with pytest.raises(IntakeError) as refusal:
        take(content, name, series=series)
    message = str(refusal.value)
    assert words in message and f"«{name}»" in message and "\n" not in message
    assert not ImportJob.objects.exists() and not Snapshot.objects.exists()
    assert [path for path in folder().rglob("*") if path.is_file()] == []


def test_a_file_beyond_the_limit_is_refused_while_it_arrives(series: Series, settings: Any) -> None:
    settings.TRAZA_MAX_UPLOAD_MB = 1
    with pytest.raises(IntakeError, match="1 MB"):
        take(b"a,b\n" * 400_000, series=series)
    assert not ImportJob.objects.exists()
    assert [path for path in folder().rglob("*") if path.is_file()] == []


FAILING: dict[str, tuple[str, bytes, str]] = {
    "broken inside": ("datos.xlsx", with_changed_member(SHEET, b"<worksheet><row"), "dañado"),
    "only a header": ("datos.csv", csv(ROWS[0]), "ningún valor"),
    "only a header of other words": ("datos.csv", b"Municipio,Mes,Robos\n", "ningún valor"),
    "a quote that never closes": (
        "datos.csv",
        'Municipio,Mes,Robos\n"Río Hondo,2019-07,1\nPeña Alta,2019-07,2\n'.encode(),
        "renglón 2",
    ),
    "one column": ("datos.csv", b"Valor\n1\n2\n", "una sola columna"),
    "one endless line": ("datos.csv", b"a,b," * 1_100_000, "no es texto"),
    "half a letter": ("datos.csv", b"\xff\xfea\x00,\x00b\x00\n\x00c", "no es texto"),
    "quotes that do not close": ("datos.csv", b'a,b,c\n1,2,"' + b"x" * 200_000, "comillas"),
}


@pytest.mark.parametrize("case", FAILING)
def test_what_fails_while_it_is_read_says_so_and_leaves_no_row(series: Series, case: str) -> None:
    name, content, words = FAILING[case]
    job = actions.create_import(io.BytesIO(content), filename=name, user=None, series=series)
    with pytest.raises(IntakeError, match=words):
        actions.read_import(job)
    job.refresh_from_db()
    assert job.state == "failed" and words in job.problem
    assert not ImportRow.objects.exists() and not Observation.objects.exists()


def test_a_sheet_with_cells_that_expand_for_ever_does_not_take_the_server(series: Series) -> None:
    far = (
        b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        b'2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    )
    job = actions.create_import(
        io.BytesIO(with_changed_member(SHEET, far)), filename="a.xlsx", user=None, series=series
    )
    with pytest.raises(IntakeError):
        actions.read_import(job)
    job.refresh_from_db()
    assert job.state == "failed" and not ImportRow.objects.exists()


def test_a_sheet_that_is_not_there(series: Series) -> None:
    with pytest.raises(IntakeError, match="no tiene una hoja llamada «Datos»"):
        take(xlsx(*ROWS), "datos.xlsx", series=series, sheet="Datos")


def test_a_failed_import_can_be_read_again_and_keeps_its_file(series: Series, home: Path) -> None:
    job = take(csv(*ROWS), series=series)
    stored = next(path for path in folder().rglob("*") if path.is_file())
    moved = stored.with_suffix(".away")
    stored.rename(moved)
    with pytest.raises(IntakeError, match="Hay que subirlo de nuevo"):
        actions.read_import(job)
    assert job.state == "failed"
    moved.rename(stored)
    actions.read_import(job)
    actions.check_import(job)
    assert job.state == "checked" and job.problem == ""


def test_the_same_file_twice_is_stored_once(series: Series) -> None:
    take(csv(*ROWS), series=series)
    take(csv(*ROWS), series=series)
    assert Snapshot.objects.count() == 1 and ImportJob.objects.count() == 2
