"""What staff scheduled: it comes out and expires at its hour, each thing apart from the others.

Wagtail's own command stops at the first thing that fails; here that is told to staff and tried
again every minute, and the rest goes on. What an electoral silence holds waits for its end.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from traza.publishing.models import ScheduleFailure
from traza.publishing.revision import public_change
from traza.publishing.silence import held_kinds

logger = logging.getLogger(__name__)


def publish_scheduled() -> None:
    """Take off what expired and publish what is due."""
    failed: dict[tuple[int, str], ScheduleFailure] = {}
    now = timezone.now()
    for model in _models():
        for thing in list(model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at")):
            _try(failed, thing, partial(_take_off, thing))
    held = held_kinds()
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in list(due):
        if getattr(revision.content_type.model_class(), "ledger_kind", "") not in held:
            _try(failed, revision, partial(_let_out, revision))
    _remember(failed)


def hold(thing: Any, revision: Revision, publish: Callable[[], Any]) -> None:
    """Schedule, instead of publishing, what is held today: it comes out when the silence ends.

    ``publish`` is Wagtail's own way, which schedules what has an hour to come. The hour kept is
    that of now, so that it comes out also where the silence is shortened.
    """
    written, now = revision.content, timezone.now()
    own = revision.as_object().go_live_at
    to_come = max(filter(None, (own, now + timedelta(days=1))))
    revision.content = {**written, "go_live_at": to_come.isoformat()}
    publish()
    revision.content = written
    revision.approved_go_live_at = own if own and own > now else now
    revision.save(update_fields=["approved_go_live_at"])
    type(thing).objects.filter(pk=thing.pk).update(go_live_at=own)


def waiting(kinds: list[str]) -> int:
    """Return how many approved texts of some kinds wait for their hour."""
    found = Revision.objects.filter(approved_go_live_at__isnull=False).select_related(
        "content_type"
    )
    return sum(getattr(one.content_type.model_class(), "ledger_kind", "") in kinds for one in found)


def _models() -> list[Any]:
    drafts = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in drafts if not issubclass(model, Page))]


def _take_off(thing: Any) -> None:
    with public_change():
        thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _let_out(revision: Revision) -> None:
    with public_change():
        revision.publish(log_action="wagtail.publish.scheduled")


def _try(
    failed: dict[tuple[int, str], ScheduleFailure], target: Any, act: Callable[[], None]
) -> None:
    try:
        act()
    except Exception as error:
        logger.exception("No se pudo publicar o retirar a su hora: %s", target)
        if isinstance(target, Revision):
            kind, pk, title = target.content_type, target.object_id, target.object_str
        else:
            specific = target.specific if isinstance(target, Page) else target
            kind = ContentType.objects.get_for_model(specific)
            pk, title = str(target.pk), str(target)
        failed[(kind.pk, pk)] = ScheduleFailure(
            content_type=kind,
            object_id=pk,
            title=title[:300],
            reason=f"{type(error).__name__}: {error}"[:300],
        )


def _remember(failed: dict[tuple[int, str], ScheduleFailure]) -> None:
    """Keep what fails still, with the first time; forget what went well since."""
    for known in ScheduleFailure.objects.all():
        again = failed.pop((known.content_type_id, known.object_id), None)
        if again is None:
            known.delete()
        elif again.reason != known.reason:
            ScheduleFailure.objects.filter(pk=known.pk).update(reason=again.reason)
    ScheduleFailure.objects.bulk_create(failed.values())
