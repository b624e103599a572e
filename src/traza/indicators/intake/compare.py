"""Comparing an import with what is published: the fate of each row, and the checks of the whole.

It can be repeated as often as wanted: it takes back what it said before and says it anew.
"""

# ruff: noqa: S608 — only names of our own tables and columns are put into statements.

import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from traza.indicators.intake.checks import ERROR, WARNING, Issue, issue, located
from traza.indicators.intake.checks.jumps import find_jumps
from traza.indicators.intake.checks.same_value import find_same_values
from traza.indicators.intake.checks.totals import find_totals
from traza.indicators.intake.checks.units import find_unit_changes
from traza.indicators.intake.checks.whole import Entry, Key, Published, Whole, shown
from traza.indicators.models import ImportJob, ImportRow, Observation, Series
from traza.places.models import Place

Fate = ImportRow.Fate

#: The checks of the whole, in the order in which they are told.
CHECKS: tuple[Callable[[Whole], Iterable[tuple[int, Issue]]], ...] = (
    find_unit_changes,
    find_totals,
    find_same_values,
    find_jumps,
)
#: What this module says about a row, and takes back when it looks again.
OURS = frozenset(
    {"repeated", "repeated_equal", "jump", "total", "same_value", "unit_scale", "unit_word"}
)
#: Fates of rows that take part in nothing.
_ASIDE = (Fate.DISCARDED, Fate.MISSING)


@dataclass(slots=True)
class _Row:
    """One staged row while it is being compared; ``was`` is what is stored of it."""

    pk: int
    line: int | None
    column: str
    series: int | None
    place: int | None
    period: int | None
    fact: Published
    fate: str
    issues: list[Issue]
    old: Published | None = None
    was: tuple[Any, ...] = field(default=())

    @property
    def key(self) -> Key | None:
        if self.series is None or self.period is None or self.place is None:
            return None
        return self.series, self.period, self.place

    def stored(self) -> tuple[Any, ...]:
        old = (self.old.value, self.old.status) if self.old is not None else (None, "")
        return (str(self.fate), *old, json.dumps(self.issues, ensure_ascii=False))


def compare(job: ImportJob) -> dict[str, int]:
    """Give every row its fate, add what the file lacks, and run the checks; return the counts.

    Rows that were discarded by a person stay so.
    """
    with transaction.atomic():
        ImportRow.objects.filter(job=job, fate=Fate.MISSING).delete()
        rows = _load(job)
        active = [row for row in rows if row.fate not in _ASIDE or _only_repeats(row)]
        published = published_values(row.series for row in rows if row.series is not None)
        tells = _tells(job)
        seen: dict[Key, _Row] = {}
        for row in active:
            _settle(row, seen, published, tells)
        _run_checks(job, rows, published)
        _store(rows)
        missing = _missing(job, rows, published)
        ImportRow.objects.bulk_create(missing, batch_size=1_000)
    counts = {str(fate): 0 for fate in Fate.values}
    for row in rows:
        counts[str(row.fate)] += 1
    counts[str(Fate.MISSING)] = len(missing)
    counts["warned"] = sum(1 for row in rows if row.issues and row.fate != Fate.REFUSED)
    return counts


def published_values(series_ids: Iterable[int]) -> dict[Key, Published]:
    """Return everything that is published of these series, each read in the order it is stored."""
    found: dict[Key, Published] = {}
    for series in sorted(set(series_ids)):
        values = Observation.objects.filter(series_id=series).values_list(
            "period_id", "place_id", "value", "status", "lower", "upper", "comment"
        )
        for period, place, value, status, lower, upper, comment in values.iterator(
            chunk_size=10_000
        ):
            found[series, period, place] = Published(value, status, lower, upper, comment)
    return found


def _load(job: ImportJob) -> list[_Row]:
    names = ("value", "status", "lower", "upper", "comment", "fate", "issues")
    rows = []
    for pk, line, column, series, place, period, old_value, old_status, *rest in (
        ImportRow.objects.filter(job=job)
        .order_by("id")
        .values_list(
            "pk",
            "line",
            "column",
            "series_id",
            "place_id",
            "period_id",
            "old_value",
            "old_status",
            *names,
        )
        .iterator(chunk_size=10_000)
    ):
        value, status, lower, upper, comment, fate, issues = rest
        fact = Published(value, status, lower, upper, comment)
        row = _Row(pk, line, column, series, place, period, fact, fate, list(issues))
        row.was = (fate, old_value, old_status, json.dumps(issues, ensure_ascii=False))
        rows.append(row)
    return rows


def _tells(job: ImportJob) -> frozenset[str]:
    """Return which qualifiers of a value the file gives; the others are left as published."""
    if job.snapshot_id is None:
        return frozenset({"status", "comment", "lower", "upper"})
    return frozenset(column.get("role", "") for column in job.mapping.get("columns", []))


def _only_repeats(row: _Row) -> bool:
    """Return whether a row was set aside by us, for repeating another that may be gone now."""
    return any(found.get("code") == "repeated_equal" for found in row.issues)


