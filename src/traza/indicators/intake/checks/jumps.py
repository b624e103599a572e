"""A figure that is farther from the one before it than the place's figures usually are."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import Issue
from traza.indicators.intake.checks.whole import Entry, Whole, shown
from traza.stats.outliers import mad_jumps

#: Deviations from the usual step beyond which a step is told.
K = 6.0


def find_jumps(whole: Whole) -> Iterator[tuple[int, Issue]]:
    """Warn of each new or revised value that jumps, seen in the run it would be part of."""
    runs: dict[tuple[int, int], dict[int, float | None]] = defaultdict(dict)
    changed: dict[tuple[int, int], dict[int, Entry]] = defaultdict(dict)
    for entry in whole.changed():
        series, period, place = entry.key
        changed[series, place][period] = entry
    for (series, period, place), fact in whole.published.items():
        if (series, place) in changed:
            runs[series, place][period] = fact.value
    for entry in whole.entries:
        series, period, place = entry.key
        if (series, place) in changed:
            runs[series, place][period] = entry.value
    for pair, entries in changed.items():
        run = sorted((period, value) for period, value in runs[pair].items() if value is not None)
        for jump in mad_jumps([value for _period, value in run], k=K):
            # The step is between two values: the one that comes in is to be looked at.
            found = entries.get(run[jump.index][0]) or entries.get(run[jump.index - 1][0])
            if found is not None:
                yield found.warn(
                    "jump",
                    _(
                        "de %(before)s a %(after)s hay un salto que esta serie no suele dar en "
                        "%(place)s. Conviene comprobar la cifra en la fuente."
                    )
                    % {
                        "before": shown(jump.previous),
                        "after": shown(jump.value),
                        "place": whole.places[pair[1]].name,
                    },
                )
