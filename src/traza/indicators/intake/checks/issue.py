"""An issue: what is wrong with a row, in words, and how grave it is."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

ERROR, WARNING = "error", "warning"

#: ``code``, ``severity``, ``message`` and ``suggestions``, as stored with the row.
Issue = dict[str, Any]


def issue(
    code: str, message: str, *, severity: str = ERROR, suggestions: Iterable[str] = ()
) -> Issue:
    """Return an issue; the message says where, what and what to do."""
    return {
        "code": code,
        "severity": severity,
        "message": message,
        "suggestions": list(suggestions),
    }


def located(line: int | None, column: str, message: str) -> str:
    """Put before a message the row and column it speaks of; a value by hand has neither."""
    if line is None:
        return message[:1].upper() + message[1:]
    return _("Renglón %(line)s%(column)s: %(message)s") % {
        "line": line,
        "column": _(", columna «%s»") % column if column else "",
        "message": message,
    }


class CellProblem(Exception):
    """A cell that cannot be read; ``code`` names the check, the text says what to do."""

    def __init__(self, code: str, message: str, suggestions: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.suggestions = list(suggestions)
