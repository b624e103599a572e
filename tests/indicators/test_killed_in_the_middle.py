"""Killing an import at any moment leaves what was published or what was coming, never a mix."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.pure]

ROWS = 9_000
CHILD = """
import django; django.setup()
from traza.cli.bring_in import run
run({arguments!r})
"""
PREPARE = """
import django; django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.factories import make_place, make_series
from traza.foundation.models import Institute
get_user_model().objects.create_superuser("admin", "a@example.org", "x")
institute = Institute.load(); institute.single_person = True; institute.save()
state = make_place("41", "Sierra Alta", level="state")
for number in range(1, 101):
    make_place(f"41{number:03d}", f"Lugar {number}", parent=state)
make_series("poblacion", code="poblacion", freq="M")
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a hundred places and one series, and a file of many values for it."""
    folder = tmp_path_factory.mktemp("casa")
    python(folder, PREPARE).communicate()
    lines = ["Clave,Periodo,Valor"]
    for month in range(ROWS // 100):
        period = f"{1990 + month // 12}-{month % 12 + 1:02d}"
        lines += [f"41{place:03d},{period},{place * 1000 + month}" for place in range(1, 101)]
    (folder / "datos.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def python(folder: Path, program: str) -> subprocess.Popen[bytes]:
    """Run a program on a data folder, in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {
        "TRAZA_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def counts(folder: Path) -> tuple[int, int, int, int]:
    """Return how many values, derived values, releases and published imports there are."""
    (file,) = list(folder.glob("*.sqlite3"))
    with sqlite3.connect(file) as database:
        one = [
            database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in (
                "indicators_observation",
                "indicators_latestvalue",
                "publishing_release",
                "indicators_importjob WHERE state = 'published'",
            )
        ]
    return one[0], one[1], one[2], one[3]


def test_the_old_state_or_the_new(prepared: Path) -> None:
    first = python(prepared, program(prepared / "datos.csv"))
    publishing(first)
    began = time.monotonic()
    assert first.wait() == 0
    usual = time.monotonic() - began
    assert counts(prepared) == (ROWS, 100, 1, 1)
    # Once while it reads; then all over the publication, which begins with the first line told.
    for part in (None, 0.1, 0.3, 0.5, 0.7, 0.9):
        # Other figures each time, so that there is always something to publish.
        file = prepared / f"parte-{part}.csv"
        text = (prepared / "datos.csv").read_text(encoding="utf-8")
        file.write_text(text.replace(",1", f",{int((part or 0) * 100)}1"), encoding="utf-8")
        before = counts(prepared)
        child = python(prepared, program(file))
        if part is None:
            time.sleep(1)
        else:
            publishing(child)
            time.sleep(usual * part)
        child.kill()
        child.communicate()
        after = counts(prepared)
        assert after[:2] == (ROWS, 100)
        assert after[2] == after[3]
        assert after[2] - before[2] in (0, 1)


def program(file: Path) -> str:
    return CHILD.format(arguments=[str(file), "--series", "poblacion"])


def publishing(child: "subprocess.Popen[bytes]") -> None:
    """Wait until the file is read and compared: what follows is the publication."""
    assert child.stdout is not None and child.stdout.readline()
