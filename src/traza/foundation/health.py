"""Whether this installation works, for a monitor: ``/salud``. It tells no secret and no path."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse

#: The worker writes its sign of life at least this often; three missed are a fault.
HEARTBEAT_SECONDS = 20
MIN_FREE_BYTES = 500 * 1024 * 1024

#: What higher rooms add, by name (the page store adds the revision).
probes: dict[str, Callable[[], Any]] = {}


def heartbeat_file() -> Path:
    """Return the file that the worker touches while it is alive."""
    return Path(settings.TRAZA_HOME) / "worker.alive"


def beat() -> None:
    """Leave a sign of life of the worker."""
    heartbeat_file().touch()


def worker_age() -> float | None:
    """Return the seconds since the worker's last sign of life, None if there never was one."""
    try:
        return max(0.0, time.time() - heartbeat_file().stat().st_mtime)
    except OSError:
        return None


def free_bytes() -> int:
    """Return the free space on the disk of the data folder."""
    return shutil.disk_usage(settings.TRAZA_HOME).free


def health() -> dict[str, Any]:
    """Return the state of each part; ``ok`` is False where readers would notice."""
    state: dict[str, Any] = {"database": True}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        for name, probe in probes.items():
            state[name] = probe()
    except Exception:
        state["database"] = False
    age = worker_age()
    state["disk"] = free_bytes() > MIN_FREE_BYTES
    state["worker"] = age is not None and age < 3 * HEARTBEAT_SECONDS
    return {"ok": state["database"] and state["disk"], **state}


def health_view(request: HttpRequest) -> JsonResponse:
    """Answer 200 while the site works and 503 when it does not; never stored."""
    state = health()
    response = JsonResponse(state, status=200 if state["ok"] else 503)
    response["Cache-Control"] = "no-store"
    return response
