"""Typed readers of environment variables.

Every reader names the variable in its error, so that a wrong value stops the start with a
sentence a person can act on instead of a traceback from deep inside Django.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from traza.foundation.setting_error import SettingError


def text(name: str, default: str = "") -> str:
    """Return the variable, or the content of the file that ``<name>_FILE`` points to."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        try:
            return Path(file_name).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(f"{name}_FILE: no se puede leer {file_name} ({error}).") from error
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable: 1, true, yes, si, on / 0, false, no, off."""
    raw = text(name).strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "si", "sí", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise SettingError(f"{name}: se esperaba 1 o 0 y se leyó «{raw}».")


def integer(name: str, default: int) -> int:
    """Return a whole number."""
    raw = text(name).strip()
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError as error:
        raise SettingError(f"{name}: se esperaba un número entero y se leyó «{raw}».") from error


def choice(name: str, allowed: tuple[str, ...]) -> str:
    """Return one of the allowed words; the first where the variable is not set."""
    raw = text(name).strip() or allowed[0]
    if raw not in allowed:
        raise SettingError(f"{name}: puede ser {' o '.join(allowed)}, y se leyó «{raw}».")
    return raw


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def database(name: str, home: Path) -> dict[str, object]:
    """Return Django's database settings from ``postgres://user:pass@host:port/name``.

    Without the variable: SQLite in the data folder, tuned for many readers beside one writer.
    """
    url = text(name)
    if not url or url.startswith("sqlite"):
        path = urlsplit(url).path if url else str(home / "traza.sqlite3")
        return {
            "ENGINE": "traza.foundation.db.sqlite",
            "NAME": path,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # The write lock is taken at BEGIN, so that the busy timeout is honoured.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
                    "PRAGMA mmap_size=268435456;PRAGMA cache_size=-16000;"
                    "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
                ),
            },
            # File-backed, so that threads of the live server see what the test wrote.
            "TEST": {"NAME": str(home / "test.sqlite3")},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError(
            f"{name}: se esperaba postgres://usuario:clave@servidor:5432/base y se leyó otra forma."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
