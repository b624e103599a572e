"""``traza restore`` trusts nothing in a copy, and whatever is refused leaves all as it was."""

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from traza.foundation.backup.archive import BackupError, unpack
from traza.foundation.backup.making import make_backup


def tar(path: Path, *members: tuple[tarfile.TarInfo, bytes], manifest: bool = True) -> Path:
    with tarfile.open(path, "w:gz") as out:
        for member, content in members:
            member.size = len(content)
            out.addfile(member, io.BytesIO(content))
        if manifest:
            text = json.dumps({"vendor": "sqlite", "files": {}}).encode()
            last = tarfile.TarInfo("manifest.json")
            last.size = len(text)
            out.addfile(last, io.BytesIO(text))
    return path


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, link
    return member


@pytest.mark.parametrize(
    "member",
    [
        named("home/../../escapa.txt"),
        named("../escapa.txt"),
        named("/etc/escapa.txt"),
        named("home\\..\\escapa.txt"),
        named("otra-cosa.txt"),
        named("home/enlace", tarfile.SYMTYPE, "/etc/passwd"),
        named("home/duro", tarfile.LNKTYPE, "/etc/passwd"),
        named("home/aparato", tarfile.CHRTYPE),
        named("home/tubo", tarfile.FIFOTYPE),
        named("home"),
    ],
    ids=lambda m: f"{m.name}-{m.type.decode()}",
)
def test_what_is_no_plain_file_of_ours(tmp_path: Path, member: tarfile.TarInfo) -> None:
    copy = tar(tmp_path / "copia.tar.gz", (member, b""))
    target = tmp_path / "a" / "b"
    target.mkdir(parents=True)
    with pytest.raises(BackupError):
        unpack(copy, target)
    assert not list(tmp_path.rglob("escapa.txt"))


def test_the_same_name_twice(tmp_path: Path) -> None:
    copy = tar(tmp_path / "c.tar.gz", (named("home/a"), b"1"), (named("home/a"), b"2"))
    with pytest.raises(BackupError, match="dos veces"):
        unpack(copy, tmp_path)


def test_a_file_that_is_not_in_the_list(tmp_path: Path) -> None:
    copy = tar(tmp_path / "c.tar.gz", (named("home/a"), b"1"))
    with pytest.raises(BackupError, match="no coincide «home/a»"):
        unpack(copy, tmp_path)


def test_no_list_at_all(tmp_path: Path) -> None:
    copy = tar(tmp_path / "c.tar.gz", (named("home/a"), b"1"), manifest=False)
    with pytest.raises(BackupError, match="incompleta"):
        unpack(copy, tmp_path)


def test_another_kind_of_file(tmp_path: Path) -> None:
    copy = tmp_path / "carta.tar.gz"
    copy.write_bytes(b"hola")
    with pytest.raises(BackupError, match="no es una copia"):
        unpack(copy, tmp_path)


def test_a_bomb_is_stopped_before_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tar(tmp_path / "c.tar.gz", (named("home/a"), b"0" * 5_000_000))
    monkeypatch.setattr("traza.foundation.backup.archive.MARGIN", 1 << 60)
    target = tmp_path / "t"
    target.mkdir()
    with pytest.raises(BackupError, match="No cabe"):
        unpack(copy, target)
    assert not list(target.rglob("a"))


@pytest.fixture
def real_copy(transactional_db: None, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (home / "media").mkdir()
    (home / "media" / "f.bin").write_bytes(bytes(range(256)) * 4000)
    return make_backup(tmp_path_factory.mktemp("copias") / "copia.tar.gz").path


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-40],
        lambda data: data[:3000] + b"\x00\x01\x02\x03" + data[3004:],
    ],
    ids=["half", "tail cut", "bytes changed"],
)
def test_a_damaged_copy(real_copy: Path, tmp_path: Path, damage: Damage) -> None:
    assert unpack(real_copy, tmp_path / "sana")["files"]
    real_copy.write_bytes(damage(real_copy.read_bytes()))
    with pytest.raises(BackupError):
        unpack(real_copy, tmp_path / "rota")


@pytest.mark.parametrize("cut", [1, 8, 9, 20])
def test_a_copy_that_lost_only_its_last_bytes(tmp_path: Path, cut: int) -> None:
    """All its files may be there: that nothing is missing is known from the last byte only."""
    copy = tar(tmp_path / "copia.tar.gz")
    assert unpack(copy, tmp_path / "sana")["files"] == {}
    copy.write_bytes(copy.read_bytes()[:-cut])
    with pytest.raises(BackupError, match="dañada"):
        unpack(copy, tmp_path / "rota")


def test_a_copy_that_cannot_be_written_leaves_nothing(
    transactional_db: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_args: object) -> None:
        raise OSError(28, "No space left on device", "copia")

    call_command("check", verbosity=0)
    monkeypatch.setattr("traza.foundation.backup.archive.ArchiveWriter.finish", full_disk)
    with pytest.raises(BackupError, match="No se puede escribir"):
        make_backup()
    assert not list((home / "backups").iterdir())
