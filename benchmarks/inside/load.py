"""Load a made-up country through the releases of Traza, and bare; ask it what pages ask."""

import argparse
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.inside import country, tell  # noqa: E402
from benchmarks.processes import peak_mb  # noqa: E402
from benchmarks.report import say  # noqa: E402
from traza.indicators import derive, loading  # noqa: E402
from traza.publishing.models import Release  # noqa: E402
from traza.publishing.revision import public_change  # noqa: E402

PLACES, YEARS = 2_470, 20
COLUMNS = (
    "series_id bigint NOT NULL, period_id integer NOT NULL, place_id bigint NOT NULL, "
    "value double precision, status varchar(1) NOT NULL, conf varchar(1) NOT NULL, "
    "lower double precision, upper double precision, comment varchar(500) NOT NULL, "
    "release_id bigint NOT NULL, valid_from {moment} NOT NULL, "
    "PRIMARY KEY (series_id, period_id, place_id)"
)
NAMES = (
    "series_id, period_id, place_id, value, status, conf, lower, upper, comment, "
    "release_id, valid_from"
)


def main() -> None:
    """Load ``--rows`` observations both ways and tell how long it took."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, required=True)
    given = parser.parse_args()
    call_command("migrate", interactive=False, verbosity=0)
    per_series = PLACES * YEARS
    n_series = max(1, round(given.rows / per_series))
    places = country.make_places(PLACES)
    series, years = country.make_series(n_series), country.make_years(YEARS)
    groups = [series[n : n + 10] for n in range(0, n_series, 10)]
    total = n_series * per_series

    say(f"{connection.vendor}: {total:,} observations, bare")
    bare = _timed(lambda: _bare(groups, years, places))
    say(f"{connection.vendor}: bare {bare:.1f} s; the same through releases")
    loaded = _timed(lambda: _through_releases(groups, years, places))
    memory = peak_mb()
    say(f"{connection.vendor}: loaded {loaded:.1f} s; latest values and map slices")
    derived = _timed(lambda: [_derive(group) for group in groups])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    say(f"{connection.vendor}: derived {derived:.1f} s")
    tell(
        {
            "vendor": connection.vendor,
            "rows": total,
            "series": n_series,
            "bare_s": bare,
            "load_s": loaded,
            "derive_s": derived,
            "peak_mb": memory,
            "bytes": _size(),
        }
    )


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _through_releases(groups: list[list[int]], years: list[int], places: list[int]) -> None:
    for group in groups:
        with public_change():
            release = Release.objects.create(
                room="indicators",
                title="Carga",
                is_initial=True,
                published_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
            loading.bulk_load(country.values(group, years, places), release=release)


def _derive(group: list[int]) -> None:
    with public_change():
        derive.refresh(group)


def _bare(groups: list[list[int]], years: list[int], places: list[int]) -> None:
    """Write the same columns with the same key and nothing else, as many rows to a transaction."""

    def rows(group: list[int], moment: Any) -> Iterator[tuple[Any, ...]]:
        for fact in country.values(group, years, places):
            yield (*fact, 1, moment)

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE bare ({COLUMNS.format(moment='timestamptz')})")
            for group in groups:
                with cursor.copy(f"COPY bare ({NAMES}) FROM STDIN") as copy:
                    for row in rows(group, datetime(2026, 1, 1, tzinfo=UTC)):
                        copy.write_row(row)
            cursor.execute("DROP TABLE bare")
        return
    file = Path(settings.TRAZA_HOME) / "bare.sqlite3"
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;")
    database.execute("PRAGMA cache_size=-16000")
    database.execute(f"CREATE TABLE bare ({COLUMNS.format(moment='datetime')}) WITHOUT ROWID")
    marks = ",".join("?" * 11)
    for group in groups:
        database.execute("BEGIN IMMEDIATE")
        database.executemany(
            f"INSERT INTO bare ({NAMES}) VALUES ({marks})", rows(group, "2026-01-01 00:00:00")
        )
        database.execute("COMMIT")
    database.close()
    for left in file.parent.glob("bare.sqlite3*"):
        left.unlink()


def _size() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size('indicators_observation')")
            return int(cursor.fetchone()[0])
    return Path(str(settings.DATABASES["default"]["NAME"])).stat().st_size


if __name__ == "__main__":
    main()
