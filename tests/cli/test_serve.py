"""``traza serve``: site and background work on one port; what falls rises; stopping stops all."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.installation import Installation


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[int, str]:
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if parent == pid:
            found[int(entry.name)] = command
    return found


def health(port: int) -> dict[str, object]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/salud", timeout=10) as answer:
        state: dict[str, object] = json.load(answer)
        return state


def wait_for(what: object, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if what():  # type: ignore[operator]
                return
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail("no llegó a tiempo")


def serve(here: Installation, port: int) -> "subprocess.Popen[str]":
    env = {"TRAZA_BASE_URL": f"http://127.0.0.1:{port}"}
    return here.start("serve", "--port", str(port), **env)


def test_site_and_work_on_one_port(prepared: Installation) -> None:
    port = free_port()
    process = serve(prepared, port)
    try:
        assert process.stdout
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        wait_for(lambda: health(port)["worker"])
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
            assert answer.status == 200
            assert "Instituto de Prueba" in answer.read().decode()

        (worker,) = [
            p for p, command in children(process.pid).items() if command.rstrip().endswith(" work")
        ]
        os.kill(worker, signal.SIGKILL)
        wait_for(
            lambda: [
                p
                for p, c in children(process.pid).items()
                if c.rstrip().endswith(" work") and p != worker
            ]
        )
        assert health(port)["ok"]

        left = list(children(process.pid))
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert time.monotonic() - began < 18
        assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def test_an_occupied_port_is_said(prepared: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = prepared.run("serve", "--port", str(port))
    assert done.returncode == 1
    assert f"El puerto {port} está ocupado" in done.stderr


def test_an_empty_folder_is_said(empty: Installation) -> None:
    done = empty.run("serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "traza init" in done.stderr
