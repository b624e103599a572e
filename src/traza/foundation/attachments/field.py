"""The field of a form that asks for files."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traza.foundation.attachments.kinds import (
    ACCEPT,
    ADMITTED,
    AttachmentError,
    FileKind,
    has_programs,
    recognise,
)
from traza.foundation.attachments.naming import bare_name, safe_name
from traza.foundation.attachments.upload import MOST_BYTES, MOST_FILES, MOST_MB
from traza.foundation.health import MIN_FREE_BYTES


def _hint_now() -> str:
    return _("Hasta %(files)s archivos, %(mb)s MB en total: %(kinds)s.") % {
        "files": MOST_FILES,
        "mb": MOST_MB,
        "kinds": ADMITTED,
    }


#: Said in the language of whoever reads the form.
_hint = lazy(_hint_now, str)


@dataclass(frozen=True)
class Sent:
    """A file that may be kept: its clean name, its kind, and whether it carries programs."""

    file: "UploadedFile[Any]"
    name: str
    kind: FileKind
    has_programs: bool


class FilesInput(forms.FileInput):
    """A control that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each told by its content; gives a list of ``Sent``."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        values = {
            "label": gettext_lazy("Archivos (opcional)"),
            "required": False,
            "help_text": _hint(),
            "widget": FilesInput(attrs={"multiple": True, "accept": ACCEPT}),
        }
        super().__init__(**{**values, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return what may be kept, or say of each file why it may not."""
        files: Sequence[UploadedFile[Any]] = data if isinstance(data, (list, tuple)) else [data]
        files = [file for file in files if file]
        size = sum(file.size or 0 for file in files)
        if len(files) > MOST_FILES or size > MOST_BYTES:
            raise ValidationError(too_much())
        if size and shutil.disk_usage(settings.TRAZA_HOME).free - size < MIN_FREE_BYTES:
            raise ValidationError(
                _("Por ahora no se pueden recibir archivos. Lo escrito se puede enviar sin ellos.")
            )
        sent, errors = [], []
        for file in files:
            name = bare_name(file.name or "") or _("archivo")
            try:
                kind = recognise(file, name)  # type: ignore[arg-type]
                programs = has_programs(file, kind)  # type: ignore[arg-type]
                sent.append(Sent(file, safe_name(name, kind), kind, programs))
            except AttachmentError as error:
                errors.append(str(error))
        if errors:
            raise ValidationError(errors)
        return sent


def too_much() -> str:
    """Say what may be sent at a time."""
    return _(
        "Es demasiado: se reciben hasta %(files)s archivos y %(mb)s MB en total. Lo que sobra se "
        "puede enviar después, desde la página de seguimiento."
    ) % {"files": MOST_FILES, "mb": MOST_MB}


def names_of(files: Sequence["UploadedFile[Any]"], dropped: Sequence[str] = ()) -> list[str]:
    """Return the names of what a form brought, to ask for it again."""
    return [bare_name(name) or _("archivo") for name in (*(f.name or "" for f in files), *dropped)]
