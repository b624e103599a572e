"""Values go in by the thousand; what they supersede stays in the history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from traza.indicators.derive import refresh
from traza.indicators.loading import FactRow, bulk_load, remove_values
from traza.indicators.models import (
    LatestValue,
    MapSlice,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Place
from traza.publishing.models import Release
from traza.stats.periods import Period


def release(title: str = "entrega", days: int = 0) -> Release:
    return Release.objects.create(
        room="indicators", title=title, published_at=timezone.now() + timedelta(days=days)
    )


def month(n: int) -> int:
    return Period.of("M", 2019, n).key


def test_new_revised_and_equal_are_counted_and_the_old_value_is_kept(
    series: Series, territory: dict[str, Place]
) -> None:
    one, two = territory["41001"].pk, territory["41002"].pk
    first, second = release("primera"), release("segunda", 1)
    counts = bulk_load(
        [FactRow(series.pk, month(1), one, 5.0), FactRow(series.pk, month(1), two, None, "O")],
        release=first,
    )
    assert (counts.new, counts.revised, counts.equal) == (2, 0, 0)
    counts = bulk_load(
        [
            FactRow(series.pk, month(1), one, 6.0, comment="corregido"),
            FactRow(series.pk, month(1), two, None, "O"),
            FactRow(series.pk, month(2), one, 7.0),
        ],
        release=second,
    )
    assert (counts.new, counts.revised, counts.equal) == (1, 1, 1)
    now = Observation.objects.get(period_id=month(1), place_id=one)
    assert (now.value, now.comment, now.release) == (6.0, "corregido", second)
    assert Observation.objects.get(period_id=month(1), place_id=two).release == first
    past = ObservationHistory.objects.get()
    assert (past.value, past.release, past.replaced_by) == (5.0, first, second)
    assert past.valid_from == first.published_at and past.valid_to == second.published_at


def test_removed_values_stay_in_the_history(series: Series, territory: dict[str, Place]) -> None:
    one = territory["41001"].pk
    bulk_load([FactRow(series.pk, month(1), one, 5.0)], release=release())
    assert remove_values([(series.pk, month(1), one)], release=release("retiro", 1)) == 1
    assert not Observation.objects.exists()
    assert ObservationHistory.objects.get().value == 5.0


def test_a_key_twice_in_one_load_is_refused_whole(
    series: Series, territory: dict[str, Place]
) -> None:
    from django.db import IntegrityError, transaction

    fact = FactRow(series.pk, month(1), territory["41001"].pk, 5.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_load([fact, fact], release=release())
    assert not Observation.objects.exists()


def test_latest_values_have_their_previous_one_their_run_and_their_rank(
    series: Series, territory: dict[str, Place]
) -> None:
    one, two, metro = (territory[code].pk for code in ("41001", "41002", "zrh"))
    bulk_load(
        [FactRow(series.pk, month(n), one, float(n)) for n in range(1, 13)]
        + [FactRow(series.pk, month(12), two, 3.0), FactRow(series.pk, month(12), metro, 99.0)],
        release=release(),
    )
    refresh([series.pk])
    latest = LatestValue.objects.get(place_id=one)
    assert (latest.period_id, latest.value, latest.previous_value) == (month(12), 12.0, 11.0)
    assert (latest.first_period_id, latest.n_periods) == (month(1), 12)
    assert latest.recent == [float(n) for n in range(1, 13)]
    # Fewer homicides are better: the other municipality comes first, the metro is no peer.
    assert (latest.rank_position, latest.rank_of) == (2, 2)
    assert LatestValue.objects.get(place_id=metro).rank_position is None


def test_a_series_over_many_places_gets_map_slices(series: Series) -> None:
    places = [
        Place.objects.create(code=f"50{n:03}", level="municipality", name=f"Lugar {n}")
        for n in range(1, 11)
    ]
    bulk_load(
        [
            FactRow(series.pk, month(1), place.pk, float(n), "P" if n == 3 else "A")
            for n, place in enumerate(places)
        ],
        release=release(),
    )
    refresh([series.pk])
    stored = MapSlice.objects.get()
    assert stored.n_places == 10 and stored.level == "municipality"
    assert stored.columns["place"][:2] == ["50001", "50002"]
    assert stored.columns["value"][:2] == [0.0, 1.0]
    assert stored.columns["status"] == {"50004": "P"}


def test_observations_are_clustered_on_sqlite(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("clustering is a matter of SQLite")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE name IN "
            "('indicators_observation', 'indicators_latestvalue', 'indicators_mapslice')"
        )
        statements = [sql for (sql,) in cursor.fetchall()]
    assert len(statements) == 3 and all("WITHOUT ROWID" in sql for sql in statements)


def test_a_series_that_had_no_values_and_one_that_had_some_come_in_one_load(
    series: Series, territory: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.factories import make_series

    monkeypatch.setattr("traza.indicators.loading.BATCH", 2)  # a series reaches into two batches
    one, two = territory["41001"].pk, territory["41002"].pk
    other = make_series("otro")
    bulk_load([FactRow(series.pk, month(1), one, 5.0)], release=release())
    counts = bulk_load(
        [
            FactRow(other.pk, month(2), two, 1.0),
            FactRow(series.pk, month(1), one, 6.0),
            FactRow(series.pk, month(1), two, 7.0),
            FactRow(other.pk, month(1), one, 2.0),
        ],
        release=release("segunda", 1),
    )
    assert (counts.new, counts.revised, counts.equal) == (3, 1, 0)
    assert ObservationHistory.objects.get().value == 5.0
    assert Observation.objects.filter(series=other).count() == 2
