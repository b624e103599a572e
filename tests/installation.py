"""An installation of its own for a test: data folder and database, driven by the real command.

On PostgreSQL (``DATABASE_URL``) every installation is a database of its own, copied from one that
was prepared once.
"""

import os
import shutil
import subprocess
import sys
import textwrap
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

#: A test run that a shell put in the background ignores Ctrl+C, and so would what it starts.
HEARS_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
MAIN = "from traza.cli import main; main()"


@dataclass
class Installation:
    home: Path
    env: dict[str, str]

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run ``traza …`` to its end."""
        return subprocess.run(
            [sys.executable, "-c", MAIN, *arguments],
            env=self.env | env, capture_output=True, text=True, timeout=120, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self, *arguments: str, **env: str) -> "subprocess.Popen[str]":
        """Start ``traza …`` in a session of its own, so that it can be killed with its children."""
        return self._start([sys.executable, "-c", HEARS_CTRL_C + MAIN, *arguments], env)

    def script(self, code: str, **env: str) -> str:
        """Run Python with Django set up and return what it printed; fail on an error."""
        done = subprocess.run(
            [sys.executable, "-c", _django(code)],
            env=self.env | env, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start_script(self, code: str, **env: str) -> "subprocess.Popen[str]":
        """Start Python with Django set up."""
        return self._start([sys.executable, "-c", _django(code)], env)

    def _start(self, command: list[str], env: dict[str, str]) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            command, env=self.env | env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip


def _django(code: str) -> str:
    root = str(Path(__file__).resolve().parents[1])
    head = f"import sys; sys.path.insert(0, {root!r}); import django; django.setup()\n"
    return head + textwrap.dedent(code)


class Installations:
    """Makes installations; empty ones, or copies of one that was prepared once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = os.environ.get("DATABASE_URL", "")
        self._databases: list[str] = []
        self._prepared: Installation | None = None

    @property
    def on_postgres(self) -> bool:
        return self._server.startswith("postgres")

    def empty(self) -> Installation:
        """Return one with nothing in it, not even tables."""
        return self._make(template="template0")

    def prepared(self) -> Installation:
        """Return one on which ``traza init`` ran."""
        if self._prepared is None:
            self._prepared = self.empty()
            done = self._prepared.run("init", "--no-input", "--name", "Instituto de Prueba")
            assert done.returncode == 0, done.stdout + done.stderr
        first = self._prepared
        copy = self._make(template=self._name(first) if self.on_postgres else "")
        shutil.copytree(first.home, copy.home, dirs_exist_ok=True)
        return copy

    def close(self) -> None:
        for name in self._databases:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _make(self, template: str) -> Installation:
        home = self._folder / uuid.uuid4().hex[:8]
        home.mkdir()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("TRAZA_", "PG"))}
        env |= {
            "TRAZA_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "traza.settings",
            "TRAZA_BASE_URL": "http://testserver",
            "PYTHONWARNINGS": "ignore",
        }
        env.pop("DATABASE_URL", None)
        if self.on_postgres:
            name = f"traza_{home.name}"
            self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            self._databases.append(name)
            env["DATABASE_URL"] = urlsplit(self._server)._replace(path=f"/{name}").geturl()
        return Installation(home, env)

    @staticmethod
    def _name(installation: Installation) -> str:
        return urlsplit(installation.env["DATABASE_URL"]).path.strip("/")

    def _execute(self, sql: str) -> Any:
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(sql)  # type: ignore[call-overload]
