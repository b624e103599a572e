"""Making a copy of everything, also while the site works.

The database goes first, from one snapshot; then the files. What the database names was on disk
before it was named, so a file that arrives meanwhile is at most one too many.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from traza.foundation.backup.archive import DATABASE, HOME, ArchiveWriter, BackupError
from traza.foundation.backup.databases import copy_database, is_empty, sqlite_path
from traza.foundation.backup.lock import NAME as LOCK

#: What is made again from the rest, and what is only of the moment.
DERIVED = {"pages", "static", "dumps", "backups"}
OF_THE_MOMENT = {LOCK, "mail.lock", "worker.alive", "restore.json", "test.sqlite3"}
PREFIX = "traza-"

#: Told what is being done, and how much of how much.
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Made:
    """A copy that was made."""

    path: Path
    size: int
    files: int


def make_backup(path: Path | None = None, tell: Tell = lambda label, done, total: None) -> Made:
    """Write a copy to ``path`` (a dated file in ``backups/`` where None) and return it.

    The copy appears under its name only when it is whole. Raises BackupError.
    """
    home = Path(settings.TRAZA_HOME)
    if is_empty():
        raise BackupError("La carpeta de datos está vacía: no hay nada que copiar.")
    path = path or _dated(home / "backups")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".copia-") as scratch:
            database = Path(scratch) / DATABASE
            copy_database(database, lambda done, total: tell("Base de datos", done, total))
            files = list(home_files(home))
            total = sum(_size(file) for file in (database, *files))
            done = 0

            def count(size: int) -> None:
                nonlocal done
                done += size
                tell("Copia", done, total)

            with ArchiveWriter(path, count) as archive:
                archive.add(database, DATABASE)
                for file in files:
                    archive.add(file, f"{HOME}/{file.relative_to(home).as_posix()}")
                archive.finish(
                    {
                        "traza": settings.TRAZA_BUILD,
                        "vendor": connection.vendor,
                        "made": timezone.now().isoformat(timespec="seconds"),
                    }
                )
    except OSError as error:
        where = error.filename or path
        raise BackupError(f"No se puede escribir la copia en {where}: {error.strerror}.") from error
    return Made(path, path.stat().st_size, len(files))


def home_files(home: Path) -> Iterator[Path]:
    """Yield the files of the data folder that a copy holds beside the database."""
    if not home.is_dir():
        return
    for entry in sorted(home.iterdir()):
        if not is_kept(entry.name):
            continue
        if entry.is_file() and not entry.is_symlink():
            yield entry
        elif entry.is_dir() and not entry.is_symlink():
            inside = sorted(entry.rglob("*"))
            yield from (p for p in inside if p.is_file() and not p.is_symlink())


def is_kept(name: str) -> bool:
    """Tell whether an entry of the data folder belongs to a copy (the database apart)."""
    return not (
        name in DERIVED or name in OF_THE_MOMENT or name.startswith(".") or _is_database(name)
    )


def _is_database(name: str) -> bool:
    if connection.vendor != "sqlite":
        return name.startswith("traza.sqlite3")
    return name.startswith(sqlite_path().name)


def forget_old(keep: int) -> int:
    """Remove the oldest dated copies of ``backups/`` beyond ``keep``; return how many."""
    copies = sorted((Path(settings.TRAZA_HOME) / "backups").glob(f"{PREFIX}*.tar.gz"))
    old = copies[:-keep] if keep > 0 else []
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _dated(folder: Path) -> Path:
    stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
    return folder / f"{PREFIX}{stamp}.tar.gz"


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
