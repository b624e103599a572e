"""The few figures that stand for a place: one of each axis, chosen by a written rule.

The rule. Among the public indicators of an axis of which the place has the principal series:

1. the younger figure, in steps: up to 10 years old, older;
2. the order that staff gave to the indicators;
3. one with a past (four values or more), so that it shows where it goes;
4. one that other places of the same level have for the same period, so that it can be compared;
5. the more recent figure, then the name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from traza.indicators.queries.latest import Figure, by_axis, latest_figures, public_series
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.stats import age_of
from traza.stats.text import sort_key

#: Years up to which a figure still stands for today.
_YOUNG = 10
_PAST = 4


@dataclass(frozen=True)
class Headline:
    """The figure of one axis."""

    axis: Topic
    figure: Figure


def headlines(place: Place, today: date) -> list[Headline]:
    """Return one figure for each axis of which the place has any, in the order of the axes."""
    series = public_series()
    figures = latest_figures([place.pk], series)[place.pk]
    principal = [f for f in figures.values() if f.series.is_headline and f.indicator.axis]
    found = []
    for group in by_axis(principal, lambda figure: figure.indicator):
        if group.axis is not None:
            found.append(Headline(group.axis, _chosen(group.rows, today)))
    return found


def _chosen(figures: Sequence[Figure], today: date) -> Figure:
    return min(figures, key=lambda figure: _merit(figure, today))


def _merit(figure: Figure, today: date) -> tuple[bool, int, bool, bool, int, str]:
    indicator = figure.indicator
    return (
        age_of(figure.period.end, today).years > _YOUNG,
        indicator.order,
        figure.n_periods < _PAST,
        figure.rank_of is None,
        -figure.period.end.toordinal(),
        sort_key(indicator.name),
    )
