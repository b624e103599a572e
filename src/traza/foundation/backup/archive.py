"""The file of a copy: a ``.tar.gz`` whose last member lists size and hash of all the others.

A copy that was cut short has no list and is refused. Reading trusts nothing: only plain files
with names below ``home/`` (or the database's) are taken, never links, devices or paths that climb.
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

MANIFEST = "manifest.json"
DATABASE = "database"
HOME = "home"
CHUNK = 1024 * 1024
#: Space that must be left on the disk after unpacking.
MARGIN = 200 * 1024 * 1024
MAX_MANIFEST = 256 * 1024 * 1024
_BAD = re.compile(r"[\x00-\x1f\\]")


class BackupError(Exception):
    """The copy cannot be made or brought back; the message says why and what to do."""


class _Counted(io.RawIOBase):
    """Reads a file of known size, hashing what passes; a file that shrank is an error."""

    def __init__(self, source: IO[bytes], tell: Callable[[int], None]) -> None:
        self._source = source
        self._tell = tell
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        self.hash.update(data)
        self._tell(len(data))
        return data


class ArchiveWriter:
    """Writes a copy beside its final name and puts it there when it is whole."""

    def __init__(self, path: Path, tell: Callable[[int], None] = lambda count: None) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._tell = tell
        self._listed: dict[str, list[Any]] = {}

    def __enter__(self) -> Self:
        self._part.unlink(missing_ok=True)
        self._part.touch(mode=0o600)  # it holds the secret key
        self._tar = tarfile.open(self._part, "w:gz", compresslevel=5)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        try:
            self._tar.close()
            if kind is None:
                self._part.replace(self._path)
        finally:
            self._part.unlink(missing_ok=True)

    def add(self, file: Path, name: str) -> None:
        """Add a file; one that vanished meanwhile is left out."""
        try:
            source = file.open("rb")
        except FileNotFoundError:
            return
        with source:
            member = tarfile.TarInfo(name)
            stat = file.stat()
            member.size, member.mtime = stat.st_size, int(stat.st_mtime)
            member.mode = _mode(stat.st_mode)
            counted = _Counted(source, self._tell)
            try:
                self._tar.addfile(member, counted)
            except OSError as error:
                if "unexpected end of data" not in str(error):
                    raise
                raise BackupError(
                    f"{file} cambió mientras se copiaba. Hay que repetir la orden."
                ) from error
        self._listed[name] = [member.size, counted.hash.hexdigest()]

    def finish(self, facts: dict[str, Any]) -> None:
        """Add the list of what was added, with ``facts`` about the copy."""
        text = json.dumps({**facts, "files": self._listed}, ensure_ascii=False).encode()
        member = tarfile.TarInfo(MANIFEST)
        member.size, member.mode = len(text), 0o600
        self._tar.addfile(member, io.BytesIO(text))


def unpack(
    path: Path, target: Path, tell: Callable[[int], None] = lambda count: None
) -> dict[str, Any]:
    """Unpack a copy into the empty folder ``target`` and return its facts; nothing is trusted.

    ``tell`` is given the bytes of the copy that were read. Raises BackupError where the file is
    no copy, is cut short, holds anything but plain files, or does not agree with its own list.
    """
    found: dict[str, list[Any]] = {}
    facts: dict[str, Any] | None = None
    try:
        with (
            path.open("rb") as raw,
            gzip.open(raw) as whole,
            tarfile.open(fileobj=whole, mode="r|") as tar,
        ):
            before = 0
            for member in tar:
                name = _checked_name(member, found)
                source = tar.extractfile(member)
                if name is None or source is None:
                    continue
                if name == MANIFEST:
                    facts = json.loads(source.read(MAX_MANIFEST))
                    continue
                found[name] = _write(source, target / name, member)
                tell(raw.tell() - before)
                before = raw.tell()
            # A tar ends before its file does: only the last byte tells that nothing was cut.
            while whole.read(CHUNK):
                pass
    except (tarfile.TarError, gzip.BadGzipFile, EOFError, ValueError, zlib.error) as error:
        raise BackupError(f"«{path.name}» no es una copia de Traza o está dañada.") from error
    except OSError as error:
        raise BackupError(f"No se puede leer «{path.name}»: {error.strerror or error}.") from error
    if not isinstance(facts, dict) or not isinstance(facts.get("files"), dict):
        raise BackupError(f"«{path.name}» está incompleta: le falta la lista de su contenido.")
    if facts["files"] != found:
        different = sorted(
            n for n in {*found, *facts["files"]} if found.get(n) != facts["files"].get(n)
        )
        raise BackupError(f"«{path.name}» está dañada: no coincide «{different[0]}».")
    return facts


def _checked_name(member: tarfile.TarInfo, found: dict[str, list[Any]]) -> str | None:
    """Return the name of a plain file, None for a folder; raise BackupError for all else."""
    parts = PurePosixPath(member.name).parts
    climbs = member.name.startswith("/") or ".." in parts or _BAD.search(member.name)
    known = bool(parts) and (parts[0] == HOME or member.name in {MANIFEST, DATABASE})
    if climbs or not known or not (member.isreg() or member.isdir()):
        raise BackupError(
            f"La copia trae algo que no puede ser nuestro («{member.name}») y no se abre. "
            "Sirve una copia hecha con «traza backup»."
        )
    if member.isdir():
        return None
    name = str(PurePosixPath(member.name))
    if name in found or name == HOME:
        raise BackupError(f"La copia trae dos veces «{name}» y no se abre.")
    return name


def _write(source: IO[bytes], file: Path, member: tarfile.TarInfo) -> list[Any]:
    file.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(file.parent).free
    if member.size + MARGIN > free:
        missing = (member.size + MARGIN - free) / 1e6
        raise BackupError(f"No cabe: faltan {missing:,.0f} MB libres en el disco.")
    digest = hashlib.sha256()
    written = 0
    with file.open("xb") as out:
        file.chmod(_mode(member.mode))
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            written += len(chunk)
            out.write(chunk)
    return [written, digest.hexdigest()]


def _mode(mode: int) -> int:
    """Return the permissions a file keeps: its owner's, and its group's to read."""
    return 0o600 | (mode & 0o040)
