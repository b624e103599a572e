"""``traza backup`` while others write, and ``traza restore`` into another installation."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.installation import Installation, Installations

#: Writes pairs that must always agree: a value in the institute and the same in the audit, one
#: transaction each, beside a file that the transaction names. Says a line after each.
WRITER = """
import itertools
from pathlib import Path
from django.conf import settings
from django.db import transaction
from traza.foundation.audit import record
from traza.foundation.models import Institute
media = Path(settings.MEDIA_ROOT)
for n in itertools.count(1):
    (media / f"f{n}.txt").write_text(str(n) * 1000)
    with transaction.atomic():
        Institute.objects.update(tagline=str(n))
        record(None, "test.wrote", None, n=n)
    print(n, flush=True)
"""
READ = """
from pathlib import Path
from django.conf import settings
from django.contrib.auth import get_user_model
from traza.foundation.models import AuditEntry, Institute
wrote = sorted(e.detail["n"] for e in AuditEntry.objects.filter(action="test.wrote"))
media = Path(settings.MEDIA_ROOT)
whole = all((media / f"f{n}.txt").read_text() == str(n) * 1000 for n in wrote)
users = sorted(get_user_model().objects.values_list("username", "password"))
print(Institute.objects.get().tagline, wrote == list(range(1, len(wrote) + 1)), len(wrote), whole)
print(users)
"""


def test_a_copy_made_while_others_write_is_whole(
    installations: Installations, tmp_path: Path
) -> None:
    source, target = installations.prepared(), installations.empty()
    (source.home / "snapshots").mkdir()
    (source.home / "snapshots" / "abc.xlsx").write_bytes(b"tal como vino")
    (source.home / "attachments" / "ab").mkdir(parents=True)
    (source.home / "attachments" / "ab" / "abcd").write_bytes(b"sellado")
    writer = source.start_script(WRITER)
    copy = tmp_path / "copia.tar.gz"
    try:
        while writer.stdout and int(writer.stdout.readline()) < 20:
            pass
        done = source.run("backup", str(copy))
        # The writer never stopped.
        assert writer.poll() is None
    finally:
        os.killpg(writer.pid, signal.SIGKILL)
        writer.wait()
    assert done.returncode == 0, done.stderr
    assert copy.stat().st_mode & 0o077 == 0

    restored = target.run("restore", str(copy))
    assert restored.returncode == 0, restored.stderr
    tagline, gapless, count, whole, *_ = target.script(READ).split()
    assert int(tagline) == int(count) >= 20
    assert (gapless, whole) == ("True", "True")
    assert target.script(READ).splitlines()[1] == source.script(READ).splitlines()[1]
    key = (target.home / "secret.key").read_text()
    assert key == (source.home / "secret.key").read_text()
    assert (target.home / "secret.key").stat().st_mode & 0o077 == 0
    assert (target.home / "snapshots" / "abc.xlsx").read_bytes() == b"tal como vino"
    assert (target.home / "attachments" / "ab" / "abcd").read_bytes() == b"sellado"


def test_what_was_there_is_replaced_whole(installations: Installations, tmp_path: Path) -> None:
    here = installations.prepared()
    (here.home / "media" / "antes.txt").write_text("antes")
    copy = tmp_path / "copia.tar.gz"
    assert here.run("backup", str(copy)).returncode == 0
    here.script("""
        from traza.foundation.models import Institute
        from traza.publishing.revision import public_change
        with public_change():
            Institute.objects.update(name="Después")
    """)
    (here.home / "media" / "antes.txt").unlink()
    (here.home / "media" / "despues.txt").write_text("después")
    old_revision = here.script("from traza.publishing.revision import *; print(current_revision())")
    done = here.run("restore", "--yes", str(copy))
    assert done.returncode == 0, done.stderr
    name, revision = here.script("""
        from traza.foundation.models import Institute
        from traza.publishing.revision import current_revision
        print(Institute.objects.get().name, current_revision(), sep="|")
    """).split("|")
    assert name == "Instituto de Prueba"
    # A revision nobody has seen: pages stored under the others are never taken for it.
    assert int(revision) > int(old_revision)
    assert sorted(p.name for p in (here.home / "media").iterdir()) == ["antes.txt"]
    assert not [p for p in here.home.iterdir() if p.name.startswith((".ant", ".res", "restore"))]


def test_it_asks_before_replacing(prepared: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "copia.tar.gz"
    prepared.run("backup", str(copy))
    done = prepared.run("restore", str(copy))
    assert done.returncode == 1
    assert "--yes" in done.stderr


def test_not_while_the_site_is_open(prepared: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "copia.tar.gz"
    prepared.run("backup", str(copy))
    shell = prepared.start("work")
    try:
        deadline = time.monotonic() + 20
        while not (prepared.home / "worker.alive").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        done = prepared.run("restore", "--yes", str(copy))
    finally:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()
    assert done.returncode == 1
    assert "Hay que detenerlo" in done.stderr


def test_only_the_newest_dated_copies_are_kept(prepared: Installation) -> None:
    folder = prepared.home / "backups"
    for day in range(1, 5):
        (folder / f"traza-2020010{day}-030000.tar.gz").write_text("vieja")
    (folder / "mía.tar.gz").write_text("con nombre propio")
    done = prepared.run("backup", "--keep", "2")
    assert done.returncode == 0, done.stderr
    left = sorted(p.name for p in folder.iterdir())
    assert len(left) == 3
    assert "traza-20200104-030000.tar.gz" in left
    assert "mía.tar.gz" in left


def test_nothing_to_copy_is_said(empty: Installation) -> None:
    done = empty.run("backup")
    assert (done.returncode, done.stderr) == (
        1,
        "La carpeta de datos está vacía: no hay nada que copiar.\n",
    )


@pytest.mark.parametrize("moment", ["aside", "place"])
def test_killed_in_the_middle_the_old_data_come_back(
    installations: Installations, tmp_path: Path, moment: str
) -> None:
    here = installations.prepared()
    copy = tmp_path / "copia.tar.gz"
    here.run("backup", str(copy))
    here.script("from traza.foundation.models import *; Institute.objects.update(name='Vigente')")
    (here.home / "media" / "vigente.txt").write_text("x")
    # Die right after the step is noted, as a power cut would have it.
    dying = f"""
        import os, signal
        from pathlib import Path
        from traza.foundation.backup import restoring
        note = restoring._note
        def and_die(home, noted):
            note(home, noted)
            if noted["step"] == {moment!r}:
                if {moment!r} == "place":
                    restoring.shutil.move = lambda *a: os.kill(os.getpid(), signal.SIGKILL)
                else:
                    os.kill(os.getpid(), signal.SIGKILL)
        restoring._note = and_die
        restoring.restore_backup(Path({str(copy)!r}), then=lambda: os.kill(os.getpid(), 9))
    """
    process = here.start_script(dying)
    assert process.wait(60) == -signal.SIGKILL
    assert (here.home / "restore.json").exists()
    # Any command finds the note and undoes first.
    assert here.run("check").returncode == 0
    assert not (here.home / "restore.json").exists()
    name = here.script("from traza.foundation.models import *; print(Institute.objects.get().name)")
    assert name == "Vigente"
    assert (here.home / "media" / "vigente.txt").exists()
    assert here.run("restore", "--yes", str(copy)).returncode == 0
    name = here.script("from traza.foundation.models import *; print(Institute.objects.get().name)")
    assert name == "Instituto de Prueba"
