"""What is derived from the facts at publication: latest values with rank, and map slices.

Each series is read once, in the order in which it is stored, so a corrected value costs one range
and a whole load one sweep; memory holds one series at a time.
"""

# ruff: noqa: S608 — only names of our own tables and columns are put into statements.

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import orjson
from django.db import connection, transaction
from django.db.models import JSONField

from traza.indicators.given_values import given_to
from traza.indicators.loading import copy_rows
from traza.indicators.models import LatestValue, MapSlice, Observation, Series
from traza.places.models import Level, Place
from traza.stats.ranks import rank

#: Values kept for the small line beside a figure, none from before a change of method.
RECENT = 24
#: Places a period must have, at one level, to deserve a row of its own for maps and rankings.
SLICE_PLACES = 8

# (period key, place, value, status) of one series, in that order.
_Fact = tuple[int, int, float, str]
# Level, code and parent of a place.
_Where = tuple[str, str, int | None]


def refresh(series_ids: Iterable[int]) -> None:
    """Derive again everything that follows from the values of these series.

    *Latest values*: for each place of each series the latest value with its previous one and its
    rank among the places of the same level whose latest value is of the same period ("up" puts
    the highest first, "down" the lowest, "none" the highest). Where the source gave one value to
    all of them, or to all of a state, there is no rank.

    *Map slices*: one row for each period and level in which the series covers many places;
    ``columns`` is ``{"place": [codes], "value": [numbers], "status": {code: status}}``: the first
    two run in parallel, in order of code; ``status`` names only those that are not normal.

    Values that are not free to publish (confidential) take no part in either.
    """
    wanted = sorted(set(series_ids))
    directions = dict(
        Series.objects.filter(pk__in=wanted).values_list("pk", "indicator__direction")
    )
    levels = _levels()
    with transaction.atomic():
        _delete(LatestValue, wanted)
        _delete(MapSlice, wanted)
        latest: list[tuple[Any, ...]] = []
        slices: list[tuple[Any, ...]] = []
        for series_id, facts in _by_series(wanted):
            latest += _latest_of(series_id, facts, levels, directions.get(series_id, "none"))
            slices += _slices_of(series_id, facts, levels)
            if len(latest) > 20_000 or len(slices) > 200:
                _insert(LatestValue, latest)
                _insert(MapSlice, slices)
                latest, slices = [], []
        _insert(LatestValue, latest)
        _insert(MapSlice, slices)


def _latest_of(
    series_id: int, facts: list[_Fact], levels: dict[int, _Where], direction: Any
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
        for (level, _period), values in peers.items()
        if level != Level.MUNICIPALITY
        or not given_to(values, {place_id: levels[place_id][2] for place_id in values})
        for place_id, found in rank(values, direction).items()
    }
    rows = []
    for place_id, run in runs.items():
        period_id, _, value, status = run[-1]
        before = run[-2] if len(run) > 1 else (None, None, None, None)
        position, of = ranks.get(place_id, (0, 0))
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
                [fact[2] for fact in run[_since_break(run) :][-RECENT:]],
                position if of > 1 else None,
                of if of > 1 else None,
            )
        )
    return rows


def _since_break(run: list[_Fact]) -> int:
    """Return where the values that may be joined begin: at the last change of method."""
    return max((i for i, fact in enumerate(run) if fact[3] == "B"), default=0)


def _slices_of(
    series_id: int, facts: list[_Fact], levels: dict[int, _Where]
) -> list[tuple[Any, ...]]:
    rows = []
    for period_id, of_period in groupby(facts, key=itemgetter(0)):
        by_level: dict[str, list[tuple[str, float, str]]] = {}
        for _, place_id, value, status in of_period:
            level, code, _state = levels[place_id]
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


def _levels() -> dict[int, _Where]:
    rows = Place.objects.values_list("pk", "level", "code", "parent_id")
    return {pk: (level, code, parent) for pk, level, code, parent in rows}


def _by_series(series_ids: list[int]) -> Iterator[tuple[int, list[_Fact]]]:
    """Yield each series that has values with them, by period and place."""
    for series_id in series_ids:
        rows = (
            Observation.objects.filter(series_id=series_id, value__isnull=False, conf="F")
            .order_by("period_id", "place_id")
            .values_list("period_id", "place_id", "value", "status")
        )
        facts = cast("list[_Fact]", list(rows))
        if facts:
            yield series_id, facts


def _delete(model: Any, series_ids: list[int]) -> None:
    for start in range(0, len(series_ids), 500):
        model.objects.filter(series_id__in=series_ids[start : start + 500]).delete()


def _insert(model: Any, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows in the order of the model's columns; lists and dictionaries as JSON text."""
    if not rows:
        return
    fields = model._meta.concrete_fields
    table = model._meta.db_table
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    json_at = next(n for n, field in enumerate(fields) if isinstance(field, JSONField))
    ready = [
        (*row[:json_at], orjson.dumps(row[json_at]).decode(), *row[json_at + 1 :]) for row in rows
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copy_rows(cursor, table, columns, ready)
            return
        marks = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", ready)
