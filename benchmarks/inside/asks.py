"""Ask a loaded made-up country what public pages ask, by the functions that the pages call."""

import itertools
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402

from benchmarks.inside import tell  # noqa: E402
from benchmarks.report import median  # noqa: E402
from traza.foundation.models import Period  # noqa: E402
from traza.indicators.models import Series  # noqa: E402
from traza.indicators.queries.latest import latest_figures, public_series  # noqa: E402
from traza.indicators.queries.ranking import Option, ranking  # noqa: E402
from traza.indicators.queries.series import read_runs, slice_values  # noqa: E402
from traza.places.models import Place  # noqa: E402

ROUNDS = 200


def main() -> None:
    """Tell the median time of each question, in ms, each time about something else."""
    places = list(Place.objects.filter(level="municipality").order_by("code"))
    periods = list(Period.objects.order_by("key").values_list("key", flat=True))
    one = public_series()
    series = list(Series.objects.select_related("indicator").order_by("pk"))

    def turn(items: list[Any], step: int) -> "itertools.cycle[Any]":
        return itertools.cycle(items[(n * step) % len(items)] for n in range(len(items)))

    which, when, where = turn(series, 7), turn(periods, 3), turn(places, 911)

    def a_ranking() -> None:
        asked = next(which)
        period = next(when)
        ranking(Option(asked, "municipality", {period: len(places)}), period, "up")

    found = {
        "series": _ask(lambda: read_runs(next(which), [next(where).pk])),
        "map": _ask(lambda: slice_values(next(which), next(when), "municipality")),
        "ranking": _ask(a_ranking),
        "profile": _ask(lambda: latest_figures([next(where).pk], one)),
        "catalogue": _ask(public_series, rounds=30),
    }
    tell({"vendor": connection.vendor, "count": len(series), **found})


def _ask(question: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """Return the median time of a question, after as many that warm up."""
    for _ in range(rounds):
        question()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        question()
        times.append(time.perf_counter() - began)
    return median(times) * 1000


if __name__ == "__main__":
    main()
