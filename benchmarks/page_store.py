"""A stored public page beside nginx with the same bytes, and beside Datasette's table page."""

from pathlib import Path

from benchmarks import references
from benchmarks.homes import folder, inside
from benchmarks.processes import Server
from benchmarks.references import Load
from benchmarks.report import Line, Options, median, number, run_alone, say
from benchmarks.sites import Answer, get, site

ROUNDS = 3


def measure(options: Options) -> list[Line]:
    """Ask all three in turn, three times over, and compare the medians."""
    with folder(options.home) as home, folder(options.tools) as tools:
        wrk = references.find("wrk", tools)
        if wrk is None:
            return [Line("a stored public page", "not measured: wrk is not here")]
        demo = inside("demo", home)
        paths = demo["indicators"]
        path = str(paths[len(paths) // 2] if paths else "/")
        seconds = 4.0 if options.full else 2.0
        with site(home) as ours:
            page = get(ours, path)
            if page.status != 200:
                raise RuntimeError(f"{path} answered {page.status}")
            nginx = references.find("nginx", tools)
            command = references.find_datasette(tools)
            series = inside("headline", home)["series"]
            return _compare(home, ours, page, path, wrk, nginx, command, seconds, series)


def _compare(
    home: Path,
    ours: Server,
    page: Answer,
    path: str,
    wrk: list[str],
    nginx: list[str] | None,
    datasette: str | None,
    seconds: float,
    series: int,
) -> list[Line]:
    size = f"{len(page.sent) / 1000:.1f} kB brotli"
    say(f"a stored page ({path}, {size}) under wrk")
    loads: dict[str, list[Load]] = {"ours": [], "nginx": [], "datasette": []}
    for _ in range(ROUNDS):
        loads["ours"].append(references.wrk(wrk, ours, path, seconds=seconds))
        if nginx:
            with folder() as bare:
                bare.chmod(0o755)
                (bare / "www").mkdir()
                (bare / "www/page.html").write_bytes(page.sent)
                headers = {"Content-Encoding": "br", "Vary": "Accept-Encoding"}
                with references.nginx(nginx, bare / "www", headers) as server:
                    loads["nginx"].append(
                        references.wrk(wrk, server, "/page.html", seconds=seconds)
                    )
        if datasette:
            database = home / "traza.sqlite3"
            with references.datasette(datasette, database) as server:
                table = f"/traza/indicators_observation?series_id={series}"
                loads["datasette"].append(
                    references.wrk(wrk, server, table, seconds=2 * seconds, connections=4)
                )
    speed = {name: median([x.per_second for x in found]) for name, found in loads.items() if found}
    cpu = median([x.cpu_us for x in loads["ours"]])
    mine = speed["ours"]
    told = f"{mine:,.0f} requests/s"
    lines = []
    if "nginx" in speed:
        ratio = mine / speed["nginx"]
        reference = f"nginx {speed['nginx']:,.0f}/s, the same bytes"
        lines.append(
            Line(
                f"a stored page ({size})",
                told,
                "≥ 30 % of nginx",
                reference,
                f"{ratio:.0%}",
                ratio >= 0.3,
            )
        )
    else:
        lines.append(Line(f"a stored page ({size})", told, "≥ 30 % of nginx", "nginx is not here"))
    nginx_cpu = f"nginx {median([x.cpu_us for x in loads['nginx']]):.0f} µs" if nginx else ""
    lines.append(
        Line("… processor time for each", f"{cpu:.0f} µs", "≤ 40 µs", nginx_cpu, ok=cpu <= 40)
    )
    if "datasette" in speed:
        ratio = mine / speed["datasette"]
        reference = f"Datasette's table page {number(speed['datasette'])}/s"
        lines.append(
            Line(
                "… beside the best dynamic peer",
                told,
                "≥ 100 ×",
                reference,
                f"{ratio:,.0f} ×",
                ratio >= 100,
            )
        )
    return lines


if __name__ == "__main__":
    run_alone(measure, __doc__ or "")
