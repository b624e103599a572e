"""The headline series of an indicator, and what reading it as columns costs."""

import time
from collections.abc import Callable

import django
import orjson
from django.db.models import Count

django.setup()

from benchmarks.inside import tell  # noqa: E402
from benchmarks.report import median  # noqa: E402
from traza.indicators.models import Indicator, LatestValue, MapSlice, Observation, Series  # noqa: E402
from traza.indicators.queries.series import read_runs, slice_values  # noqa: E402


def main() -> None:
    """Tell the series, how many values it has, and (ms, values) of one run and one map.

    It is the longest of those that are the only one of their indicator: a file of the indicator
    and a table of the series then hold the same.
    """
    alone = Indicator.objects.annotate(n=Count("series")).filter(n=1, live=True)
    all_counts = (
        Observation.objects.filter(series__is_headline=True)
        .values_list("series_id")
        .annotate(n=Count("place_id"))
    )
    counts = dict(all_counts.filter(series__indicator__in=alone)) or dict(all_counts)
    # Datasette gives at most a thousand rows to a page.
    fitting = {pk: n for pk, n in counts.items() if n <= 1000} or counts
    chosen = max(fitting, key=lambda pk: (fitting[pk], -pk))
    series = Series.objects.select_related("indicator").get(pk=chosen)
    found: dict[str, object] = {
        "series": series.pk,
        "path": series.indicator.path,
        "rows": Observation.objects.filter(series=series).count(),
    }
    latest = LatestValue.objects.filter(series=series).order_by("-n_periods").first()
    if latest is not None:
        place = latest.place_id
        run = read_runs(series, [place])[place]

        def one() -> bytes:
            facts = read_runs(series, [place])[place]
            return orjson.dumps(
                {"period": [f.period for f in facts], "value": [f.value for f in facts]}
            )

        found["one"] = (_cpu(one), len(run))
    widest = MapSlice.objects.select_related("series").order_by("-n_places").first()
    if widest is not None:
        key = (widest.series, widest.period_id, widest.level)

        def column() -> bytes:
            values = slice_values(*key)
            return orjson.dumps(
                {"place": list(values), "value": [value for value, _ in values.values()]}
            )

        found["map"] = (_cpu(column), widest.n_places)
    tell(found)


def _cpu(work: Callable[[], bytes]) -> float:
    times = []
    for _ in range(60):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return median(times) * 1000


if __name__ == "__main__":
    main()
