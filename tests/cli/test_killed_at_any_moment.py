"""Killed in the middle of a load, an approval, a publication or a page: the old state or the new.

Real processes are killed with SIGKILL at moments spread over their work; doing it again completes.
"""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.indicators.small_package import TABLES, write_package
from tests.installation import Installation, Installations
from traza.publishing.store.disk import PageDisk

MONTHS = [f"{year}-{month:02}" for year in range(1990, 2020) for month in range(1, 13)]
#: Prints one line: what a load or an approval leaves behind. All parts must agree.
STATE = """
from traza.foundation.models import AuditEntry
from traza.indicators.models import ImportJob, IndicatorVersion, Observation, ObservationHistory
from traza.publishing.models import Change, Release
from traza.publishing.revision import current_revision
releases = set(Release.objects.values_list("pk", flat=True))
print(
    Observation.objects.count(), ObservationHistory.objects.count(), len(releases),
    IndicatorVersion.objects.count(), Change.objects.count(),
    ImportJob.objects.filter(state="published").count(),
    set(Observation.objects.values_list("release_id", flat=True)) <= releases,
    current_revision(),
)
"""


def kill_after(process: "subprocess.Popen[str]", seconds: float) -> bool:
    """Kill the process and its children that long after its first line; tell if it was at work."""
    assert process.stdout and process.stdout.readline().startswith("ready")
    time.sleep(seconds)
    at_work = process.poll() is None
    if at_work:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return at_work


def test_a_package_is_loaded_whole_or_not_at_all(
    installations: Installations, tmp_path: Path
) -> None:
    here = installations.prepared()
    head = TABLES["observations.csv.gz"][0]
    rows = [
        ["homicidios.f-m", month, place, str(number), "A", ""]
        for place in ("41001", "41002")
        for number, month in enumerate(MONTHS)
    ]
    package = write_package(tmp_path / "p", observations=[head, *rows])
    load = f"""
        from traza.indicators.intake.package import load_package
        print("ready", flush=True)
        load_package({str(package)!r})
        print("done", flush=True)
    """
    chance = random.Random(7)
    for low in (0.05, 0.3, 0.7):
        kill_after(here.start_script(load), chance.uniform(low, low + 0.4))
        state = here.script(STATE).split()
        observations, _history, releases, versions, _changes, _jobs, whole, _revision = state
        assert whole == "True"
        assert (int(observations), int(releases) > 0, int(versions) > 0) in {
            (0, False, False),
            (len(rows), True, True),
        }
    assert here.script(load).splitlines()[-1] == "done"
    assert int(here.script(STATE).split()[0]) == len(rows)


def test_an_approval_happens_or_does_not(installations: Installations, tmp_path: Path) -> None:
    here = installations.empty()
    done = here.run(
        "init", "--no-input", "--municipality", "32010", "--municipality-name", "Fresnillo"
    )
    assert done.returncode == 0, done.stderr
    here.script("""
        from django.contrib.auth import get_user_model
        get_user_model().objects.create_superuser("otra", "", "una clave larga 7")
    """)
    file = tmp_path / "tomas.csv"
    new = ["--new-indicator", "Tomas", "--unit", "tomas", "--source", "Organismo"]

    def submit(plus: int, *more: str) -> None:
        lines = [f"{month},Fresnillo,{number + plus}" for number, month in enumerate(MONTHS)]
        file.write_text("Periodo,Municipio,Tomas\n" + "\n".join(lines) + "\n", encoding="utf-8")
        sent = here.run("import", str(file), "--user", "admin", *more)
        assert sent.returncode == 0, sent.stdout + sent.stderr

    approve = """
        from django.contrib.auth import get_user_model
        from traza.indicators import actions
        from traza.indicators.models import ImportJob
        job = ImportJob.objects.filter(state="submitted").first()
        print("ready", flush=True)
        if job is not None:
            actions.approve_import(job, get_user_model().objects.get(username="otra"))
        print("done", flush=True)
    """
    submit(100, *new)
    assert here.script(approve).splitlines()[-1] == "done"
    before = here.script(STATE)
    observations, history, releases, _versions, _changes, jobs, _whole, _n = before.split()
    assert int(observations) == len(MONTHS)
    submit(200, "--series", here.script("""
        from traza.indicators.models import Series
        print(Series.objects.get().code)
    """))  # fmt: skip
    before = here.script(STATE)
    after = None
    for seconds in (0.0, 0.1, 0.25):
        kill_after(here.start_script(approve), seconds)
        now = here.script(STATE)
        if now != before:
            after = now
            break
    if after is None:
        assert here.script(approve).splitlines()[-1] == "done"
        after = here.script(STATE)
    count, superseded, made, *_rest, published, whole, number = after.split()
    assert (int(count), int(superseded)) == (len(MONTHS), int(history) + len(MONTHS))
    assert int(made) == int(releases) + 1
    assert int(published) == int(jobs) + 1
    assert whole == "True"
    assert int(number) == int(before.split()[-1]) + 1


def test_a_publication_goes_on_where_it_was(installations: Installations, tmp_path: Path) -> None:
    here = installations.prepared()
    package = write_package(tmp_path / "p")
    assert here.run("import", str(package)).returncode == 0
    publish = """
        from traza.publishing.publication import publish
        print("ready", flush=True)
        publish(processes=2)
    """
    for seconds in (0.2, 0.6):
        kill_after(here.start_script(publish), seconds)
        assert_pages_are_whole(here)
    done = here.run("publish")
    assert done.returncode == 0, done.stdout + done.stderr
    missing = here.script("""
        from traza.publishing.publication import current_revision, eager_paths, is_stored
        print([p for p in eager_paths() if not is_stored(p, current_revision())])
    """)
    assert missing == "[]"
    assert "0 páginas" in here.run("publish").stdout


def assert_pages_are_whole(here: Installation) -> None:
    """Every page on disk, under its name, reads whole."""
    (build,) = [p for p in (here.home / "pages").iterdir() if p.is_dir()] or [None]
    for file in build.rglob("*.page") if build else []:
        head, _, rest = file.read_bytes().partition(b"\n")
        assert head.endswith(b"}")
        assert len(rest) == sum(int(n) for n in _lengths(head))


def _lengths(head: bytes) -> list[int]:
    import orjson

    return [length for _encoding, length in orjson.loads(head)["lengths"]]


@pytest.mark.pure
def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Pages of two contents over the same names: what is read is one of them, never both."""
    write = f"""
        import itertools
        from pathlib import Path
        from traza.publishing.store.disk import PageDisk
        from traza.publishing.store.page import build_page
        disk = PageDisk(Path({str(tmp_path)!r}), "b")
        pages = [build_page(1, [("Content-Type", "text/html")], c * 400_000) for c in (b"a", b"b")]
        print("ready", flush=True)
        for n in itertools.count():
            disk.write(pages[n % 2], "h", f"/{{n % 7}}/")
    """
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    process = Installation(tmp_path, env)
    chance = random.Random(3)
    disk = PageDisk(tmp_path, "b")
    for _ in range(4):
        assert kill_after(process.start_script(write), chance.uniform(0.02, 0.3))
        for n in range(7):
            page = disk.read(1, "h", f"/{n}/")
            if page is not None:
                body = page.encoded["identity"].body
                assert body in (b"a" * 400_000, b"b" * 400_000)
