"""``traza demo`` stopped in the middle goes on when started again; whole, it starts at once."""

import os
import signal
import subprocess
from pathlib import Path

from tests.indicators.small_package import TABLES, write_package
from tests.installation import Installation, Installations

MONTHS = [f"{year}-{month:02}" for year in range(1990, 2020) for month in range(1, 13)]
STATE = """
from traza.indicators.models import Observation
from traza.publishing.models import Change, Release
from traza.publishing.publication import current_revision, eager_paths, is_stored
missing = [p for p in eager_paths() if not is_stored(p, current_revision())]
print(Observation.objects.count(), Release.objects.count(), Change.objects.count(), len(missing))
"""


def stop(here: Installation, package: Path, at: str, how: int) -> "tuple[int, str]":
    """Start the demo, stop it when it says ``at``, and return its code and what it said."""
    demo = here.start("demo", "--no-serve", "--package", str(package))
    said = ""
    assert demo.stdout is not None
    for line in demo.stdout:
        said += line
        if at in line:
            os.killpg(demo.pid, how)
            break
    rest, _ = demo.communicate(timeout=60)
    assert at in said
    return demo.returncode, said + rest


def whole(here: Installation, package: Path) -> "subprocess.CompletedProcess[str]":
    done = here.run("demo", "--no-serve", "--package", str(package))
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_it_continues_and_then_starts_at_once(installations: Installations, tmp_path: Path) -> None:
    here = installations.prepared()
    head = TABLES["observations.csv.gz"][0]
    rows = [["homicidios.f-m", month, "41001", str(n), "A", ""] for n, month in enumerate(MONTHS)]
    package = write_package(tmp_path / "p", observations=[head, *rows])

    code, said = stop(here, package, "Cifras", signal.SIGINT)
    assert code == 130 and "Traceback" not in said and "continúa" in said
    stop(here, package, "Cifras", signal.SIGKILL)
    values, releases, _changes, _missing = map(int, here.script(STATE).split())
    assert (values, releases) in {(0, 0), (len(rows), 1)}
    stop(here, package, "Índices", signal.SIGKILL)
    assert int(here.script(STATE).split()[3]) > 0
    code, said = stop(here, package, "Páginas", signal.SIGINT)
    assert code == 130 and "Traceback" not in said

    done = whole(here, package)
    login = (here.home / "demo-login.txt").read_text(encoding="utf-8").split()
    assert all(word in done.stdout for word in login)
    before = here.script(STATE)
    values, releases, _changes, missing = map(int, before.split())
    assert (values, releases, missing) == (len(rows), 1, 0)

    again = whole(here, package)
    assert "0 páginas" in again.stdout and all(word in again.stdout for word in login)
    assert here.script(STATE) == before
