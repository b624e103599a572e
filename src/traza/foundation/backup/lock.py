"""Who is using the data folder: every command shares it, restoring a copy needs it alone.

A lock of the operating system: it ends with the process, however that dies.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "traza.lock"


class HomeInUse(Exception):
    """Another process has the data folder in a way that excludes this one."""


@contextmanager
def home_lock(home: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the folder, shared or ``alone``; raise HomeInUse at once where that cannot be."""
    with (home / NAME).open("a") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise HomeInUse(str(home)) from error
        yield
