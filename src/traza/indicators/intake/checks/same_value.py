"""One value repeated for every municipality: usually the figure of the state or the country."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import Issue
from traza.indicators.intake.checks.whole import Entry, Whole, shown
from traza.places.models import Level
from traza.stats.periods import Period, format_period

#: Municipalities that must share the value.
FEWEST = 3


def find_same_values(whole: Whole) -> Iterator[tuple[int, Issue]]:
    """Warn once for each series and period in which every municipality has the same figure.

    Zeros and ones are passed over: small counts coincide by themselves.
    """
    groups: dict[tuple[int, int], list[Entry]] = defaultdict(list)
    for entry in whole.entries:
        series, period, place = entry.key
        if entry.value is not None and whole.places[place].level == Level.MUNICIPALITY:
            groups[series, period].append(entry)
    for (_series, period), entries in groups.items():
        values = {entry.value for entry in entries}
        first = next((entry for entry in entries if entry.changes), None)
        if first is None or len(entries) < FEWEST or len(values) != 1 or values & {0.0, 1.0}:
            continue
        yield first.warn(
            "same_value",
            _(
                "los %(n)s municipios tienen el mismo valor, %(value)s, en %(period)s. Suele ser "
                "la cifra del estado o del país repetida: conviene comprobarlo."
            )
            % {
                "n": len(entries),
                "value": shown(values.pop() or 0.0),
                "period": format_period(Period.from_key(period)),
            },
        )
