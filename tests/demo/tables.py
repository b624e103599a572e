"""The tables of the example as they are in the repository."""

import csv
import gzip
import io
from functools import cache
from pathlib import Path

LAGUNA = Path(__file__).resolve().parents[2] / "demo" / "laguna"

Row = dict[str, str]
Key = tuple[str, str, str]


@cache
def table(name: str) -> list[Row]:
    """Return the rows of a table of the package."""
    path = LAGUNA / f"{name}.csv"
    packed = LAGUNA / f"{name}.csv.gz"
    text = (
        path.read_text("utf-8") if path.exists() else gzip.decompress(packed.read_bytes()).decode()
    )
    return list(csv.DictReader(io.StringIO(text)))


@cache
def values(series: str) -> dict[tuple[str, str], float]:
    """Return the numbers of a series by (TIME_PERIOD, REF_AREA)."""
    return {
        (row["TIME_PERIOD"], row["REF_AREA"]): float(row["OBS_VALUE"])
        for row in table("observations")
        if row["series"] == series and row["OBS_VALUE"]
    }


def key(row: Row) -> Key:
    """Return the key of a row of observations."""
    return row["series"], row["TIME_PERIOD"], row["REF_AREA"]
