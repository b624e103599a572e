"""Passing a person's unfinished imports to another."""

from typing import Any

from django.db.models import Q

from traza.indicators.actions.permission import State
from traza.indicators.models import ImportJob

#: States in which an import still needs somebody.
UNFINISHED = (
    State.RECEIVED,
    State.READ,
    State.CHECKED,
    State.SUBMITTED,
    State.RETURNED,
    State.FAILED,
)


def reassign_work(person: Any, heir: Any) -> int:
    """Put the unfinished imports of a person in the hands of another; return how many.

    Who captured each stays written. The audit has it with the person's leave.
    """
    return ImportJob.objects.filter(
        Q(assigned_to=person) | Q(assigned_to=None, created_by=person), state__in=UNFINISHED
    ).update(assigned_to=heir)
