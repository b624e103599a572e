"""A task once, retried with patience, shown when it failed for good; the minute's duties."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from traza.foundation import health, tasks
from traza.foundation.management.commands import tick


@task()  # type: ignore[untyped-decorator]
def work(number: int) -> int:
    return number


@pytest.fixture
def queue(transactional_db: None, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def fail(result: DBTaskResult, at: datetime, attempts: int) -> None:  # type: ignore[type-arg]
    DBTaskResult.objects.filter(pk=result.pk).update(
        status=TaskResultStatus.FAILED, finished_at=at, worker_ids=["w"] * attempts,
        exception_class_path="builtins.ValueError",
        traceback="Traceback…\n  File x\nValueError: la hoja no tiene columnas\n",
    )  # fmt: skip


def test_an_equal_task_waits_only_once(queue: None) -> None:
    assert tasks.enqueue_once(work, 1)
    assert not tasks.enqueue_once(work, 1)
    assert tasks.enqueue_once(work, 2)
    assert DBTaskResult.objects.count() == 2


def test_what_failed_is_tried_again_later_and_later(queue: None) -> None:
    tasks.enqueue_once(work, 1)
    result = DBTaskResult.objects.get()
    now = timezone.now()
    for attempt, wait in enumerate(tasks.WAITS, start=1):
        fail(result, now, attempt)
        assert tasks.retry_failed(now + wait - timedelta(seconds=1)) == 0
        assert tasks.failed_tasks(now) == []
        assert tasks.retry_failed(now + wait) == 1
        # Two ticks at once give it back once.
        assert tasks.retry_failed(now + wait) == 0


def test_what_failed_for_good_is_shown_with_its_reason(queue: None) -> None:
    tasks.enqueue_once(work, 1)
    result = DBTaskResult.objects.get()
    now = timezone.now()
    fail(result, now, len(tasks.WAITS) + 1)
    assert tasks.retry_failed(now + timedelta(days=1)) == 0
    (shown,) = tasks.failed_tasks(now)
    assert (shown.name, shown.reason) == ("work", "ValueError: la hoja no tiene columnas")
    assert tasks.try_again(shown.id)
    assert not tasks.try_again(shown.id)
    assert tasks.failed_tasks(now) == []


def test_a_task_that_lost_its_worker_is_given_back(queue: None) -> None:
    tasks.enqueue_once(work, 1)
    now = timezone.now()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now)
    assert tasks.give_back_lost(now + timedelta(minutes=5)) == 0
    assert tasks.give_back_lost(now + tasks.LONGEST + timedelta(seconds=1)) == 1


def test_one_duty_that_fails_does_not_stop_the_others(monkeypatch: Any) -> None:
    done = []

    def broken() -> None:
        raise RuntimeError("x")

    monkeypatch.setattr(tick, "DUTIES", [broken, lambda: done.append(1)])
    assert tick.tick() == ["broken"]
    assert done == [1]


def test_health_says_what_readers_would_notice(
    db: None, home: Any, client: Any, monkeypatch: Any
) -> None:
    answer = client.get("/salud")
    assert answer.status_code == 200
    assert answer.json()["worker"] is False
    health.beat()
    assert client.get("/salud").json()["worker"] is True
    assert str(home) not in answer.content.decode()
    monkeypatch.setattr(health, "MIN_FREE_BYTES", 1 << 62)
    assert client.get("/salud").status_code == 503
