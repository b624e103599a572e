"""Writes of the indicators room: one function for each thing a person can do.

Each checks the permission, runs in one transaction and leaves its line in the audit. What cannot
be done is told by `IntakeError`, in words for the person. ``user`` is None where the system itself
acts (the shell of the server), which may write but never approves.
"""

from traza.indicators.actions.catalogue import NewIndicator, create_indicator
from traza.indicators.actions.correcting import correct_value
from traza.indicators.actions.deciding import (
    approve_import,
    discard_import,
    preview_import,
    return_import,
    submit_import,
)
from traza.indicators.actions.handover import reassign_work
from traza.indicators.actions.packages import import_package
from traza.indicators.actions.permission import may_approve, wrote
from traza.indicators.actions.receiving import (
    await_reading,
    check_import,
    choose_sheet,
    create_import,
    own_resolver,
    read_import,
    unnamed,
)
from traza.indicators.actions.rows import correct_row, discard_row, discard_rows, restore_rows
from traza.indicators.actions.withdrawing import withdraw_release

__all__ = [
    "NewIndicator",
    "approve_import",
    "await_reading",
    "check_import",
    "choose_sheet",
    "correct_row",
    "correct_value",
    "create_import",
    "create_indicator",
    "discard_import",
    "discard_row",
    "discard_rows",
    "import_package",
    "may_approve",
    "own_resolver",
    "preview_import",
    "read_import",
    "reassign_work",
    "restore_rows",
    "return_import",
    "submit_import",
    "unnamed",
    "withdraw_release",
    "wrote",
]
