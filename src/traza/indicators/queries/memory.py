"""Remembering what was read for as long as nothing public changes.

The tabs of an indicator, in two languages, are made one after another from the same values.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from traza.publishing.revision import current_revision

P = ParamSpec("P")
Result = TypeVar("Result")
_memories: list[Callable[[], None]] = []


def per_revision(size: int) -> Callable[[Callable[P, Result]], Callable[P, Result]]:
    """Keep the last ``size`` results of a read while the revision stays what it is.

    What is read must be shown and not changed. Inside a transaction nothing is kept: it may see
    what nobody else ever will (a preview is rolled back).
    """

    def decorate(read: Callable[P, Result]) -> Callable[P, Result]:
        @lru_cache(maxsize=size)
        def kept(_revision: int, args: Any, kwargs: Any) -> Result:
            return read(*args, **dict(kwargs))

        _memories.append(kept.cache_clear)

        @wraps(read)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> Result:
            if connection.in_atomic_block:
                return read(*args, **kwargs)
            return kept(current_revision(), args, tuple(sorted(kwargs.items())))

        return remembered

    return decorate


def forget() -> None:
    """Forget everything: for tests, whose databases come and go under the same revision."""
    for clear in _memories:
        clear()
