"""Publish a data folder: at a fourth of its pages first, then whole, timing both."""

import argparse
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TextIO

import django
from django.conf import settings

django.setup()

from benchmarks.inside import tell  # noqa: E402
from benchmarks.report import say  # noqa: E402
from traza.publishing.publication import (  # noqa: E402
    build_artefacts,
    eager_paths,
    publish,
    render,
)


def main() -> None:
    """Tell how long it took, and what could not be made."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--timed", action="store_true", help="from nothing, a sample before")
    given = parser.parse_args()
    found: dict[str, object] = {}
    if given.timed:
        _forget()
        paths = eager_paths()
        # Blocks, not every fourth: neighbours are made from the same values, as in the whole.
        sample = [path for n, path in enumerate(paths) if n // 40 % 4 == 0]
        say(f"publication: {len(sample):,} pages, a fourth")
        before = _cpu()
        for _ in render(sample, 2):
            pass
        found |= {"sample": len(sample), "sample_cpu_s": _cpu() - before}
        _forget()
        say(f"publication: all {len(paths):,} pages")
    began, cpu = time.perf_counter(), _cpu()
    report = publish()
    pages_s, pages_cpu_s = time.perf_counter() - began, _cpu() - cpu
    began = time.perf_counter()
    # What a builder prints must not mix with the findings.
    told: TextIO = sys.stdout
    sys.stdout = sys.stderr
    broken = build_artefacts()
    sys.stdout = told
    tell(
        {
            **found,
            "pages": report.pages,
            "pages_s": pages_s,
            "pages_cpu_s": pages_cpu_s,
            "files_s": time.perf_counter() - began,
            "failed": [f"{path}: {error}" for path, error in report.failed][:20],
            "not_kept": report.not_kept[:20],
            "broken": [f"{name}: {error}" for name, error in broken],
            "bytes": sum(
                file.stat().st_size for file in Path(settings.TRAZA_HOME).glob("pages/**/*.page")
            ),
        }
    )


def _cpu() -> float:
    """Return the processor time taken so far by this process and by its children that ended."""
    return sum(os.times()[:4])


def _forget() -> None:
    shutil.rmtree(Path(settings.TRAZA_HOME) / "pages", ignore_errors=True)


if __name__ == "__main__":
    main()
