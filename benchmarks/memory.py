"""Memory of the web process after it has served every kind of page of the demo."""

from benchmarks.homes import folder, inside
from benchmarks.report import Line, Options, run_alone, say
from benchmarks.sites import get, site


def measure(options: Options) -> list[Line]:
    """Read many pages, stored and not, and weigh the process that answered."""
    with folder(options.home) as home:
        paths = [str(path) for path in inside("demo", home)["eager"]]
        step = 1 if options.full else 12
        with site(home) as server:
            get(server, "/")
            first = max(server.memory().values())
            say(f"memory: {len(paths[::step]):,} pages")
            for path in paths[::step]:
                get(server, path)
            memory = server.memory()
        # The one that answers is the largest; the others start it and watch over it.
        web = max(memory.values())
        return [
            Line(
                f"web process after {len(paths[::step]):,} different pages",
                f"{web:.0f} MB resident",
                "≤ 200 MB",
                f"after the first page {first:.0f} MB",
                ok=web <= 200,
            ),
            Line("… with the processes that watch over it", f"{sum(memory.values()):.0f} MB"),
        ]


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
