"""Documents name only what exists: files, pictures, commands, targets, settings."""

import re
from pathlib import Path

import pytest

from traza.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "demo" / "README.md"]
)
SETTING = re.compile(r"\b(?:TRAZA_[A-Z_]*[A-Z]|DATABASE_URL)\b")

pytestmark = pytest.mark.pure


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_and_pictures_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    local = [link.partition("#")[0] for link in links if "://" not in link]
    assert [link for link in local if link and not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_commands_and_targets_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= targets
    commands = re.findall(r"(?:`|^    )traza ([a-z_]+)", text, re.MULTILINE)
    django = {
        p.stem
        for p in (ROOT / "src").rglob("management/commands/*.py")
        if not p.stem.startswith("_")
    }
    assert set(commands) <= set(COMMANDS) | django


def test_every_setting_is_written_down_and_no_other() -> None:
    code = [
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "tools").glob("*.sh"),
        *(ROOT / "tests").glob("*.py"),
        *(ROOT / "tests" / "journeys").glob("*.py"),
    ]
    used = {found for file in code for found in SETTING.findall(file.read_text(encoding="utf-8"))}
    told = set(SETTING.findall((ROOT / "docs" / "operation.md").read_text(encoding="utf-8")))
    assert told - used == set()
    assert used - told - {"TRAZA_BASE_URL_"} == set()
