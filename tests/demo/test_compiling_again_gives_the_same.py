"""The compiler makes, from the facts, the very bytes that are in the repository."""

from pathlib import Path

import pytest

from demo.compile.__main__ import compile_package
from tests.demo.tables import LAGUNA
from tests.shared import shared_file

pytestmark = pytest.mark.pure


def test_compiling_again_gives_the_same(tmp_path: Path) -> None:
    compile_package(shared_file("facts"), tmp_path / "laguna")
    made = {p.relative_to(tmp_path / "laguna"): p.read_bytes() for p in _files(tmp_path / "laguna")}
    kept = {p.relative_to(LAGUNA): p.read_bytes() for p in _files(LAGUNA) if p.suffix != ".md"}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == []


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
