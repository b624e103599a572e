"""Publishing the whole demo from nothing, and whether it is linear in its pages."""

import os

from benchmarks.homes import folder, inside
from benchmarks.report import Line, Options, run_alone


def measure(options: Options) -> list[Line]:
    """Publish a fourth of the pages, then all of them, in an empty store of pages."""
    with folder(options.home) as home:
        inside("demo", home)
        found = inside("pages", home, "--timed")
    pages, seconds = found["pages"], found["pages_s"]
    each, sampled = seconds / max(pages, 1), found["sample_s"] / max(found["sample"], 1)
    wrong = [*found["failed"], *found["not_kept"], *found["broken"]]
    cpu = found["pages_cpu_s"]
    lines = [
        Line(
            f"full publication of the demo ({pages:,} pages)",
            f"{seconds:.1f} s ({1 / each:.0f} pages/s)",
            "≤ 60 s on 2 cores",
            f"a fourth of the pages: {sampled * 1000:.1f} ms each",
            f"{each / sampled:.2f} × a page of the fourth",
            seconds <= 60,
        ),
        Line(
            "… processor time",
            f"{cpu:.1f} s ({cpu / max(pages, 1) * 1000:.1f} ms a page)",
            "",
            f"{cpu / 2:.1f} s on two cores of its own; {os.cpu_count()} cores here",
        ),
        Line("… files for everyone (CSV, Parquet)", f"{found['files_s']:.1f} s"),
        Line("… on disk", f"{found['bytes'] / 1e6:.0f} MB"),
    ]
    if wrong:
        lines.append(Line("… could not be made", f"{len(wrong)}: {wrong[0]}", "none", ok=False))
    return lines


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
