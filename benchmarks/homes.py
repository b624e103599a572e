"""Data folders for measurements, and processes that run inside them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.references import CHECKOUT

TRAZA = [sys.executable, "-c", "from traza.cli import main; main()"]


@contextmanager
def folder(kept: Path | None = None) -> Iterator[Path]:
    """Yield a folder that is kept when it was given, and otherwise removed at the end."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with TemporaryDirectory(prefix="traza-bench-", ignore_cleanup_errors=True) as made:
        yield Path(made)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the variables of a site whose data folder this is."""
    env = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TRAZA_BASE_URL"}}
    return {**env, "TRAZA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "traza.settings", **more}


def traza(home: Path, *arguments: str, **more: str) -> None:
    """Run ``traza ...`` in a data folder; raise RuntimeError with what it said when it fails."""
    done = subprocess.run(
        [*TRAZA, *arguments],
        env=environment(home, **more),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr + done.stdout)[-2000:]
        raise RuntimeError(f"traza {' '.join(arguments)}: {said}")


def inside(name: str, home: Path, *arguments: str, **more: str) -> dict[str, Any]:
    """Run ``benchmarks.inside.<name>`` in a data folder and return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.inside.{name}", *arguments],
        env=environment(home, **more),
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
