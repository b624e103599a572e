"""Who may do what with an import."""

from typing import Any

from django.utils.translation import gettext as _

from traza.foundation.models import AuditEntry, Institute
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ImportJob

State = ImportJob.State

#: Acts by which a person has written something of an import.
_WRITING = (
    "import.created",
    "import.mapped",
    "import.row_corrected",
    "import.rows_discarded",
    "import.rows_restored",
    "import.submitted",
    "value.corrected",
)


def require(user: Any, permission: str) -> None:
    """Refuse who lacks a permission of this room; the system (None) has those of writing."""
    if user is None and permission not in {"approve_import", "withdraw_release"}:
        return
    if user is None or not user.has_perm(f"indicators.{permission}"):
        raise IntakeError(
            _("Esta cuenta no tiene permiso para hacerlo. Lo da quien administra las cuentas.")
        )


def require_state(job: ImportJob, *states: str) -> None:
    """Refuse what does not fit where the import is on its way."""
    if job.state not in states:
        raise IntakeError(
            _("La importación está en «%(state)s»: ya no se puede hacer esto con ella.")
            % {"state": job.get_state_display()}
        )


def locked(job: ImportJob) -> ImportJob:
    """Return the import as it is now, locked until the transaction ends."""
    return ImportJob.objects.select_for_update(of=("self",)).get(pk=job.pk)


def wrote(job: ImportJob, user: Any) -> bool:
    """Return whether a person wrote any of an import: made it, mended it, sent it, has it now."""
    if user is None or user.pk is None:
        return False
    if user.pk in {job.created_by_id, job.assigned_to_id}:
        return True
    return AuditEntry.objects.filter(
        target_type=job._meta.label, target_id=str(job.pk), actor=user, action__in=_WRITING
    ).exists()


def may_approve(job: ImportJob, user: Any) -> bool:
    """Return whether a person may approve an import that waits for it.

    Who wrote does not approve, unless the institute works with a single person.
    """
    if user is None or not user.has_perm("indicators.approve_import"):
        return False
    return Institute.load().single_person or not wrote(job, user)
