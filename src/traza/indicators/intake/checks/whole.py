"""What the checks of the whole look at: the values of an import beside what is published."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from traza.indicators.intake.checks.issue import WARNING, Issue, issue, located
from traza.indicators.models import Series
from traza.places.models import Place

Key = tuple[int, int, int]


class Published(NamedTuple):
    """A value that is published now."""

    value: float | None
    status: str
    lower: float | None
    upper: float | None
    comment: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the import that would be current; ``changes`` when it is new or revised."""

    row: int
    line: int | None
    column: str
    key: Key
    value: float | None
    changes: bool

    def warn(self, code: str, message: str) -> tuple[int, Issue]:
        """Return a warning for this row."""
        text = located(self.line, self.column, message)
        return self.row, issue(code, text, severity=WARNING)


def shown(value: float) -> str:
    """Return a figure with all its digits: what is wrong may be in the last of them."""
    return f"{value:,.12g}"


@dataclass
class Whole:
    """The values of an import and the published ones of the same series.

    ``titles`` are the texts above the header and over the columns of figures.
    """

    entries: list[Entry]
    published: dict[Key, Published]
    series: dict[int, Series]
    places: dict[int, Place]
    titles: list[str] = field(default_factory=list)

    def by_key(self) -> dict[Key, Entry]:
        """Return the entries by (series, period, place)."""
        return {entry.key: entry for entry in self.entries}

    def changed(self) -> Iterator[Entry]:
        """Yield the entries that would change something."""
        return (entry for entry in self.entries if entry.changes)
