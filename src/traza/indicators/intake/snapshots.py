"""Raw files that came from outside, kept by the hash of their content, never changed."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.readers import Kind, recognise
from traza.indicators.intake.readers.delimited import detect_encoding
from traza.indicators.models import Snapshot

_CHUNK = 1 << 20


def folder() -> Path:
    """Return where snapshots are kept: beside the public media, not in it."""
    return Path(settings.MEDIA_ROOT).parent / "snapshots"


def path_of(snapshot: Snapshot) -> Path:
    """Return the file of a snapshot; raise IntakeError when it is gone."""
    path = folder() / snapshot.sha256[:2] / snapshot.sha256
    if not path.is_file():
        raise IntakeError(
            _("No se encuentra el archivo guardado de «%s». Hay que subirlo de nuevo.")
            % snapshot.original_name
        )
    return path


def keep(file: BinaryIO | Any, filename: str) -> Snapshot:
    """Store a file as it came and return its snapshot; the same content is stored once.

    The file is written aside first and takes its place in one step. Raises IntakeError when it
    is too large or not a kind that is read; nothing is then left behind.
    """
    name = Path(filename.replace("\\", "/")).name[:240] or "archivo"
    folder().mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    limit = settings.TRAZA_MAX_UPLOAD_MB * 1024 * 1024
    handle, waiting = tempfile.mkstemp(dir=folder(), prefix="entrando-")
    try:
        with os.fdopen(handle, "wb") as target:
            for chunk in _chunks(file):
                size += len(chunk)
                if size > limit:
                    raise IntakeError(
                        _(
                            "«%(file)s» pesa más de los %(limit)s MB que se admiten. Hay que "
                            "dividirlo, por ejemplo por años, o guardarlo como CSV."
                        )
                        % {"file": name, "limit": settings.TRAZA_MAX_UPLOAD_MB}
                    )
                digest.update(chunk)
                target.write(chunk)
        kind = recognise(Path(waiting), name)
        if kind == Kind.CSV:
            detect_encoding(Path(waiting), name)
        sha256 = digest.hexdigest()
        final = folder() / sha256[:2] / sha256
        final.parent.mkdir(exist_ok=True)
        Path(waiting).replace(final)
    except BaseException:
        Path(waiting).unlink(missing_ok=True)
        raise
    snapshot, _made = Snapshot.objects.get_or_create(
        sha256=sha256,
        defaults={"size": size, "media_type": kind.media_type, "original_name": name},
    )
    return snapshot


def _chunks(file: Any) -> Iterable[bytes]:
    if hasattr(file, "chunks"):
        return file.chunks(_CHUNK)  # type: ignore[no-any-return]
    read: Callable[[int], bytes] = file.read
    return iter(lambda: read(_CHUNK), b"")
