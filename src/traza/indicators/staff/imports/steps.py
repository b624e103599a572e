"""Moving an import along: read, check, and what a refusal looks like to the person."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django_tasks import task

from traza.indicators.models import ImportJob

#: Files up to this size are read while the person waits; larger ones by the worker.
WAIT_BYTES = 6 * 1024 * 1024


@contextmanager
def told(request: HttpRequest) -> Iterator[list[str]]:
    """Turn a refusal of an action into a message; the list holds what was said, if anything."""
    from traza.indicators.intake.errors import IntakeError

    said: list[str] = []
    try:
        yield said
    except IntakeError as error:
        said.append(str(error))
        messages.error(request, str(error))


def advance(job: ImportJob, mapping: Any = None) -> None:
    """Read the file and, when every column is understood, check it against what is published.

    Large files go to the worker: the screen shows how far it is.
    """
    if job.snapshot is not None and job.snapshot.size > WAIT_BYTES:
        read_in_background.enqueue(job.pk, mapping.to_json() if mapping is not None else None)
        return
    read_and_check(job, mapping)


def read_and_check(job: ImportJob, mapping: Any = None) -> None:
    """Read, then check unless a column still has to be named by a person."""
    from traza.indicators.actions import check_import, read_import

    read_import(job, mapping)
    job.refresh_from_db()
    if job.state == ImportJob.State.READ:
        check_import(job)


@task()
def read_in_background(job_id: int, mapping: dict[str, Any] | None) -> None:
    """Read and check in the worker; what fails is written on the import itself."""
    from traza.indicators.intake.errors import IntakeError
    from traza.indicators.intake.mapping import Mapping

    job = ImportJob.objects.get(pk=job_id)
    try:
        read_and_check(job, Mapping.from_json(mapping) if mapping is not None else None)
    except IntakeError as error:
        ImportJob.objects.filter(pk=job_id).update(state=ImportJob.State.FAILED, problem=str(error))
