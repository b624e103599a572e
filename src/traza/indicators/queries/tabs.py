"""Which tabs each series has, for all of them at once: what is rendered ahead."""

from collections import Counter
from collections.abc import Iterator

from django.db import connection

from traza.foundation.models import Institute
from traza.indicators.models import LatestValue, MapSlice
from traza.indicators.queries.reading import MAP_LEVELS
from traza.indicators.queries.territory import own_places
from traza.places.models import PlaceGeometry


class TabsOfAll:
    """Tells the tabs of any series without reading its values."""

    def __init__(self) -> None:
        own = own_places(Institute.load())
        towns = [town.pk for town in own.towns] if own.metro is not None else []
        outlined = set(
            PlaceGeometry.objects.filter(place_id__in=towns).values_list("place_id", flat=True)
        )
        rows = LatestValue.objects.filter(place_id__in=outlined)
        counts = Counter(rows.values_list("series_id", flat=True))
        wide = MapSlice.objects.filter(level__in=MAP_LEVELS.values())
        self._mapped = {pk for pk, count in counts.items() if count > 1}
        self._mapped |= set(wide.values_list("series_id", flat=True).distinct())
        self._ends = _ends()

    def of(self, series_id: int) -> Iterator[str]:
        """Yield the tabs of a series, the first one first; none where it has no value."""
        first, last = self._ends.get(series_id, (None, None))
        if first is None:
            return
        yield ""
        if first != last:
            yield "comparar"
        if series_id in self._mapped:
            yield "mapa"
        yield "tabla"


def _ends() -> dict[int, tuple[int | None, int | None]]:
    """Return the first and last period of each series: two probes of the clustered key each."""
    probe = (
        "(SELECT o.period_id FROM indicators_observation o WHERE o.series_id = s.id "
        "AND o.value IS NOT NULL AND o.conf = 'F' ORDER BY o.period_id {} LIMIT 1)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT s.id, {probe.format('ASC')}, {probe.format('DESC')} "  # noqa: S608
            "FROM indicators_series s"
        )
        return {pk: (first, last) for pk, first, last in cursor.fetchall()}
