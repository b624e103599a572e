"""Bulk writing of observations: upserts by the thousand, with history, in the same transaction.

Values of a series that holds none yet supersede nothing and go straight to their place
(``executemany`` on SQLite, ``COPY`` on PostgreSQL). The others go into a temporary table and from
there in three statements to their place: what they supersede moves to the history first.
"""

# ruff: noqa: S608 — only names of our own tables and columns are put into statements.

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from django.db import connection, transaction

from traza.foundation.periods import ensure_periods
from traza.indicators.models import Observation
from traza.publishing.models import Release
from traza.stats.periods import Period

#: Most rows that one release may write: about two seconds of lock.
MAX_ROWS = 500_000
#: Rows that are in memory, and in the temporary table, at a time.
BATCH = 20_000

_KEY = "series_id, period_id, place_id"
_VALUES = "value, status, conf, lower, upper, comment"


class FactRow(NamedTuple):
    """One value on its way to the table; ``period_id`` is the key of a period."""

    series_id: int
    period_id: int
    place_id: int
    value: float | None
    status: str = "A"
    conf: str = "F"
    lower: float | None = None
    upper: float | None = None
    comment: str = ""


Key = tuple[int, int, int]
Row = TypeVar("Row")


@dataclass
class LoadCounts:
    """How many values were new, revised, or equal to what was there."""

    new: int = 0
    revised: int = 0
    equal: int = 0


def bulk_load(
    facts: Iterable[FactRow], *, release: Release, at: datetime | None = None
) -> LoadCounts:
    """Write values as current from ``at``; those they supersede move to the history.

    Keys must not repeat within one call; a value equal to the current one is left untouched with
    its older release. Periods that are not stored yet are. Call it inside the transaction of the
    release. Raises ValueError beyond `MAX_ROWS`.
    """
    since = at or release.published_at
    counts, total = LoadCounts(), 0
    is_first: dict[int, bool] = {}
    with transaction.atomic(), connection.cursor() as cursor, _incoming(cursor):
        for batch in batched(facts, BATCH):
            total += len(batch)
            if total > MAX_ROWS:
                raise ValueError(f"more than {MAX_ROWS} rows in one release")
            ensure_periods(Period.from_key(key) for key in {fact[1] for fact in batch})
            # Told when the call first meets a series: its own values must not count as earlier.
            for series_id in {fact[0] for fact in batch} - is_first.keys():
                is_first[series_id] = not Observation.objects.filter(series_id=series_id).exists()
            first = [fact for fact in batch if is_first[fact[0]]]
            if first:
                _insert(cursor, first, release.pk, since)
                counts.new += len(first)
            if len(first) == len(batch):
                continue
            _fill(cursor, [fact for fact in batch if not is_first[fact[0]]])
            revised = _move_to_history(cursor, release.pk, since)
            counts.revised += revised
            counts.new += _upsert(cursor, release.pk, since) - revised
    counts.equal = total - counts.new - counts.revised
    return counts


def remove_values(keys: Iterable[Key], *, release: Release, at: datetime | None = None) -> int:
    """Take current values away; they stay in the history, replaced by ``release``.

    Returns how many there were.
    """
    since = at or release.published_at
    removed = 0
    with transaction.atomic(), connection.cursor() as cursor, _incoming(cursor):
        for batch in batched(keys, BATCH):
            _fill(cursor, [FactRow(*key, value=None, status="") for key in batch])
            removed += _move_to_history(cursor, release.pk, since)
            cursor.execute(
                "DELETE FROM indicators_observation WHERE EXISTS (SELECT 1 FROM incoming_fact i "
                f"WHERE {_same_key('i', 'indicators_observation')})"
            )
    return removed


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield the rows in lists of at most ``size``."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def copy_rows(cursor: Any, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows by PostgreSQL's ``COPY``; its errors are raised as Django's."""
    statement = f"COPY {table} ({columns}) FROM STDIN"
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _incoming(cursor: Any) -> Iterator[None]:
    """Give the transaction an empty temporary table of facts."""
    cursor.execute(
        "CREATE TEMPORARY TABLE incoming_fact (series_id bigint NOT NULL, "
        "period_id integer NOT NULL, place_id bigint NOT NULL, value double precision, "
        "status varchar(1) NOT NULL, conf varchar(1) NOT NULL, lower double precision, "
        "upper double precision, comment varchar(500) NOT NULL, "
        "PRIMARY KEY (series_id, period_id, place_id))"
        + (" WITHOUT ROWID" if connection.vendor == "sqlite" else "")
    )
    yield
    cursor.execute("DROP TABLE incoming_fact")


