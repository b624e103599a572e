"""``traza serve``: the site and the work behind it, on one port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import connections

from traza.cli.install import require_home
from traza.cli.parser import Parser
from traza.cli.say import fail, say
from traza.settings import env

#: Granian's default for WSGI would open a database connection in each of 32 threads.
BLOCKING_THREADS = 4
BACKPRESSURE = 64
STOP_SECONDS = 15
#: Threads share the allocator's pools and what a large file took goes back at once: the site
#: stays 25 MB smaller (glibc only; elsewhere nobody reads these).
LEAN = {"MALLOC_ARENA_MAX": "2", "MALLOC_TRIM_THRESHOLD_": "131072"}


def run(arguments: list[str]) -> None:
    """Serve until stopped."""
    parser = Parser("serve", "Abre el sitio y el trabajo de fondo en un solo puerto.")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="DIRECCIÓN", help="dirección en la que escucha"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=env.integer("TRAZA_PORT", 8000),
        metavar="N",
        help="puerto (si no, TRAZA_PORT o 8000)",
    )
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="procesos del sitio")
    parser.add_argument(
        "--threads", type=int, default=BLOCKING_THREADS, metavar="N", help="hilos por proceso"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--web-only", action="store_true", help="solo el sitio")
    only.add_argument("--worker-only", action="store_true", help="solo el trabajo de fondo")
    given = parser.parse_args(arguments)
    require_home()
    connections.close_all()
    if given.worker_only:
        os.execv(sys.executable, _worker_command())  # noqa: S606
    serve(
        host=given.host,
        port=given.port,
        workers=given.workers,
        threads=given.threads,
        worker=not given.web_only,
    )


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 1,
    threads: int = BLOCKING_THREADS,
    worker: bool = True,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Run web and worker as children; one that falls is raised again, a signal stops both."""
    _free_port_or_leave(host, port)
    commands = {"sitio": _web_command(host, port, workers, threads)}
    if worker:
        commands["trabajo de fondo"] = _worker_command()
    environment = {**LEAN, **os.environ}
    children = {
        name: subprocess.Popen(command, env=environment)  # noqa: S603
        for name, command in commands.items()
    }
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        if not _wait_for_port(host, port, children["sitio"], lambda: stopping):
            if not stopping:
                fail(f"El sitio no pudo abrirse en el puerto {port}; el motivo está arriba.")
            return
        say(f"Traza está en {_address(host, port)}   Personal: {_address(host, port)}/admin/")
        ready()
        falls: dict[str, list[float]] = {name: [] for name in children}
        while not stopping:
            time.sleep(0.3)
            for name, child in children.items():
                if stopping or child.poll() is None:
                    continue
                recent = [t for t in falls[name] if t > time.monotonic() - 60]
                if len(recent) >= 5:
                    fail(
                        f"El {name} se detuvo {len(recent)} veces en un minuto: revise lo escrito."
                    )
                falls[name] = [*recent, time.monotonic()]
                say(f"El {name} se detuvo (código {child.returncode}); se levanta otra vez.")
                time.sleep(min(2 ** len(recent), 10))
                children[name] = subprocess.Popen(commands[name], env=environment)  # noqa: S603
    finally:
        _stop(list(children.values()))


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _web_command(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--backpressure",
        str(max(BACKPRESSURE, threads)),
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level",
        "warning",
        "traza.wsgi:application",
    ]


def _worker_command() -> list[str]:
    return [sys.executable, "-c", "from traza.cli import main; main()", "work"]


def _address(host: str, port: int) -> str:
    if host in {"127.0.0.1", "localhost"}:
        base = str(settings.TRAZA_BASE_URL)
        return base if base.endswith(f":{port}") else f"http://localhost:{port}"
    return f"http://{host}:{port}"


def _free_port_or_leave(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            fail(f"El puerto {port} está ocupado. Con otro: «traza serve --port {port + 1}».")


def _wait_for_port(
    host: str, port: int, child: "subprocess.Popen[bytes]", stopped: Callable[[], bool]
) -> bool:
    where = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and child.poll() is None and not stopped():
        try:
            with socket.create_connection((where, port), timeout=0.5):
                return True
        except OSError:
            time.sleep(0.1)
    return False
