"""Reading the folder of facts and the words written by hand beside this code."""

import csv
import json
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, str]
_WORDS = Path(__file__).parent / "words"


def words(name: str) -> list[Row]:
    """Return a table written by hand (``words/<name>.csv``)."""
    return _read(_WORDS / f"{name}.csv")


class Facts:
    """The tables of the facts, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def table(self, name: str, delimiter: str = ",") -> list[Row]:
        """Return the rows of a table by its path inside the folder."""
        return _read(self.folder / name, delimiter)

    def features(self, name: str) -> list[dict[str, Any]]:
        """Return the features of a GeoJSON file of ``geo/``."""
        text = (self.folder / "geo" / name).read_text(encoding="utf-8")
        found: list[dict[str, Any]] = json.loads(text)["features"]
        return found

    @cached_property
    def indicators(self) -> list[Row]:
        """Every indicator of the old system, with and without observations."""
        return self.table("indicators.csv")

    @cached_property
    def observations(self) -> list[Row]:
        """Every observation of the old system."""
        return self.table("observations.csv")


def _read(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
