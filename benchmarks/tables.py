"""An uncached answer about one series beside Datasette's on the same table."""

from benchmarks import references
from benchmarks.homes import folder, inside
from benchmarks.references import Load
from benchmarks.report import Line, Options, median, number, run_alone, say
from benchmarks.sites import get, site

ROUNDS = 3


def measure(options: Options) -> list[Line]:
    """Ask for a table as page and as JSON, without the page store; three rounds in turn."""
    with folder(options.home) as home, folder(options.tools) as tools:
        wrk, command = references.find("wrk", tools), references.find_datasette(tools)
        if wrk is None or command is None:
            return [Line("uncached answers", "not measured: wrk or Datasette is not here")]
        inside("demo", home)
        asked = inside("headline", home)
        root = str(asked["path"]).rstrip("/")
        table = f"/traza/indicators_observation{{}}?series_id={asked['series']}&_size=max"
        pairs = {
            "table page": (f"{root}/tabla/", table.format("")),
            "all values as JSON": (f"{root}.json", table.format(".json")),
        }
        loads: dict[tuple[str, str], list[Load]] = {}
        seconds = 4.0 if options.full else 2.0
        with (
            site(home, stored=False) as ours,
            references.datasette(command, home / "traza.sqlite3") as peer,
        ):
            for what, (mine, theirs) in pairs.items():
                if get(ours, mine).status != 200:
                    raise RuntimeError(f"{mine} does not answer 200")
                say(f"uncached: {what}")
                for _ in range(ROUNDS):
                    for name, server, path in (("ours", ours, mine), ("peer", peer, theirs)):
                        found = references.wrk(
                            wrk, server, path, seconds=seconds, connections=4, encoding="identity"
                        )
                        loads.setdefault((what, name), []).append(found)
    lines = []
    for what in pairs:
        mine_cpu, peer_cpu = (
            median([x.cpu_us for x in loads[what, name]]) / 1000 for name in ("ours", "peer")
        )
        ratio = peer_cpu / mine_cpu
        lines.append(
            Line(
                f"uncached {what} (one series, {asked['rows']:,} values)",
                f"{number(mine_cpu)} ms CPU",
                "≥ 3 × Datasette",
                f"Datasette {number(peer_cpu)} ms CPU",
                f"{ratio:.1f} ×",
                ratio >= 3,
            )
        )
    for key, what, budget in (("one", "one series", 1.5), ("map", "one map", 4)):
        if key in asked:
            cpu, size = asked[key]
            lines.append(
                Line(
                    f"read and written as columns of JSON: {what} ({size:,} values)",
                    f"{number(cpu)} ms CPU",
                    f"≤ {budget} ms",
                    "without the server around it",
                    ok=cpu <= budget,
                )
            )
    return lines


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
