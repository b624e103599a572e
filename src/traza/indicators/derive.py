"""What is derived from the facts at publication: latest values with rank, and map slices.

Both read each series once, in the order in which it is stored, so a corrected value costs one
range and a whole load one sweep; memory holds one series at a time.
"""

# ruff: noqa: S608 — only names of our own tables and columns are put into statements.

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

from traza.indicators.models import LatestValue, MapSlice, Observation, Series
from traza.places.models import Place
from traza.stats.ranks import rank

#: Values kept for the small line beside a figure.
RECENT = 24
#: Places a period must have, at one level, to deserve a row of its own for maps and rankings.
SLICE_PLACES = 8

# (period key, place, value, status) of one series, in that order.
_Fact = tuple[int, int, float, str]


def refresh(series_ids: Iterable[int]) -> None:
    """Derive again everything that follows from the values of these series."""
    wanted = sorted(set(series_ids))
    refresh_latest(wanted)
    refresh_slices(wanted)


def refresh_latest(series_ids: Iterable[int]) -> None:
    """Write the latest value of each place of each series, with its previous one and its rank.

    The rank is among the places of the same level whose latest value is of the same period;
    "up" puts the highest first, "down" the lowest, "none" the highest. Values that are not free
    to publish (confidential) take no part.
    """
    wanted = sorted(set(series_ids))
    directions = dict(
        Series.objects.filter(pk__in=wanted).values_list("pk", "indicator__direction")
    )
    levels = _levels()
    with transaction.atomic():
        _delete(LatestValue, wanted)
        rows: list[tuple[Any, ...]] = []
        for series_id, facts in _by_series(wanted):
            rows += _latest_of(series_id, facts, levels, directions.get(series_id, "none"))
            if len(rows) > 20_000:
                _insert(LatestValue, rows)
                rows = []
        _insert(LatestValue, rows)


def refresh_slices(series_ids: Iterable[int]) -> None:
    """Write one row for each period and level in which the series covers many places.

    ``columns`` is ``{"place": [codes], "value": [numbers], "status": {code: status}}``: the
    first two run in parallel, in order of code; ``status`` names only those that are not normal.
    """
    wanted = sorted(set(series_ids))
    levels = _levels()
    with transaction.atomic():
        _delete(MapSlice, wanted)
        rows: list[tuple[Any, ...]] = []
        for series_id, facts in _by_series(wanted):
            rows += _slices_of(series_id, facts, levels)
            if len(rows) > 500:
                _insert(MapSlice, rows)
                rows = []
        _insert(MapSlice, rows)


def _latest_of(
    series_id: int, facts: list[_Fact], levels: dict[int, tuple[str, str]], direction: Any
) -> list[tuple[Any, ...]]:
    runs: dict[int, list[_Fact]] = {}
    for fact in facts:
        runs.setdefault(fact[1], []).append(fact)
    peers: dict[tuple[str, int], dict[int, float]] = {}
    for place_id, run in runs.items():
        period_id, _, value, _ = run[-1]
        peers.setdefault((levels[place_id][0], period_id), {})[place_id] = value
    ranks = {
        place_id: (found.position, found.of)
        for values in peers.values()
        for place_id, found in rank(values, direction).items()
    }
    rows = []
    for place_id, run in runs.items():
        period_id, _, value, status = run[-1]
        before = run[-2] if len(run) > 1 else (None, None, None, None)
        position, of = ranks[place_id]
        rows.append(
            (
                place_id,
                series_id,
                period_id,
                value,
                status,
                before[0],
                before[2],
                run[0][0],
                len(run),
                [fact[2] for fact in run[-RECENT:]],
                position if of > 1 else None,
                of if of > 1 else None,
            )
        )
    return rows


def _slices_of(
    series_id: int, facts: list[_Fact], levels: dict[int, tuple[str, str]]
) -> list[tuple[Any, ...]]:
    rows = []
    for period_id, of_period in groupby(facts, key=itemgetter(0)):
        by_level: dict[str, list[tuple[str, float, str]]] = {}
        for _, place_id, value, status in of_period:
            level, code = levels[place_id]
            by_level.setdefault(level, []).append((code, value, status))
        for level, found in by_level.items():
            if len(found) < SLICE_PLACES:
                continue
            found.sort()
            columns = {
                "place": [code for code, _, _ in found],
                "value": [value for _, value, _ in found],
                "status": {code: status for code, _, status in found if status != "A"},
            }
            rows.append((series_id, period_id, level, len(found), columns))
    return rows


def _levels() -> dict[int, tuple[str, str]]:
    return {
        pk: (level, code) for pk, level, code in Place.objects.values_list("pk", "level", "code")
    }


def _by_series(series_ids: list[int]) -> Iterator[tuple[int, list[_Fact]]]:
    """Yield each series that has values with them, by period and place."""
    for series_id in series_ids:
        facts = list(
            Observation.objects.filter(series_id=series_id, value__isnull=False, conf="F")
            .order_by("period_id", "place_id")
            .values_list("period_id", "place_id", "value", "status")
        )
        if facts:
            yield series_id, facts


def _delete(model: Any, series_ids: list[int]) -> None:
    for start in range(0, len(series_ids), 500):
        model.objects.filter(series_id__in=series_ids[start : start + 500]).delete()


def _insert(model: Any, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows in the order of the model's columns; JSON columns as text."""
    fields = model._meta.concrete_fields
    if not rows:
        return
    adapted = [
        [field.get_db_prep_save(cell, connection) for field, cell in zip(fields, row, strict=True)]
        for row in rows
    ]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", adapted
        )
