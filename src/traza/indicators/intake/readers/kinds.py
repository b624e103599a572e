"""What a file really is, told by its first bytes, and refusal of what is dangerous or useless."""

import zipfile
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError

#: Limits of what a compressed workbook may hold once expanded.
MAX_EXPANDED = 1024 * 1024 * 1024
MAX_RATIO = 300
MAX_ENTRIES = 5_000
_RATIO_MATTERS = 20 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {
    b"%PDF": "un archivo PDF",
    b"\x89PNG": "un archivo PNG",
    b"\xff\xd8\xff": "un archivo JPEG",
    b"GIF8": "un archivo GIF",
    b"Rar!": "un archivo RAR",
    b"7z\xbc\xaf": "un archivo 7z",
    b"\x1f\x8b": "un archivo gzip",
    b"SQLite format 3": "un archivo SQLite",
    b"PAR1": "un archivo Parquet",
    b"MZ": "un programa",
    b"\x7fELF": "un programa",
}


class Kind(StrEnum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"

    @property
    def media_type(self) -> str:
        """Return the media type registered for the kind."""
        return {
            Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind.XLS: "application/vnd.ms-excel",
            Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
            Kind.CSV: "text/csv",
        }[self]


_BY_NAME = {
    ".xlsx": Kind.XLSX,
    ".xls": Kind.XLS,
    ".ods": Kind.ODS,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".tab": Kind.CSV,
    ".txt": Kind.CSV,
}


def recognise(path: Path, filename: str) -> Kind:
    """Return what the file is; raise IntakeError when it cannot or must not be read.

    Its first bytes decide; a name that says otherwise is refused, since it is usually the wrong
    file.
    """
    size = path.stat().st_size
    limit = settings.TRAZA_MAX_UPLOAD_MB
    if size == 0:
        raise IntakeError(_("«%s» está vacío. Conviene comprobar que sea el correcto.") % filename)
    if size > limit * 1024 * 1024:
        raise IntakeError(
            _(
                "«%(file)s» pesa %(size).0f MB y se admiten hasta %(limit)s. Hay "
                "que dividirlo, por "
                "ejemplo por años, o guardarlo como CSV."
            )
            % {"file": filename, "size": size / 1024 / 1024, "limit": limit}
        )
    with path.open("rb") as file:
        kind = _by_content(file, filename)
    named = _BY_NAME.get(Path(filename).suffix.lower())
    if named is None:
        raise IntakeError(
            _("«%s»: se leen archivos .xlsx, .xls, .ods y .csv. Hay que guardarlo en uno de ellos.")
            % filename
        )
    if named != kind:
        raise IntakeError(
            _(
                "«%(file)s» no es lo que dice su nombre: por dentro es %(kind)s. "
                "Hay que abrirlo en "
                "Excel o LibreOffice y guardarlo de nuevo como %(named)s."
            )
            % {"file": filename, "kind": _in_words(kind), "named": f".{named}"}
        )
    return kind


def _by_content(file: BinaryIO, filename: str) -> Kind:
    start = file.read(4096)
    if start.startswith(_ZIP):
        return _inside_zip(file, filename)
    if start.startswith(_OLE):
        return _inside_ole(file, filename)
    for magic, name in _OTHERS.items():
        if start.startswith(magic):
            raise IntakeError(
                _(
                    "«%(file)s» es %(name)s, no una hoja de cálculo. Se leen .xlsx, .xls, "
                    ".ods y .csv."
                )
                % {"file": filename, "name": name}
            )
    if start.lstrip()[:9].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise IntakeError(
            _(
                "«%s» es una página web o XML guardado con otro nombre. Hay que abrirlo en "
                "Excel o LibreOffice y guardarlo como .xlsx."
            )
            % filename
        )
    return Kind.CSV


def _inside_zip(file: BinaryIO, filename: str) -> Kind:
    try:
        archive = zipfile.ZipFile(file)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _broken(filename) from error
    names = {entry.filename for entry in entries}
    expanded = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    bomb = expanded > MAX_EXPANDED or (expanded > _RATIO_MATTERS and expanded / packed > MAX_RATIO)
    nested = any(name.lower().endswith((".zip", ".xlsx", ".ods", ".gz", ".7z")) for name in names)
    if bomb or nested or len(entries) > MAX_ENTRIES:
        raise IntakeError(
            _(
                "«%s» se expande a mucho más de lo que pesa y podría tumbar el servidor: no se "
                "abrió. Hay que copiar los datos a un libro nuevo y subir ese."
            )
            % filename
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise _locked(filename)
    if "xl/workbook.xml" in names or "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise IntakeError(
                _("«%s» tiene macros. Hay que guardarlo sin macros (.xlsx) y subirlo de nuevo.")
                % filename
            )
        if "xl/workbook.xml" in names:
            return Kind.XLSX
    if "mimetype" in names and "content.xml" in names:
        try:
            manifest = archive.read("META-INF/manifest.xml")
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError):
            manifest = b""
        if b"encryption-data" in manifest:
            raise _locked(filename)
        return Kind.ODS
    raise IntakeError(
        _("«%s» es un archivo comprimido, no una hoja de cálculo. Se sube la hoja que hay dentro.")
        % filename
    )


def _inside_ole(file: BinaryIO, filename: str) -> Kind:
    """Tell an old workbook from an encrypted one; both are OLE compound files."""
    file.seek(0)
    content = file.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _locked(filename)
    names = [name.encode("utf-16-le") for name in ("Workbook", "Book")]
    if not any(name in content for name in names):
        raise IntakeError(
            _("«%s» no es un libro de Excel. Se leen .xlsx, .xls, .ods y .csv.") % filename
        )
    return Kind.XLS


def _broken(filename: str) -> IntakeError:
    return IntakeError(
        _(
            "«%s» está dañado o incompleto y no se puede abrir. Hay que abrirlo en Excel o "
            "LibreOffice, guardarlo de nuevo y subirlo otra vez."
        )
        % filename
    )


def _locked(filename: str) -> IntakeError:
    return IntakeError(
        _("«%s» está protegido con contraseña. Hay que quitarla y subirlo de nuevo.") % filename
    )


def _in_words(kind: Kind) -> str:
    return {
        Kind.XLSX: _("un libro de Excel (.xlsx)"),
        Kind.XLS: _("un libro antiguo de Excel (.xls)"),
        Kind.ODS: _("una hoja de OpenDocument (.ods)"),
        Kind.CSV: _("texto"),
    }[kind]