def _insert(cursor: Any, facts: list[FactRow], release_id: int, since: datetime) -> None:
    """Write values of series that had none, in the order in which they are stored."""
    facts.sort(key=itemgetter(0, 1, 2))
    columns = f"{_KEY}, {_VALUES}, release_id, valid_from"
    if connection.vendor == "postgresql":
        rows = ((*fact, release_id, since) for fact in facts)
        copy_rows(cursor, "indicators_observation", columns, rows)
        return
    tail = (release_id, _stored(since))
    cursor.executemany(
        f"INSERT INTO indicators_observation ({columns}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
        [(*fact, *tail) for fact in facts],
    )


def _fill(cursor: Any, batch: Sequence[FactRow]) -> None:
    cursor.execute("DELETE FROM incoming_fact")
    if connection.vendor == "postgresql":
        copy_rows(cursor, "incoming_fact", f"{_KEY}, {_VALUES}", batch)
        cursor.execute("ANALYZE incoming_fact")
        return
    cursor.executemany(
        f"INSERT INTO incoming_fact ({_KEY}, {_VALUES}) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s)", batch
    )


def _move_to_history(cursor: Any, release_id: int, since: datetime) -> int:
    """Copy the current values that the incoming ones change; return how many."""
    cursor.execute(
        f"INSERT INTO indicators_observationhistory ({_KEY}, {_VALUES}, release_id, "
        "replaced_by_id, valid_from, valid_to) "
        f"SELECT {_of('o', _KEY)}, {_of('o', _VALUES)}, o.release_id, %s, o.valid_from, %s "
        "FROM incoming_fact i JOIN indicators_observation o "
        f"ON {_same_key('i', 'o')} WHERE {_differs('i', 'o')}",
        [release_id, _stored(since)],
    )
    return int(cursor.rowcount)


def _upsert(cursor: Any, release_id: int, since: datetime) -> int:
    """Write the incoming values that are new or differ; return how many."""
    assigned = ", ".join(
        f"{name} = excluded.{name}" for name in (*_VALUES.split(", "), "release_id", "valid_from")
    )
    cursor.execute(
        f"INSERT INTO indicators_observation ({_KEY}, {_VALUES}, release_id, valid_from) "
        f"SELECT {_KEY}, {_VALUES}, %s, %s FROM incoming_fact "
        # SQLite needs a WHERE between SELECT and ON CONFLICT to tell it from a join.
        f"WHERE true ORDER BY {_KEY} ON CONFLICT ({_KEY}) DO UPDATE SET {assigned} "
        f"WHERE {_differs('excluded', 'indicators_observation')}",
        [release_id, _stored(since)],
    )
    return int(cursor.rowcount)


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{name}" for name in columns.split(", "))


def _same_key(one: str, other: str) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in _KEY.split(", "))


def _differs(one: str, other: str) -> str:
    """Return SQL that holds when any column of value differs, NULL being equal to NULL."""
    names = ", ".join
    left, right = (
        names(f"{table}.{name}" for name in _VALUES.split(", ")) for table in (one, other)
    )
    if connection.vendor == "sqlite":
        return f"({left}) IS NOT ({right})"
    return f"({left}) IS DISTINCT FROM ({right})"


def _stored(at: datetime) -> Any:
    """Return a moment as the database's driver takes it."""
    return connection.ops.adapt_datetimefield_value(at)
