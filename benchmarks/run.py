"""Every budget in one run, each beside its reference: ``make bench``.

``--quick`` (the default) takes a few minutes; ``--full`` measures the sizes of the budgets. Each
benchmark runs in a process of its own, and one that fails does not stop the others.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.homes import folder, inside
from benchmarks.references import CHECKOUT
from benchmarks.report import Line, say, table

#: Publication first: those that follow read what it left.
ALL = ("publication", "page_store", "tables", "page_weight", "memory", "correction", "load_15m")


def main() -> None:
    """Run the benchmarks asked for and print one table; exit 1 only when one could not run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="smaller sizes (the default)")
    size.add_argument("--full", action="store_true", help="the sizes of the budgets")
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL, help="only these")
    parser.add_argument("--rows", type=int, help="observations to load")
    parser.add_argument("--home", type=Path, help="keep the demo here between runs")
    parser.add_argument("--tools", type=Path, help="keep the references here between runs")
    given = parser.parse_args()
    lines: list[Line] = []
    failed: list[str] = []
    with folder(given.home) as home, folder(given.tools) as tools, TemporaryDirectory() as out:
        if set(given.only) - {"load_15m"}:
            say("the demo is loaded")
            inside("demo", home)
        for name in ALL:
            if name not in given.only:
                continue
            result = Path(out) / f"{name}.json"
            command = [sys.executable, "-m", f"benchmarks.{name}", "--json", str(result)]
            command += ["--home", str(home), "--tools", str(tools)]
            command += ["--full"] if given.full else []
            command += ["--rows", str(given.rows)] if given.rows else []
            done = subprocess.run(command, cwd=CHECKOUT, stdout=subprocess.DEVNULL, check=False)
            if done.returncode or not result.exists():
                failed.append(name)
                lines.append(Line(name, "could not be measured: see above"))
                continue
            lines += [Line(**line) for line in json.loads(result.read_text(encoding="utf-8"))]
    sys.stdout.write(f"\n{table(lines)}\n")
    over = [line.what for line in lines if line.ok is False]
    sys.stdout.write(f"\n{len(over)} over budget.\n" if over else "\nAll within budget.\n")
    if failed:
        sys.exit(1)


if __name__ == "__main__":
    main()
