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
    each = seconds / max(pages, 1)
    wrong = [*found["failed"], *found["not_kept"], *found["broken"]]
    cpu = found["pages_cpu_s"]
    of_each = cpu / max(pages, 1) * 1000
    sampled = found["sample_cpu_s"] / max(found["sample"], 1) * 1000
    lines = [
        Line(
            f"full publication of the demo ({pages:,} pages)",
            f"{seconds:.1f} s ({1 / each:.0f} pages/s)",
            "≤ 60 s on 2 cores",
            ok=seconds <= 60,
        ),
        Line(
            "… processor time",
            f"{cpu:.1f} s, half of it on each of two cores: {cpu / 2:.1f} s",
            "",
            f"{os.cpu_count()} cores here",
        ),
        Line(
            "… linear: processor time of a page",
            f"{of_each:.1f} ms",
            "as in a fourth",
            f"a fourth of the pages {sampled:.1f} ms",
            f"{of_each / sampled:.2f} ×",
            of_each <= 1.25 * sampled,
        ),
        Line("… files for everyone (CSV, Parquet)", f"{found['files_s']:.1f} s"),
        Line("… on disk", f"{found['bytes'] / 1e6:.0f} MB"),
    ]
    if wrong:
        lines.append(Line("… could not be made", f"{len(wrong)}: {wrong[0]}", "none", ok=False))
    return lines


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
