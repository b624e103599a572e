"""Bringing in a data package: the first one fills an empty site, a later one needs approval."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from traza.foundation.models import AuditEntry, Institute
from traza.indicators.actions.permission import require
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package.load import COMPLETED, Progress, load_package
from traza.publishing.models import Release


def import_package(
    path: Path | str, *, writer: Any, approver: Any, progress: Progress | None = None
) -> Release | None:
    """Load a data package and return its last release, None when no figure changed.

    While no package is complete and nobody has published anything there is nothing to compare
    with, and it goes in without approval; the audit says so. Afterwards another person approves,
    unless the institute works with a single one. Raises IntakeError.
    """
    if approver is not None:
        if writer in (None, approver) and not Institute.load().single_person:
            raise IntakeError(
                _(
                    "Quien captura no aprueba lo suyo: se dice quién trae el paquete con --user y "
                    "quién lo aprueba con --approve."
                )
            )
        require(writer, "submit_import")
        require(approver, "approve_import")
    elif _is_begun():
        raise IntakeError(
            _(
                "Falta quién aprueba: ya hay datos publicados, y un paquete los cambiaría. Se dice "
                "quién lo trae con --user y quién lo aprueba con --approve."
            )
        )
    return load_package(path, user=writer, approver=approver, progress=progress)


def _is_begun() -> bool:
    """Return whether the site already holds a whole package or what a person published."""
    if AuditEntry.objects.filter(action=COMPLETED).exists():
        return True
    return Release.objects.exclude(approved_by=None).exists()
