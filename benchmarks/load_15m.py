"""15 million observations: loading them beside a bare load, and asking what pages ask."""

from typing import Any

from benchmarks.homes import folder, inside
from benchmarks.references import postgres
from benchmarks.report import Line, Options, number, run_alone

FULL = 14_820_000  # 2,470 municipalities × 300 indicators × 20 years
QUICK = 1_482_000
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
BARE = {"sqlite": "bare executemany", "postgresql": "bare COPY"}


def measure(options: Options) -> list[Line]:
    """Load and ask on SQLite, and on PostgreSQL where there is one."""
    rows = options.rows or (FULL if options.full else QUICK)
    lines = []
    with folder() as home:
        (home / "sqlite").mkdir()
        lines += _one(rows, home / "sqlite")
        for file in (home / "sqlite").glob("*.sqlite3*"):
            file.unlink()
    # PostgreSQL runs as another user, who could not enter a folder of ours.
    with folder() as home:
        home.chmod(0o755)
        with postgres(home / "pg") as url:
            if url is None:
                lines.append(Line("15 M on PostgreSQL", "not measured: PostgreSQL is not here"))
            else:
                (home / "home").mkdir()
                lines += _one(rows, home / "home", DATABASE_URL=url)
    return lines


def _one(rows: int, home: Any, **env: str) -> list[Line]:
    load = inside("load", home, "--rows", str(rows), **env)
    asked = inside("asks", home, **env)
    vendor = str(load["vendor"])
    name, bare = NAMES[vendor], BARE[vendor]
    ratio = load["load_s"] / load["bare_s"]
    series_budget = 1 if vendor == "sqlite" else 2
    lines = [
        Line(
            f"{name}: load {load['rows']:,} observations",
            f"{load['load_s']:.1f} s ({load['rows'] / load['load_s']:,.0f}/s)",
            "≤ 2 × bare",
            f"{bare} {load['bare_s']:.1f} s",
            f"{ratio:.2f} ×",
            ratio <= 2,
        ),
        Line(
            f"{name}: derive latest values and map slices",
            f"{load['derive_s']:.1f} s",
            "",
            f"{bare} {load['bare_s']:.1f} s",
            f"{load['derive_s'] / load['bare_s']:.2f} ×",
        ),
        Line(f"{name}: most memory while loading", f"{load['peak_mb']:.0f} MB"),
    ]
    for key, what, budget in (
        ("series", "one series (20 years of a municipality)", series_budget),
        ("map", "one map (2,470 values)", 5),
        ("ranking", "one ranking (2,470 places, named and in order)", 5),
        ("profile", f"latest of {asked['count']} series in a municipality", 5),
    ):
        ms = asked[key]
        lines.append(Line(f"{name}: {what}", f"{number(ms)} ms", f"≤ {budget} ms", ok=ms <= budget))
    lines.append(
        Line(f"{name}: the catalogue read beside a profile", f"{number(asked['catalogue'])} ms")
    )
    return lines


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
