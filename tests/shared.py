"""Raw facts and outside judges that stand beside the repository, never in it.

A clone without them passes: the test skips and names what it misses. In CI that is a failure.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("TRAZA_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def shared_file(name: str) -> Path:
    """Return the path of ``../shared/<name>``, or skip (fail in CI) naming it."""
    path = SHARED / name
    if not path.exists():
        reason = f"not present: ../shared/{name}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path
