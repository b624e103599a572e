"""Servers started for a measurement: their port, processor time and memory."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A running server and the processes below it."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """Return its address without a final slash."""
        return f"http://127.0.0.1:{self.port}"

    def tree(self) -> list[int]:
        """Return the ids of its processes, itself first."""
        found = [self.pid]
        for pid in found:
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(child) for child in children.read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """Return the processor time that it and its children have taken."""
        total = 0
        for pid in self.tree():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
        return total / _TICK

    def memory(self) -> dict[int, float]:
        """Return the resident memory of each of its processes, in MB."""
        return {pid: _status_mb(pid, "VmRSS") for pid in self.tree()}


def _status_mb(pid: int, name: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def peak_mb() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return _status_mb(os.getpid(), "VmHWM")


@contextmanager
def serving(
    command: Sequence[str], port: int, env: Mapping[str, str] | None = None, wait: float = 60
) -> Iterator[Server]:
    """Run a server until it is no longer needed; raise RuntimeError when it does not open."""
    child = subprocess.Popen(
        command,
        env={**os.environ, **(env or {})},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait(child, port, wait)
        yield Server(child.pid, port)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        if child.stderr:
            child.stderr.close()


def _wait(child: "subprocess.Popen[bytes]", port: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if child.poll() is not None:
            told = child.stderr.read().decode(errors="replace")[-2000:] if child.stderr else ""
            raise RuntimeError(f"{child.args!r} ended before it opened: {told}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.5):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{child.args!r} did not open port {port} within {seconds:.0f} s")
