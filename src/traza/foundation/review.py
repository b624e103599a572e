"""Who approves is not who wrote, unless the institute works with a single person."""

from typing import Any

from wagtail.log_actions import registry

from traza.foundation.models import Institute

#: Entries of Wagtail's log by which somebody has written.
WRITING = ("wagtail.create", "wagtail.edit", "wagtail.revert", "wagtail.copy")


def writers_of(target: Any) -> set[int]:
    """Return the people who wrote what waits to be published, or asked for its review."""
    entries = registry.get_logs_for_instance(target).filter(
        action__in=WRITING, content_changed=True, user__isnull=False
    )
    if target.last_published_at is not None:
        entries = entries.filter(timestamp__gt=target.last_published_at)
    writers = set(entries.values_list("user_id", flat=True))
    state = target.current_workflow_state
    if state is not None and state.requested_by_id is not None:
        writers.add(state.requested_by_id)
    return writers


def alone() -> bool:
    """Return whether the institute lets one person write and approve."""
    return bool(Institute.load().single_person)


def may_approve(target: Any, user: Any) -> bool:
    """Return whether a person's hand is not in what waits to be published."""
    return alone() or user.pk not in writers_of(target)
