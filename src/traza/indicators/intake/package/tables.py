"""Opening a data package and reading its tables, with errors that say file, line and column."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package.layout import LAYOUTS

#: Largest descriptor that is read.
_DESCRIPTOR_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True)
class Row:
    """One line of a table: its file, its number there, and its cells, stripped."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell; a column the table does not have is blank."""
        return self.cells.get(column, "")

    def wrong(self, column: str, problem: str) -> IntakeError:
        """Return the refusal of a cell, naming where it is."""
        return IntakeError(
            _("%(file)s, renglón %(line)s, columna «%(column)s»: %(problem)s")
            % {"file": self.file, "line": self.line, "column": column, "problem": problem}
        )


@dataclass(frozen=True)
class Package:
    """An opened package: its folder, its descriptor and the file of each known table."""

    folder: Path
    descriptor: dict[str, Any]
    files: dict[str, Path] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return the package's title or name."""
        return str(self.descriptor.get("title") or self.descriptor.get("name") or self.folder.name)

    @property
    def institute(self) -> dict[str, Any]:
        """Return what the package says of the institute, if anything."""
        own = self.descriptor.get("traza")
        found = own.get("institute") if isinstance(own, dict) else None
        return found if isinstance(found, dict) else {}

    def has(self, table: str) -> bool:
        """Return whether the package brings this table."""
        return table in self.files

    def lines(self, table: str) -> int:
        """Return about how many rows a table has: its lines, without reading what they say."""
        path = self.files.get(table)
        if path is None:
            return 0
        try:
            with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
                pieces = iter(lambda: file.read(1 << 20), b"")
                return max(sum(piece.count(b"\n") for piece in pieces) - 1, 0)
        except (OSError, EOFError, zlib.error):
            return 0  # whoever reads the rows says what is wrong

    def rows(self, table: str) -> Iterator[Row]:
        """Yield the rows of a table; nothing when the package does not bring it."""
        path = self.files.get(table)
        if path is None:
            return
        layout = LAYOUTS[table]
        name = str(path.relative_to(self.folder))
        try:
            with _open(path) as file:
                reader = csv.reader(file, strict=True)
                header = [cell.strip() for cell in next(reader, [])]
                _check_header(name, header, layout.required)
                for cells in reader:
                    if not any(cells):
                        continue
                    if len(cells) != len(header):
                        raise IntakeError(
                            _(
                                "%(file)s, renglón %(line)s: tiene %(n)s celdas y el encabezado "
                                "%(m)s. Conviene revisar comas y comillas."
                            )
                            % {
                                "file": name,
                                "line": reader.line_num,
                                "n": len(cells),
                                "m": len(header),
                            }
                        )
                    row = Row(
                        name,
                        reader.line_num,
                        dict(zip(header, map(str.strip, cells), strict=True)),
                    )
                    for column in layout.filled:
                        if not row[column]:
                            raise row.wrong(column, _("está vacía y es obligatoria."))
                    yield row
        except (OSError, EOFError, zlib.error, csv.Error, UnicodeDecodeError) as error:
            raise IntakeError(
                _("%(file)s no se puede leer (%(error)s). Debe ser CSV en UTF-8, o .csv.gz.")
                % {"file": name, "error": error}
            ) from error


def open_package(path: Path | str) -> Package:
    """Open the package in a folder (or its ``datapackage.json``).

    Raises IntakeError when it is none, or when a file it names is missing or outside its folder.
    """
    given = Path(path)
    descriptor_file = given / "datapackage.json" if given.is_dir() else given
    folder = descriptor_file.parent.resolve()
    try:
        if descriptor_file.stat().st_size > _DESCRIPTOR_BYTES:
            raise IntakeError(
                _("%(file)s es demasiado grande para describir un paquete.")
                % {"file": descriptor_file}
            )
        descriptor = json.loads(descriptor_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IntakeError(
            _(
                "No se pudo leer %(file)s como paquete de datos: %(error)s. Da la carpeta que "
                "contiene «datapackage.json»."
            )
            % {"file": descriptor_file, "error": error}
        ) from error
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        raise IntakeError(
            _("%(file)s no enumera sus tablas en «resources».") % {"file": descriptor_file}
        )
    package = Package(folder, descriptor)
    for resource in resources:
        file = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(file, str):
            continue
        table = Path(file).name.removesuffix(".gz").removesuffix(".csv")
        if table in LAYOUTS and Path(file).name.endswith((".csv", ".csv.gz")):
            package.files[table] = _inside(folder, file)
    if not package.files:
        raise IntakeError(
            _("%(file)s no tiene ninguna tabla conocida. Se esperan, entre otras: %(tables)s.")
            % {"file": descriptor_file, "tables": ", ".join(f"{name}.csv" for name in LAYOUTS)}
        )
    return package


def pages(path: Path | str) -> Iterator[Path]:
    """Yield the page files (``pages/*.md``) of the package in a folder, in order of name."""
    given = Path(path)
    folder = given if given.is_dir() else given.parent
    yield from sorted((folder / "pages").glob("*.md"))


def _inside(folder: Path, file: str) -> Path:
    path = (folder / file).resolve()
    if not path.is_relative_to(folder):
        raise IntakeError(
            _("El paquete nombra «%(file)s», que está fuera de su carpeta.") % {"file": file}
        )
    if not path.is_file():
        raise IntakeError(_("El paquete nombra «%(file)s» y no existe.") % {"file": file})
    return path


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _check_header(name: str, header: list[str], required: tuple[str, ...]) -> None:
    missing = [column for column in required if column not in header]
    if missing:
        raise IntakeError(
            _("%(file)s: faltan las columnas %(missing)s. El encabezado dice: %(header)s.")
            % {
                "file": name,
                "missing": ", ".join(f"«{column}»" for column in missing),
                "header": ", ".join(header) or _("(vacío)"),
            }
        )
    repeated = {column for column in header if header.count(column) > 1}
    if repeated:
        raise IntakeError(
            _("%(file)s: las columnas %(repeated)s están dos veces.")
            % {"file": name, "repeated": ", ".join(sorted(repeated))}
        )
