"""The references: nginx, wrk, Datasette and PostgreSQL. Had for the run, never installed.

What the machine has is used. Otherwise, on a Debian, packages are unpacked (not installed) into a
folder of the run, and Datasette gets an environment of its own there.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Server, free_port, serving
from benchmarks.report import say

_PACKAGES = {"nginx": ["nginx"], "wrk": ["wrk", "libluajit-5.1-2"]}
CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Load:
    """What a server did under wrk: requests per second, and processor time for each."""

    per_second: float
    cpu_us: float
    errors: int


def find(name: str, tools: Path) -> list[str] | None:
    """Return the command of nginx or wrk, fetched when missing; None when it cannot be had."""
    if own := shutil.which(name):
        return [own]
    root = tools / "root"
    for place in ("usr/sbin", "usr/bin"):
        if not (root / place / name).exists():
            _unpack(_PACKAGES[name], tools)
        if (root / place / name).exists():
            libraries = [str(p.parent) for p in root.glob("usr/lib/*/lib*.so.*")]
            return ["env", f"LD_LIBRARY_PATH={':'.join(libraries)}", str(root / place / name)]
    say(f"{name} cannot be had here: what is compared with it is left out")
    return None


def _may_fetch() -> bool:
    """Tell whether references may be fetched: not when ``TRAZA_BENCH_FETCH`` is 0."""
    return os.environ.get("TRAZA_BENCH_FETCH", "1") != "0"


def _unpack(packages: list[str], tools: Path) -> None:
    if not _may_fetch() or not shutil.which("apt-get") or not shutil.which("dpkg"):
        return
    debs = tools / "debs"
    debs.mkdir(parents=True, exist_ok=True)
    for command in (["apt-get", "download", "-qq", *packages], ["apt-get", "update", "-qq"]):
        if _quiet(command, debs):
            break
    else:
        _quiet(["apt-get", "download", "-qq", *packages], debs)
    for deb in debs.glob("*.deb"):
        _quiet(["dpkg", "-x", str(deb), str(tools / "root")], debs)


def _quiet(command: list[str], folder: Path) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode == 0


def find_datasette(tools: Path) -> str | None:
    """Return Datasette's command from an environment of its own, made when missing."""
    if own := shutil.which("datasette"):
        return own
    command = tools / "datasette/bin/datasette"
    if not command.exists():
        if not _may_fetch():
            return None
        say("Datasette: an environment for this run")
        tools.mkdir(parents=True, exist_ok=True)
        base = sys.executable if sys.prefix == sys.base_prefix else _base_python()
        made = _quiet([base, "-m", "venv", "datasette"], tools)
        pip = [str(tools / "datasette/bin/pip"), "install", "--quiet", "datasette"]
        if not (made and _quiet(pip, tools)):
            say("Datasette cannot be had here: what is compared with it is left out")
            return None
    return str(command)


def _base_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}")


@contextmanager
def nginx(command: list[str], folder: Path, headers: dict[str, str]) -> Iterator[Server]:
    """Serve the files of a folder with one nginx process and these headers."""
    port = free_port()
    added = "".join(f"add_header {name} '{value}';" for name, value in headers.items())
    work = folder.parent / "nginx"
    work.mkdir(exist_ok=True)
    paths = "".join(
        f"{kind}_temp_path {work}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {work}/pid; error_log {work}/error.log; {owner}"
        "events { worker_connections 512; }"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; {paths}"
        "open_file_cache max=100; default_type text/html;"
        f"server {{ listen 127.0.0.1:{port}; root {folder}; {added} }} }}",
        encoding="utf-8",
    )
    with serving([*command, "-p", str(work), "-c", str(work / "nginx.conf")], port) as server:
        yield server


@contextmanager
def datasette(command: str, database: Path) -> Iterator[Server]:
    """Serve a database with Datasette, its limit of rows wide enough for a map."""
    port = free_port()
    limits = ["--setting", "max_returned_rows", "5000", "--setting", "sql_time_limit_ms", "60000"]
    with serving([command, "serve", str(database), "-p", str(port), *limits], port) as server:
        yield server


def wrk(
    command: list[str],
    server: Server,
    path: str,
    *,
    seconds: float = 4,
    connections: int = 16,
    encoding: str = "br",
) -> Load:
    """Ask one address again and again; a first second warms up and is not counted."""
    base = [*command, "-t1", f"-c{connections}", "-H", f"Accept-Encoding: {encoding}"]
    base += ["--timeout", "30s", f"{server.url}{path}"]
    subprocess.run([*base[:-1], "-d1s", base[-1]], capture_output=True, check=True)
    before = server.cpu_seconds()
    told = subprocess.run(
        [*base[:-1], f"-d{seconds:.0f}s", base[-1]], capture_output=True, check=True, text=True
    ).stdout
    spent = server.cpu_seconds() - before
    requests = int(_search(r"(\d+) requests in", told))
    errors = int(_search(r"Non-2xx or 3xx responses: (\d+)", told, "0"))
    return Load(
        per_second=float(_search(r"Requests/sec:\s+([\d.]+)", told)),
        cpu_us=spent / max(requests, 1) * 1e6,
        errors=errors,
    )


def _search(pattern: str, text: str, default: str = "") -> str:
    found = re.search(pattern, text)
    if found is None and not default:
        raise RuntimeError(f"wrk said something else: {text}")
    return found[1] if found else default


@contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """Start a PostgreSQL of the run and yield its URL, or None where there is none."""
    script = str(CHECKOUT / "tools/postgres.sh")
    env = {**os.environ, "TRAZA_TEST_PG": str(folder)}
    started = subprocess.run(
        [script, "start"], env=env, capture_output=True, text=True, check=False
    )
    if started.returncode:
        say("PostgreSQL cannot be had here: it is left out")
        yield None
        return
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run([script, "stop"], env=env, capture_output=True, check=False)
