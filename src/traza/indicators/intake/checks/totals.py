"""A metropolitan total that is not the sum of its parts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import Issue
from traza.indicators.intake.checks.whole import Entry, Whole, shown
from traza.indicators.models import Indicator, Series
from traza.places.models import Membership, Place
from traza.stats.periods import Period


def find_totals(whole: Whole) -> Iterator[tuple[int, Issue]]:
    """Warn of totals of groups that differ from the sum of their members on that period's last day.

    Only of indicators that add up, and only where the total and every part are known.
    """
    additive = {
        pk
        for pk, series in whole.series.items()
        if series.indicator.aggregation == Indicator.Aggregation.SUM
    }
    changed: dict[tuple[int, int], dict[int, Entry]] = defaultdict(dict)
    for entry in whole.changed():
        series, period, place = entry.key
        if series in additive:
            changed[series, period][place] = entry
    if not changed:
        return
    groups: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.select_related("group"):
        groups[membership.group_id].append(membership)
    entries = whole.by_key()
    for (series, period), here in changed.items():
        for group, memberships in groups.items():
            members = _on(memberships, Period.from_key(period).end)
            if not members or not ({group, *members} & here.keys()):
                continue
            keys = [(series, period, place) for place in (group, *members)]
            values = [_value(whole, entries, key) for key in keys]
            if None in values:
                continue
            total, *parts = (value for value in values if value is not None)
            if abs(total - sum(parts)) <= _tolerance(whole.series[series], len(parts)):
                continue
            yield _told(here, group, members).warn(
                "total",
                _(
                    "el total de %(group)s es %(total)s y la suma de sus %(n)s municipios, "
                    "%(sum)s. Conviene comprobar cuál de las cifras está mal."
                )
                % {
                    "group": _name(memberships[0].group),
                    "total": shown(total),
                    "n": len(parts),
                    "sum": shown(sum(parts)),
                },
            )


def _on(memberships: list[Membership], day: date) -> list[int]:
    return [
        m.member_id
        for m in memberships
        if (m.valid_from is None or m.valid_from <= day)
        and (m.valid_to is None or m.valid_to >= day)
    ]


def _value(
    whole: Whole, entries: dict[tuple[int, int, int], Entry], key: tuple[int, int, int]
) -> float | None:
    if key in entries:
        return entries[key].value
    fact = whole.published.get(key)
    return fact.value if fact is not None else None


def _tolerance(series: Series, parts: int) -> float:
    """Return what rounding of the total and of each part can explain."""
    decimals = series.decimals if series.decimals is not None else series.unit.decimals
    half: float = 0.5 * 10**-decimals
    return half * (parts + 1) if decimals else half


def _told(here: dict[int, Entry], group: int, members: list[int]) -> Entry:
    return next(here[place] for place in (group, *members) if place in here)


def _name(place: Place) -> str:
    return place.name
