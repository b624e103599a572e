"""What a benchmark found, and how it is printed: one line for each budget."""

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Line:
    """One measured budget.

    ``measured``, ``budget`` and ``reference`` are words with their units; ``ratio`` is measured
    against the reference; ``ok`` is None where no budget is set (the line only informs).
    """

    what: str
    measured: str
    budget: str = ""
    reference: str = ""
    ratio: str = ""
    ok: bool | None = None


@dataclass(frozen=True)
class Options:
    """What was asked of a benchmark."""

    full: bool
    home: Path | None
    tools: Path | None
    rows: int | None


HEAD = ("what", "measured", "budget", "reference", "ratio", "")


def table(lines: Sequence[Line]) -> str:
    """Return the lines as an aligned table."""
    rows = [(x.what, x.measured, x.budget, x.reference, x.ratio, _verdict(x.ok)) for x in lines]
    widths = [max(len(row[i]) for row in [HEAD, *rows]) for i in range(len(HEAD))]
    ruled = [HEAD, tuple("-" * width for width in widths), *rows]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in ruled
    )


def _verdict(ok: bool | None) -> str:
    return "" if ok is None else "ok" if ok else "OVER"


def number(value: float) -> str:
    """Return a number with three significant figures and thousands set apart."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def median(values: Sequence[float]) -> float:
    """Return the middle value (the upper one of two)."""
    return sorted(values)[len(values) // 2]


def run_alone(measure: Callable[[Options], list[Line]], description: str) -> None:
    """Run one benchmark from the shell: read its options, print its table."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--full", action="store_true", help="the sizes of the budgets")
    parser.add_argument("--rows", type=int, help="observations to load, where that is measured")
    parser.add_argument("--home", type=Path, help="a data folder with the demo loaded")
    parser.add_argument("--tools", type=Path, help="where the references are kept between runs")
    parser.add_argument("--json", type=Path, help="also write the lines to this file")
    given = parser.parse_args()
    lines = measure(Options(given.full, given.home, given.tools, given.rows))
    if given.json:
        given.json.write_text(json.dumps([asdict(line) for line in lines]), encoding="utf-8")
    sys.stdout.write(table(lines) + "\n")


def say(text: str) -> None:
    """Tell what is being done, away from the table."""
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()
