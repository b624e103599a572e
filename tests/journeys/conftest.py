"""The demo as a new user starts it: the real command, a real server, a real browser."""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TRAZA = [sys.executable, "-c", "from traza.cli import main; main()"]


@dataclass(frozen=True)
class Demo:
    """A running demo: its address, its data folder and the login that it printed."""

    url: str
    home: Path
    username: str
    password: str

    @property
    def package(self) -> Path:
        """Return the data package that was loaded."""
        return Path(__file__).resolve().parents[2] / "demo" / "laguna"

    def get(self, path: str) -> bytes:
        """Return what the server answers to an address."""
        with urllib.request.urlopen(self.url + path, timeout=20) as answer:
            return bytes(answer.read())


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Run ``traza demo`` once for all journeys, in a data folder of its own.

    TRAZA_TEST_DEMO, the data folder of a demo that runs already at TRAZA_BASE_URL, spares the
    wait to whoever is writing a journey.
    """
    if running := os.environ.get("TRAZA_TEST_DEMO"):
        yield _demo(Path(running), os.environ["TRAZA_BASE_URL"])
        return
    home = tmp_path_factory.mktemp("demo")
    port = _free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TRAZA_HOME"}},
        "DJANGO_SETTINGS_MODULE": "traza.settings",
        "TRAZA_HOME": str(home),
        "TRAZA_BASE_URL": f"http://localhost:{port}",
    }
    log = (home / "journey.log").open("w")
    server = subprocess.Popen(
        [*TRAZA, "demo", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    try:
        _wait(server, port, home / "journey.log")
        yield _demo(home, f"http://localhost:{port}")
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _demo(home: Path, url: str) -> Demo:
    username, password = (home / "demo-login.txt").read_text(encoding="utf-8").split()
    return Demo(url, home, username, password)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"the demo stopped:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/salud", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the demo did not open in ten minutes:\n{log.read_text()[-3000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def sign_in(demo: Demo, new_context: Callable[..., Any]) -> Callable[..., Any]:
    """Return a maker of browser windows in which a person of the staff is signed in."""

    def make(username: str = "", password: str = "") -> Any:
        page = new_context().new_page()
        page.goto(f"{demo.url}/admin/")
        page.get_by_label("Usuario o correo").fill(username or demo.username)
        page.get_by_label("Contraseña", exact=True).fill(password or demo.password)
        page.get_by_role("button", name="Entrar").click()
        page.wait_for_url(f"{demo.url}/admin/")
        return page

    return make


@pytest.fixture
def analyst(demo: Demo, sign_in: Callable[..., Any]) -> Any:
    """Give a window of an analyst whom the administrator has just added, by hand."""
    name, password = f"analista{secrets.token_hex(3)}", f"Cerro-{secrets.token_hex(6)}"
    admin = sign_in()
    admin.goto(f"{demo.url}/admin/users/new/")
    fields = {
        "username": name,
        "email": f"{name}@example.org",
        "first_name": "Ejemplo",
        "last_name": "de Analista",
        "password1": password,
        "password2": password,
    }
    for field, text in fields.items():
        admin.locator(f"#id_{field}").fill(text)
    admin.get_by_label("Analista").check()
    admin.get_by_role("button", name="Crear").click()
    admin.wait_for_url(f"{demo.url}/admin/users/")
    return sign_in(name, password)
