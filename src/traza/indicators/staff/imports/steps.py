"""Moving an import along: read, check, and what a refusal looks like to the person."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django_tasks import task

from traza.indicators.models import ImportJob

#: Files up to this size are read while the person waits, a second or two; larger ones by the
#: worker, with the screen telling how far it is.
WAIT_BYTES = 256 * 1024


@contextmanager
def told(request: HttpRequest, *, aloud: bool = True) -> Iterator[list[str]]:
    """Turn a refusal of an action into a message; the list holds what was said, if anything.

    Not ``aloud``: whoever asks shows it in its own place, such as at a field.
    """
    from traza.indicators.intake.errors import IntakeError

    said: list[str] = []
    try:
        yield said
    except IntakeError as error:
        said.append(str(error))
        if aloud:
            messages.error(request, str(error))


def advance(job: ImportJob, mapping: Any = None, *, user: Any) -> None:
    """Read the file and, when every column is understood, check it against what is published.

    Large files go to the worker: the screen shows how far it is.
    """
    if job.snapshot is not None and job.snapshot.size > WAIT_BYTES:
        from traza.indicators.actions import await_reading

        await_reading(job)
        read_in_background.enqueue(
            job.pk, mapping.to_json() if mapping is not None else None, user.pk
        )
        return
    read_and_check(job, mapping, user=user)


def read_and_check(job: ImportJob, mapping: Any = None, *, user: Any = None) -> None:
    """Read, then check; what a person has still to name is told, and the import waits for it."""
    from traza.indicators.actions import check_import, read_import

    read_import(job, mapping, user=user)
    check_import(job)


@task()
def read_in_background(job_id: int, mapping: dict[str, Any] | None, user_id: int | None) -> None:
    """Read and check in the worker; what fails is written on the import itself by the action."""
    from django.contrib.auth import get_user_model

    from traza.indicators.actions import check_import, read_import
    from traza.indicators.intake import reading
    from traza.indicators.intake.errors import IntakeError
    from traza.indicators.intake.mapping import Mapping
    from traza.indicators.intake.sample import table_of

    job = ImportJob.objects.get(pk=job_id)
    user = get_user_model().objects.filter(pk__in=[user_id] if user_id else []).first()
    try:
        with suppress(IntakeError):
            known = Mapping.from_json(mapping) if mapping is not None else None
            total = table_of(job).length()
            reading.tell(job.pk, 0, total)
            read_import(
                job, known, user=user, progress=lambda line: reading.tell(job.pk, line, total)
            )
            reading.tell(job.pk, total, total)
            check_import(job)
    finally:
        reading.done(job.pk)
