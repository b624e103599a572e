"""From the approval of a corrected value until it is public everywhere at the origin."""

import threading
import time
from pathlib import Path

from benchmarks.homes import folder, inside
from benchmarks.processes import Server
from benchmarks.report import Line, Options, median, run_alone, say
from benchmarks.sites import get, site

#: What must change: page, table, chart, files, versions, and the feeds that tell of it.
PARTS = ("/", ".csv", ".json", ".xlsx", ".svg", "/tabla/", "/versiones/", "/feed.atom")
FILES = (".csv", ".json", ".xlsx")
SITE = ("/feed.atom", "/rss.xml")
#: The demo's largest: 47,000 values of places of the country in every file.
PREFERRED = "/indicadores/sociedad-poblacion-total/"
PATIENCE = 20.0


def measure(options: Options) -> list[Line]:
    """Correct a value several times over while everything about it is being read."""
    with folder(options.home) as home:
        found = inside("demo", home)
        indicators = [str(path) for path in found["indicators"]]
        chosen = PREFERRED if PREFERRED in indicators else indicators[0]
        if options.full:
            say("correction: the whole demo is published first")
            inside("pages", home)
        usual = [path for path in indicators if path != chosen][:1]
        with site(home) as server:
            turns = 5 if options.full else 3
            return [
                line for path in [*usual, chosen] for line in _correct(home, server, path, turns)
            ]


def _correct(home: Path, server: Server, path: str, turns: int) -> list[Line]:
    root, slug = path.rstrip("/"), path.split("/")[2]
    wanted = [f"{root}{part}" for part in PARTS] + list(SITE)
    paths = [one for one in wanted if get(server, one).status == 200]
    pages, everything, whole, slowest = [], [], [], ""
    for turn in range(turns):
        say(f"correction {turn + 1}: {slug}, {len(paths)} addresses")
        watch = _Watch(server, paths)
        told = inside("correct", home, "--slug", slug, TRAZA_BASE_URL=server.url)
        seen = watch.wait(told["approved"] + PATIENCE)
        after = {one: at - told["approved"] for one, at in seen.items()}
        slowest = max(after, key=lambda one: after[one])
        pages.append(max(at for one, at in after.items() if not one.endswith(FILES)))
        everything.append(after[slowest])
        whole.append(seen[slowest] - told["began"])
        in_order = sorted(after.items(), key=lambda item: item[1])
        say(", ".join(f"{one.removeprefix(root)} {at:.2f}" for one, at in in_order))
    which = f"an indicator of {told['values']:,} values"
    return [
        Line(
            f"correction → page, table, chart, feeds: {which}",
            f"{median(pages):.2f} s after approval (worst {max(pages):.2f})",
            "≤ 1 s",
            ok=median(pages) <= 1,
        ),
        Line(
            f"correction → CSV, XLSX, JSON too: {which}",
            f"{median(everything):.2f} s after approval (worst {max(everything):.2f})",
            "≤ 1 s",
            f"last: {slowest.removeprefix(root)}; from the click {median(whole):.2f} s",
            ok=median(everything) <= 1,
        ),
    ]


class _Watch:
    """Readers, one for each address, that ask again and again until it says something else."""

    def __init__(self, server: Server, paths: list[str]) -> None:
        self.server = server
        self.seen: dict[str, float] = {}
        self.stopped = threading.Event()
        before = {path: get(server, path).headers.get("etag", "") for path in paths}
        self.threads = [
            threading.Thread(target=self._read, args=item, daemon=True) for item in before.items()
        ]
        for thread in self.threads:
            thread.start()

    def _read(self, path: str, before: str) -> None:
        while not self.stopped.is_set():
            answer = get(self.server, path, unless=before)
            if answer.status == 200 and answer.headers.get("etag", "") != before:
                self.seen[path] = time.time()
                return
            self.stopped.wait(0.05)

    def wait(self, until: float) -> dict[str, float]:
        """Return when each address changed; raise RuntimeError when one did not."""
        for thread in self.threads:
            thread.join(max(0.0, until - time.time()))
        self.stopped.set()
        if len(self.seen) < len(self.threads):
            raise RuntimeError(f"only changed {PATIENCE:.0f} s after approval: {list(self.seen)}")
        return self.seen


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