def _settle(
    row: _Row,
    seen: dict[Key, _Row],
    published: dict[Key, Published],
    tells: frozenset[str],
) -> None:
    row.issues = [found for found in row.issues if found.get("code") not in OURS]
    row.old = None
    key = row.key
    if key is None or any(found.get("severity") == ERROR for found in row.issues):
        row.fate = Fate.REFUSED
        row.old = published.get(key) if key is not None else None
        return
    first = seen.setdefault(key, row)
    row.old = published.get(key)
    if first is not row:
        _repeated(row, first)
    elif row.old is None:
        row.fate = Fate.NEW
    else:
        row.fate = Fate.EQUAL if _same(row.fact, row.old, tells) else Fate.REVISED


def _repeated(row: _Row, first: _Row) -> None:
    """Refuse a key given twice with another figure; set aside one given twice with the same."""
    if row.fact[:2] == first.fact[:2]:
        row.fate = Fate.DISCARDED
        text = _("repite el renglón %(first)s con el mismo valor; se usa uno.") % {
            "first": first.line
        }
        row.issues.append(
            issue("repeated_equal", located(row.line, row.column, text), severity=WARNING)
        )
        return
    row.fate = Fate.REFUSED
    value = first.fact.value
    text = _(
        "repite el lugar y el periodo del renglón %(first)s, que dice %(value)s. Hay que "
        "corregir o descartar uno de los dos."
    ) % {
        "first": first.line,
        "value": shown(value) if value is not None else first.fact.status,
    }
    row.issues.append(issue("repeated", located(row.line, row.column, text)))


def _same(new: Published, old: Published, tells: frozenset[str]) -> bool:
    """Return whether a row says what is published; what its file does not tell is not compared."""
    if not _close(new.value, old.value):
        return False
    if new.status != old.status and ("status" in tells or old.value is None):
        return False
    if "comment" in tells and new.comment != old.comment:
        return False
    return ("lower" not in tells or _close(new.lower, old.lower)) and (
        "upper" not in tells or _close(new.upper, old.upper)
    )


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    # A spreadsheet keeps fifteen digits: the tail of a binary fraction is no correction.
    return math.isclose(one, other, rel_tol=1e-12)


def _run_checks(job: ImportJob, rows: list[_Row], published: dict[Key, Published]) -> None:
    by_pk = {row.pk: row for row in rows}
    entries = [
        Entry(row.pk, row.line, row.column, key, row.fact.value, row.fate != Fate.EQUAL)
        for row in rows
        if row.fate in (Fate.NEW, Fate.REVISED, Fate.EQUAL) and (key := row.key) is not None
    ]
    if not any(entry.changes for entry in entries):
        return
    whole = Whole(
        entries=entries,
        published=published,
        series=Series.objects.select_related("unit", "indicator").in_bulk(
            {entry.key[0] for entry in entries}
        ),
        places=Place.objects.in_bulk({entry.key[2] for entry in entries}),
        titles=_titles(job),
    )
    for check in CHECKS:
        for pk, found in check(whole):
            by_pk[pk].issues.append(found)


def _titles(job: ImportJob) -> list[str]:
    columns = job.mapping.get("columns", [])
    return [
        *job.mapping.get("titles", []),
        *(column["header"] for column in columns if column.get("role") == "value"),
    ]


def _store(rows: list[_Row]) -> None:
    """Write what changed of the rows, one statement a row by the thousand."""
    changed = [(*row.stored(), row.pk) for row in rows if row.stored() != row.was]
    cast = "::jsonb" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE indicators_importrow SET fate = %s, old_value = %s, old_status = %s, "
            f"issues = %s{cast} WHERE id = %s",
            changed,
        )


def _missing(job: ImportJob, rows: list[_Row], published: dict[Key, Published]) -> list[ImportRow]:
    """Return rows for the published values that a file of this extent would be expected to have.

    Those of its places between its first and last period, and, in periods in which it brings at
    least half of the published places, those of the other places. They stay published.
    """
    if job.snapshot_id is None:
        return []
    given: dict[int, dict[int, set[int]]] = {}
    for row in rows:
        if row.key is not None:
            series, period, place = row.key
            given.setdefault(series, {}).setdefault(period, set()).add(place)
    there: dict[int, dict[int, set[int]]] = {}
    for series, period, place in published:
        there.setdefault(series, {}).setdefault(period, set()).add(place)
    missing = []
    for series, periods in given.items():
        places = set().union(*periods.values())
        first, last = min(periods), max(periods)
        for period, known in sorted(there.get(series, {}).items()):
            here = periods.get(period, set())
            lacking = known & places - here if first <= period <= last else set()
            if 2 * len(known & here) >= len(known):
                lacking |= known - here
            for place in sorted(lacking):
                old = published[series, period, place]
                missing.append(
                    ImportRow(
                        job=job,
                        series_id=series,
                        place_id=place,
                        period_id=period,
                        status=old.status,
                        old_value=old.value,
                        old_status=old.status,
                        fate=Fate.MISSING,
                    )
                )
    return missing
