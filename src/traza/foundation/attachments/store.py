"""Where files are kept: sealed, outside of what the site serves, under names that say nothing."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from traza.foundation.sealing import seal_parts, unseal_parts

#: A file that no row names after this many seconds was left by a process that was killed.
ORPHAN_AGE = 24 * 3600
_PART = 1 << 18


@dataclass(frozen=True)
class Kept:
    """A file that was kept: the name by which it is found, its size, the hash of its content."""

    token: str
    size: int
    sha256: str


def folder() -> Path:
    """Return the folder of the files, which only the owner reads."""
    return Path(settings.TRAZA_HOME) / "attachments"


def _path(token: str) -> Path:
    return folder() / token[:2] / token


def keep(chunks: Iterable[bytes]) -> Kept:
    """Seal a file and keep it; it appears under its name only when it is whole."""
    token, digest, size = secrets.token_hex(16), hashlib.sha256(), 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            for start in range(0, len(chunk), _PART):
                yield chunk[start : start + _PART]

    path = _path(token)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    waiting = path.with_suffix(".part")
    try:
        with waiting.open("wb") as target:
            for part in seal_parts(counted()):
                target.write(part)
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    return Kept(token, size, digest.hexdigest())


def content(token: str) -> Iterator[bytes] | None:
    """Yield a file in parts; None where it is gone or was sealed with another secret."""
    path = _path(token)
    if not path.is_file():
        return None
    return unseal_parts(path)


def forget(tokens: Iterable[str]) -> None:
    """Erase files."""
    for token in tokens:
        _path(token).unlink(missing_ok=True)


def forget_orphans(known: Callable[[], set[str]]) -> int:
    """Erase old files that no row names; return how many. ``known`` is asked only if needed."""
    limit = time.time() - ORPHAN_AGE
    old = [path for path in folder().glob("??/*") if path.stat().st_mtime < limit]
    named = known() if old else set()
    lost = [path for path in old if path.name not in named]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)
