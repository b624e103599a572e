"""The site of a data folder served for a measurement, and what it answers."""

import gzip
import http.client
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import brotli

from benchmarks.homes import TRAZA, environment
from benchmarks.processes import Server, free_port, serving

#: As ``traza serve`` starts it: one process with four threads.
THREADS = 4


@dataclass(frozen=True)
class Answer:
    """One answer: ``sent`` are the bytes on the wire, ``body`` what they say."""

    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def body(self) -> bytes:
        """Return the bytes without their encoding."""
        encoding = self.headers.get("content-encoding", "")
        if encoding == "br":
            return bytes(brotli.decompress(self.sent))
        return gzip.decompress(self.sent) if encoding == "gzip" else self.sent


@contextmanager
def site(
    home: Path, *, stored: bool = True, threads: int = THREADS, **env: str
) -> Iterator[Server]:
    """Serve a data folder by ``traza serve``; when not ``stored`` without the page store."""
    port = free_port()
    if stored:
        command = [*TRAZA, "serve", "--web-only", "--port", str(port), "--threads", str(threads)]
    else:
        command = [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
            *("--port", str(port), "--workers", "1", "--blocking-threads", str(threads)),
            *("--backpressure", "64", "--no-ws", "--log-level", "warning"),
            "traza.wsgi:django_application",
        ]
    base = {"TRAZA_BASE_URL": f"http://127.0.0.1:{port}", **env}
    with serving(command, port, environment(home, **base)) as server:
        yield server


def get(server: Server, path: str, encoding: str = "br", unless: str = "") -> Answer:
    """Ask for one address; ``unless`` is the ETag of what whoever asks has already."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Accept-Encoding": encoding} | ({"If-None-Match": unless} if unless else {})
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, answer.read())
    finally:
        connection.close()
