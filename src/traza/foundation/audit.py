"""Writing the history of who did what."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from traza.foundation.models import AuditEntry

_beside: ContextVar[dict[str, Any] | None] = ContextVar("beside", default=None)


@contextmanager
def beside(**detail: Any) -> Iterator[None]:
    """Add a detail to every entry written inside: that it came from the server's shell."""
    token = _beside.set({**(_beside.get() or {}), **detail})
    try:
        yield
    finally:
        _beside.reset(token)


def details_beside() -> dict[str, Any]:
    """Return what ``beside`` asks to be added to every entry."""
    return dict(_beside.get() or {})


def record(
    actor: AbstractBaseUser | None, action: str, target: Any = None, **detail: Any
) -> AuditEntry:
    """Append one entry; ``action`` is a dotted verb such as ``import.approved``.

    Call it inside the transaction of the change itself, so that neither exists without the other.
    """
    is_model = isinstance(target, models.Model)
    return AuditEntry.objects.create(
        actor_id=getattr(actor, "pk", None),
        actor_name=actor.get_username() if actor is not None else "sistema",
        action=action,
        target_type=target._meta.label if is_model else "",
        target_id=str(target.pk) if is_model else "",
        target_label=str(target)[:250] if target is not None else "",
        detail={**detail, **details_beside()},
    )
