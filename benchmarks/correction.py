"""From the approval of a corrected value until it is public everywhere at the origin."""

import threading
import time

from benchmarks.homes import folder, inside
from benchmarks.processes import Server
from benchmarks.report import Line, Options, median, run_alone, say
from benchmarks.sites import get, site

#: What must change: page, table, chart, files, versions, and the feeds that tell of it.
PARTS = ("/", ".csv", ".json", ".xlsx", ".svg", "/tabla/", "/versiones/", "/feed.atom")
SITE = ("/feed.atom", "/rss.xml")
PREFERRED = "/indicadores/seguridad-homicidios/"
PATIENCE = 20.0


def measure(options: Options) -> list[Line]:
    """Correct a value several times over while everything about it is being read."""
    with folder(options.home) as home:
        found = inside("demo", home)
        indicators = [str(path) for path in found["indicators"]]
        chosen = PREFERRED if PREFERRED in indicators else indicators[0]
        root, slug = chosen.rstrip("/"), chosen.split("/")[2]
        if options.full:
            say("correction: the whole demo is published first")
            inside("pages", home)
        after, whole, slowest = [], [], ""
        with site(home) as server:
            wanted = [f"{root}{part}" for part in PARTS] + list(SITE)
            paths = [path for path in wanted if get(server, path).status == 200]
            for turn in range(5 if options.full else 3):
                say(f"correction {turn + 1}: {slug}, {len(paths)} addresses")
                watch = _Watch(server, paths)
                told = inside("correct", home, "--slug", slug, TRAZA_BASE_URL=server.url)
                seen = watch.wait(told["approved"] + PATIENCE)
                last = max(seen, key=lambda path: seen[path])
                after.append(seen[last] - told["approved"])
                whole.append(seen[last] - told["began"])
                slowest = last
        return [
            Line(
                f"corrected value approved → public at {len(paths)} addresses",
                f"{median(after):.2f} s after approval (worst {max(after):.2f})",
                "≤ 1 s",
                f"last: {slowest}",
                ok=max(after) <= 1,
            ),
            Line("… from the click that approves", f"{median(whole):.2f} s"),
        ]


class _Watch:
    """Readers that ask each address again and again until it says something else."""

    def __init__(self, server: Server, paths: list[str]) -> None:
        self.server = server
        self.paths = paths
        self.before = {path: get(server, path).headers.get("etag", "") for path in paths}
        self.seen: dict[str, float] = {}
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        while not self.stopped.is_set() and len(self.seen) < len(self.paths):
            for path in self.paths:
                if path in self.seen:
                    continue
                answer = get(self.server, path)
                if answer.status == 200 and answer.headers.get("etag", "") != self.before[path]:
                    self.seen[path] = time.time()
            time.sleep(0.02)

    def wait(self, until: float) -> dict[str, float]:
        """Return when each address changed; raise RuntimeError when one did not."""
        self.thread.join(max(0.0, until - time.time()))
        self.stopped.set()
        if missing := [path for path in self.paths if path not in self.seen]:
            raise RuntimeError(f"not changed {PATIENCE:.0f} s after approval: {missing}")
        return self.seen


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
