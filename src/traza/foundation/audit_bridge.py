"""What Wagtail notes in its own logs goes into the audit too, in the same transaction.

So creating, editing, publishing, locking, sending to review, moving and deleting are in one list,
for pages, cards, catalogues, people, groups and the institute alike.
"""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, PageLogEntry

from traza.foundation.audit import details_beside
from traza.foundation.models import AuditEntry

#: Wagtail's actions in the verbs of the audit; the others keep their own last word.
VERBS = {
    "create": "created",
    "edit": "edited",
    "delete": "deleted",
    "publish": "published",
    "unpublish": "unpublished",
    "lock": "locked",
    "unlock": "unlocked",
    "revert": "reverted",
    "move": "moved",
    "copy": "copied",
    "publish.schedule": "scheduled",
    "schedule.cancel": "unscheduled",
    "workflow.start": "sent_to_review",
    "workflow.approve": "approved",
    "workflow.reject": "returned",
    "workflow.resume": "sent_to_review",
    "workflow.cancel": "review_cancelled",
}
#: Actions that only accompany another one.
SILENT = {"rename", "create_alias", "reorder"}


def connect() -> None:
    """Follow Wagtail's two logs."""
    post_save.connect(_copy, sender=ModelLogEntry, dispatch_uid="traza.audit.models")
    post_save.connect(_copy, sender=PageLogEntry, dispatch_uid="traza.audit.pages")


def _copy(sender: type[Any], instance: Any, created: bool, **_details: Any) -> None:
    action = instance.action.removeprefix("wagtail.")
    if not created or action in SILENT:
        return
    is_page = isinstance(instance, PageLogEntry)
    model = instance.content_type.model_class() if instance.content_type else None
    noun = "page" if is_page else instance.content_type.model if instance.content_type else ""
    noun = "person" if noun == "user" else noun
    AuditEntry.objects.create(
        actor=instance.user,
        actor_name=instance.user.get_username() if instance.user else "sistema",
        action=f"{noun}.{VERBS.get(action, action.rpartition('.')[2])}",
        target_type=model._meta.label if model is not None else "",
        target_id=str(instance.page_id if is_page else instance.object_id),
        target_label=instance.label[:250],
        detail={**_words(instance.data), **details_beside()},
    )


def _words(data: dict[str, Any]) -> dict[str, Any]:
    """Keep of Wagtail's data what a person understands: comments, titles, step of a review."""
    kept: dict[str, Any] = {}
    for key in ("comment", "title"):
        if data.get(key):
            kept[key] = data[key]
    task = (data.get("workflow") or {}).get("task") or {}
    if task.get("title"):
        kept["step"] = task["title"]
    return kept
