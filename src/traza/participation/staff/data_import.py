"""A table that somebody sent becomes an import: read, checked and approved like any other."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traza.foundation.attachments import store
from traza.indicators.actions import create_import
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ImportJob
from traza.indicators.staff.imports.steps import advance
from traza.participation.actions.becoming import Becoming, Made
from traza.participation.actions.common import MessageError
from traza.participation.models import Attachment, Message


class _Chunks:
    """A kept file as the import reads it."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = content

    def chunks(self, size: int = 0) -> Iterable[bytes]:
        return self._content


def make(message: Message, file: Attachment | None, user: object) -> Made:
    """Open an import with a file of the message; what fails in the file is written on it."""
    content = store.content(file.token) if file is not None else None
    if file is None or content is None:
        raise MessageError("El archivo no se puede leer: se guardó con otra clave secreta.")
    title = f"{message.folio}: {file.name}"
    try:
        job = create_import(_Chunks(content), filename=file.name, user=user, title=title)
    except IntakeError as error:
        raise MessageError(str(error)) from error
    try:
        advance(job, user=user)
    except IntakeError:
        job.refresh_from_db()  # the import itself shows what is wrong
    return Made(job, job.title)


def url(pk: str) -> str:
    """Return the screen on which an import goes on."""
    job = ImportJob.objects.filter(pk=pk).first()
    if job is None:
        return ""
    waiting = job.snapshot_id is not None and job.state == ImportJob.State.READ
    return reverse("traza_import_columns" if waiting else "traza_import", args=[job.pk])


DATA_IMPORT = Becoming(
    slug="import",
    name=_("Importación de datos"),
    button=_("Crear la importación"),
    help=_("El archivo entra a «Importaciones»: se revisa y se aprueba como cualquier otro."),
    kinds=("aportacion", "error", "datos", "estudio"),
    endings=("csv", "tsv", "txt", "xlsx", "ods"),
    may=lambda user: bool(user.has_perm("indicators.add_importjob")),
    make=make,
    url=url,
)
