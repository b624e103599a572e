"""Writing the history of who did what."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from traza.foundation.models import AuditEntry


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
        detail=detail,
    )
