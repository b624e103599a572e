"""A thin policy over django-tasks: a task once, retried with patience, and what failed for good.

Tasks must be idempotent: one may run twice. The worker marks a task as failed; every minute
``retry_failed`` gives it back while attempts remain, each time after a longer wait. What failed
for good is listed for the staff's desk, with a way to try again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

#: Wait before the second, third... attempt.
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
#: A task that runs longer than this has lost its worker.
LONGEST = timedelta(hours=2)
#: Failures older than this are history, not work.
MEMORY = timedelta(days=14)


@dataclass(frozen=True)
class FailedTask:
    """A task that failed for good; ``reason`` is the last line of its error."""

    id: str
    name: str
    reason: str
    failed_at: datetime


def enqueue_once(task: Any, *args: Any, **kwargs: Any) -> bool:
    """Queue a task unless an equal one waits already; tell whether it was queued.

    Call it inside the transaction of the change: the task exists if, and only if, the change does.
    """
    waiting = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=task.module_path
    ).values_list("args_kwargs", flat=True)
    wanted = {"args": list(args), "kwargs": kwargs}
    if wanted in list(waiting):
        return False
    task.enqueue(*args, **kwargs)
    return True


def retry_failed(now: datetime | None = None) -> int:
    """Give failed tasks back to the worker when their wait is over; return how many."""
    now = now or timezone.now()
    given = 0
    for result in _failures(now):
        attempts = len(result.worker_ids)
        if attempts > len(WAITS) or result.finished_at + WAITS[attempts - 1] > now:
            continue
        given += _give_back(result)
    return given


def give_back_lost(now: datetime | None = None) -> int:
    """Give back tasks whose worker died in the middle (running for longer than any may)."""
    now = now or timezone.now()
    return DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=now - LONGEST
    ).update(status=TaskResultStatus.READY)


def failed_tasks(now: datetime | None = None) -> list[FailedTask]:
    """Return the tasks that failed for good, newest first."""
    return [
        FailedTask(
            id=str(result.id),
            name=result.task_path.rpartition(".")[2],
            reason=_reason(result.traceback),
            failed_at=result.finished_at,
        )
        for result in _failures(now or timezone.now()).order_by("-finished_at")
        if len(result.worker_ids) > len(WAITS)
    ]


def try_again(task_id: str) -> bool:
    """Give one failed task back to the worker now, with all its attempts; False if it is none."""
    result = DBTaskResult.objects.filter(id=task_id, status=TaskResultStatus.FAILED).first()
    return bool(result and _give_back(result, forget=True))


def _failures(now: datetime) -> Any:
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gt=now - MEMORY)


@transaction.atomic
def _give_back(result: Any, *, forget: bool = False) -> int:
    """Make a failed task ready again; guarded, so that two ticks do it once."""
    values: dict[str, Any] = {"status": TaskResultStatus.READY, "finished_at": None}
    if forget:
        values["worker_ids"] = []
    return DBTaskResult.objects.filter(pk=result.pk, status=TaskResultStatus.FAILED).update(
        **values
    )


def _reason(traceback: str) -> str:
    lines = [line for line in traceback.strip().splitlines() if line.strip()]
    return lines[-1] if lines else "Sin explicación."
