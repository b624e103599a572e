"""What can be wrong with a file, one module for each thing.

Those of a single row (`place`, `period`, `value`, `text`) read a cell and raise `CellProblem`;
those of the whole (`jumps`, `totals`, `same_value`, `units`) look at the staged rows beside what
is published (`whole`) and yield warnings. An error refuses the row; a warning lets it pass.
"""

from traza.indicators.intake.checks.issue import (
    ERROR,
    WARNING,
    CellProblem,
    Issue,
    issue,
    located,
)

__all__ = ["ERROR", "WARNING", "CellProblem", "Issue", "issue", "located"]
