"""Building the files of everything again when what is public changed."""

from django_tasks import task

from traza.foundation.tasks import enqueue_once
from traza.opendata import dumps


@task()
def build_dumps() -> None:
    """Build the files; the worker does it, a reader never waits."""
    dumps.build()


def refresh_dumps() -> None:
    """Ask for new files when values or cards changed since those on offer were built."""
    offered = dumps.current()
    if offered is None or offered.state != dumps.public_state():
        enqueue_once(build_dumps)
