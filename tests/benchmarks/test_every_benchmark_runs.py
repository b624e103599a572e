"""Whoever runs the benchmarks gets a table: each one runs, here on very little.

Nothing is said about time: a machine that does other work is not a failure. References are not
fetched, and what is compared with one that is missing says so.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.homes import inside
from tests.indicators.small_package import write_package

pytestmark = pytest.mark.pure  # they make databases of their own

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("benchmarks")
    write_package(place / "package")
    return place


def run(place: Path, *arguments: str) -> str:
    env = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "TRAZA_BENCH_FETCH": "0",
        "TRAZA_DEMO": str(place / "package"),
        "TRAZA_HOME": str(place / "home"),
        "DJANGO_SETTINGS_MODULE": "traza.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        env=env, cwd=CHECKOUT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def lines(place: Path, name: str) -> list[dict[str, Any]]:
    out = place / f"{name}.json"
    folders = ["--home", str(place / "home"), "--tools", str(place / "tools")]
    shown = run(place, f"benchmarks.{name}", *folders, "--json", str(out))
    found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    assert found
    assert all(line["what"] in shown for line in found)
    return found


def test_publication_tells_pages_and_whether_all_were_made(place: Path) -> None:
    found = lines(place, "publication")
    assert "pages" in found[0]["what"]
    assert not [line for line in found if "could not be made" in line["what"]]


def test_the_weight_of_a_page_is_told_by_kind(place: Path) -> None:
    found = lines(place, "page_weight")
    assert all(line["ok"] for line in found if "HTML + CSS + chart" in line["what"])
    external = [line for line in found if "external requests" in line["what"]]
    assert all(line["measured"] == "0" for line in external)


def test_memory_of_the_web_process_is_told(place: Path) -> None:
    assert "MB resident" in lines(place, "memory")[0]["measured"]


def test_a_correction_reaches_every_address(place: Path) -> None:
    found = lines(place, "correction")
    assert [line["budget"] for line in found] == ["≤ 1 s", "≤ 1 s"]


@pytest.mark.parametrize("name", ["page_store", "tables"])
def test_what_needs_a_reference_is_measured_or_says_that_it_is_missing(
    place: Path, name: str
) -> None:
    found = lines(place, name)
    assert found[0]["ratio"] or "not measured" in found[0]["measured"]


def test_a_small_country_is_loaded_and_asked(place: Path) -> None:
    home = place / "country"
    home.mkdir()
    loaded = inside("load", home, "--rows", "1")
    asked = inside("asks", home)
    assert loaded["rows"] == 2_470 * 20  # one whole series at least
    assert {"series", "map", "ranking", "profile"} <= asked.keys()
