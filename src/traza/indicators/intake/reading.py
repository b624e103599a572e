"""How far the worker is with a file, for whoever waits before a screen.

It is kept beside the data, not in the database: the rows of an import arrive in one transaction,
and nobody sees into it before it ends.
"""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

#: Seconds without a sign after which nobody is taken to be reading.
STALE = 90


@dataclass(frozen=True)
class Reading:
    """Lines read of how many, and since when; all of them read means that they are compared."""

    done: int
    total: int
    began: float
    at: float

    @property
    def compares(self) -> bool:
        """Return whether all is read and only the comparison is left."""
        return self.done >= self.total

    @property
    def seconds_left(self) -> int | None:
        """Return the estimate, reading and comparison together; none before there is a pace."""
        passed = self.at - self.began
        if not self.done or passed < 1:
            return None
        # Comparing takes about half as long as reading.
        whole = passed / min(self.done, self.total) * self.total * 1.5
        return max(round(whole - (time.time() - self.began)), 1)


def tell(job_id: int, done: int, total: int) -> None:
    """Note that so many lines of an import's file are read."""
    known = how_far(job_id)
    began = known.began if known is not None and done else time.time()
    path = _path(job_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(
        json.dumps({"done": done, "total": max(total, 1), "began": began, "at": time.time()}),
        encoding="utf-8",
    )
    fresh.replace(path)


def how_far(job_id: int) -> Reading | None:
    """Return how far the reading of an import is; none when nobody reads it."""
    try:
        reading = Reading(**json.loads(_path(job_id).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return reading if time.time() - reading.at < STALE else None


def done(job_id: int) -> None:
    """Forget the reading of an import: it is over, well or not."""
    _path(job_id).unlink(missing_ok=True)


def _path(job_id: int) -> Path:
    return Path(settings.TRAZA_HOME) / "reading" / f"{job_id}.json"
