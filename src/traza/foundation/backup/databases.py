"""A consistent copy of the database while others write, and the way back.

SQLite is copied page by page from one read snapshot (WAL keeps it whole); PostgreSQL by
``pg_dump``, which does the same on its side.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

from traza.foundation.backup.archive import BackupError

PAGES = 2000
#: Where PostgreSQL's old tables stand until the new ones are in place.
ASIDE = "traza_anterior"

Tell = Callable[[int, int], None]


def copy_database(target: Path, tell: Tell = lambda done, total: None) -> None:
    """Write a copy of the database to ``target``; ``tell(done, total)`` in parts of the work."""
    if connection.vendor == "sqlite":
        _copy_sqlite(target, tell)
    else:
        # Compressed by the archive, not here.
        _run(
            "pg_dump",
            "--format=custom",
            "--compress=0",
            "--no-owner",
            "--no-privileges",
            f"--exclude-schema={ASIDE}",
            f"--file={target}",
        )


def _copy_sqlite(target: Path, tell: Tell) -> None:
    with (
        closing(sqlite3.connect(sqlite_path(), timeout=30, isolation_level=None)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        # One snapshot for the whole copy: without it the copy begins again at every write.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=PAGES, progress=lambda _s, left, total: tell(total - left, total))
        source.execute("ROLLBACK")


def sqlite_path() -> Path:
    """Return the file of the database now in use."""
    return Path(str(connection.settings_dict["NAME"]))


def check_copy(file: Path) -> None:
    """Raise BackupError where the copy of the database is damaged or is another program's."""
    if connection.vendor != "sqlite":
        if "django_migrations" not in _run("pg_restore", "--list", str(file), to_database=False):
            raise BackupError("La base de datos de la copia no es de Traza.")
        return
    try:
        with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as copy:
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise BackupError("La base de datos de la copia está dañada.")
            copy.execute("SELECT app, name FROM django_migrations").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError("La base de datos de la copia no es de Traza o está dañada.") from error


def is_empty() -> bool:
    """Tell whether there is nothing in the database that a copy would replace."""
    return "django_migrations" not in connection.introspection.table_names()


# --- PostgreSQL: the old tables stand in a schema of their own --------------------------------


def put_aside() -> None:
    """Rename the schema of the tables and make an empty one, in one transaction."""
    with _autocommit() as run:
        run(f"BEGIN; ALTER SCHEMA public RENAME TO {ASIDE}; CREATE SCHEMA public; COMMIT")


def fill(file: Path) -> None:
    """Bring the copy into the empty schema, whole or not at all."""
    _run(
        "pg_restore",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        f"--dbname={_database()['NAME']}",
        str(file),
    )


def bring_back() -> None:
    """Undo ``put_aside``; nothing where the old tables are in place."""
    with _autocommit() as run:
        if run("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE]):
            run(
                "BEGIN; DROP SCHEMA IF EXISTS public CASCADE; "
                f"ALTER SCHEMA {ASIDE} RENAME TO public; COMMIT"
            )


def forget_aside() -> None:
    """Remove the old tables for good."""
    with _autocommit() as run:
        run(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")


@contextmanager
def _autocommit() -> Any:
    connections.close_all()
    with connection.cursor() as cursor:

        def run(sql: str, values: list[str] | None = None) -> Any:
            cursor.execute(sql, values)
            return cursor.fetchone() if cursor.description else None

        yield run
    connections.close_all()


def _database() -> dict[str, Any]:
    return connection.settings_dict


def _run(program: str, *arguments: str, to_database: bool = True) -> str:
    found = shutil.which(program) or _beside_the_server(program)
    if found is None:
        raise BackupError(
            f"Falta «{program}», que viene con PostgreSQL (paquete postgresql-client). Instálelo."
        )
    given = _database()
    environment = dict(os.environ)
    if to_database:
        names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
        environment |= {v: str(given[k]) for k, v in names.items() if given.get(k)}
        environment["PGDATABASE"] = str(given["NAME"])
        options = given.get("OPTIONS", {})
        for option in ("sslmode", "sslrootcert", "sslcert", "sslkey"):
            if option in options:
                environment[f"PG{option.upper()}"] = str(options[option])
    done = subprocess.run(  # noqa: S603
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["sin explicación"]
        raise BackupError(f"{program} no pudo: {last[0]}")
    return done.stdout


def _beside_the_server(program: str) -> str | None:
    """Return the newest one that Debian keeps out of the path."""
    places = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
    found = sorted(places, key=lambda p: int(p.parts[4]) if p.parts[4].isdigit() else 0)
    return str(found[-1]) if found else None
