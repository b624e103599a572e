"""Bringing a copy back. What there was stands aside until all of the copy is in its place.

A note in the data folder says how far the exchange went; whoever finds it there (the process was
killed) undoes it first. Only when the note is gone have the old data lost their place.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from traza.foundation.backup import databases
from traza.foundation.backup.archive import DATABASE, HOME, BackupError, unpack
from traza.foundation.backup.making import DERIVED, is_kept

NOTE = "restore.json"
#: The old SQLite database while it stands aside; no kept entry begins with a dot.
OLD = ".database"

Tell = Callable[[str, int, int], None]


def restore_backup(
    path: Path,
    *,
    then: Callable[[], None] = lambda: None,
    tell: Tell = lambda label, done, total: None,
) -> dict[str, Any]:
    """Put the copy in place of what there is and return its facts (version, date, database).

    ``then`` runs on the restored data (migrations, roles) before the old ones are let go; whatever
    fails, the old data are back. Raises BackupError. The caller holds the data folder alone.
    """
    home = Path(settings.TRAZA_HOME)
    if not path.is_file():
        raise BackupError(f"No existe el archivo {path}.")
    recover()
    staged = Path(tempfile.mkdtemp(dir=home, prefix=".restaura-"))
    try:
        facts = _unpack(path, staged, tell)
        _exchange(home, staged, then)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return facts


def cut_short() -> bool:
    """Tell whether an exchange began and neither ended nor was undone."""
    return (Path(settings.TRAZA_HOME) / NOTE).exists()


def recover() -> bool:
    """Undo an exchange that was cut short; tell whether there was one."""
    home = Path(settings.TRAZA_HOME)
    note = home / NOTE
    try:
        noted = json.loads(note.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    connections.close_all()
    _undo(home, noted)
    return True


def _unpack(path: Path, staged: Path, tell: Tell) -> dict[str, Any]:
    total = path.stat().st_size
    read = 0

    def count(size: int) -> None:
        nonlocal read
        read += size
        tell("Lectura de la copia", min(read, total), total)

    facts = unpack(path, staged, count)
    if facts.get("vendor") != connection.vendor:
        raise BackupError(
            f"La copia es de {facts.get('vendor')} y esta instalación usa {connection.vendor}. "
            "Restáurela donde DATABASE_URL sea de la misma clase."
        )
    databases.check_copy(staged / DATABASE)
    return facts


def _refuse_newer() -> None:
    """Raise BackupError where the restored tables are ahead of this version of the code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(app, name) for app, name in cursor.fetchall()}
    loader = MigrationLoader(None)
    if any(app in loader.migrated_apps for app, _name in applied - set(loader.disk_migrations)):
        raise BackupError(
            "La copia es de una versión más nueva de Traza: hay que actualizar esta instalación y "
            "repetir."
        )


def _exchange(home: Path, staged: Path, then: Callable[[], None]) -> None:
    aside = Path(tempfile.mkdtemp(dir=home, prefix=".anterior-"))
    incoming = sorted(p.name for p in (staged / HOME).iterdir()) if (staged / HOME).is_dir() else []
    noted: dict[str, Any] = {"aside": aside.name, "incoming": incoming, "step": "database"}
    _note(home, noted)
    try:
        connections.close_all()
        if connection.vendor == "postgresql":
            databases.put_aside()
            databases.fill(staged / DATABASE)
        _note(home, {**noted, "step": "aside"})
        for entry in list(home.iterdir()):
            if is_kept(entry.name) and entry.name != NOTE:
                entry.rename(aside / entry.name)
        for file in _database_files():
            shutil.move(file, aside / file.name.replace(databases.sqlite_path().name, OLD, 1))
        _note(home, {**noted, "step": "place"})
        for name in incoming:
            (staged / HOME / name).rename(home / name)
        if connection.vendor == "sqlite":
            databases.sqlite_path().parent.mkdir(parents=True, exist_ok=True)
            shutil.move(staged / DATABASE, databases.sqlite_path())
        _refuse_newer()
        then()
        connections.close_all()
        for name in DERIVED - {"backups", "static"}:
            # Stored pages are named by revision, and the copy counts its own.
            shutil.rmtree(home / name, ignore_errors=True)
    except BaseException:
        connections.close_all()
        recover()
        raise
    (home / NOTE).unlink()
    if connection.vendor == "postgresql":
        databases.forget_aside()
    shutil.rmtree(aside, ignore_errors=True)


def _undo(home: Path, noted: dict[str, Any]) -> None:
    aside = home / str(noted["aside"])
    if connection.vendor == "postgresql":
        databases.bring_back()
    if noted["step"] == "place":
        for name in noted["incoming"]:
            _remove(home / name)
        for file in _database_files():
            file.unlink(missing_ok=True)
        noted = {**noted, "step": "aside"}
        _note(home, noted)
    if noted["step"] == "aside" and aside.is_dir():
        for entry in list(aside.iterdir()):
            if entry.name.startswith(OLD):
                target = databases.sqlite_path()
                shutil.move(entry, target.with_name(entry.name.replace(OLD, target.name, 1)))
            else:
                entry.rename(home / entry.name)
    shutil.rmtree(aside, ignore_errors=True)
    (home / NOTE).unlink(missing_ok=True)
    for left in home.glob(".restaura-*"):
        shutil.rmtree(left, ignore_errors=True)


def _database_files() -> list[Path]:
    """Return the files of SQLite's database: itself, its log and its index."""
    if connection.vendor != "sqlite":
        return []
    file = databases.sqlite_path()
    return [p for s in ("", "-wal", "-shm", "-journal") if (p := Path(f"{file}{s}")).exists()]


def _note(home: Path, noted: dict[str, Any]) -> None:
    part = home / f".{NOTE}.part"
    part.write_text(json.dumps(noted), encoding="utf-8")
    part.replace(home / NOTE)


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        with suppress(FileNotFoundError):
            entry.unlink()
