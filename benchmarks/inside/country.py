"""A made-up country: municipalities, indicators with one yearly series each, and their values."""

from collections.abc import Iterator, Sequence
from itertools import islice

from traza.indicators.loading import FactRow
from traza.indicators.models import Indicator, Series, Source, Unit
from traza.places.models import Place
from traza.stats.periods import parse_period

_VALUES = [round((n * 7919 % 100_003) / 31.7, 4) for n in range(49_999)]


def make_places(count: int) -> list[int]:
    """Make so many municipalities in 32 states; return their keys in order of code."""
    states = [_place(f"{n:02}", "state", f"Estado {n}", None) for n in range(1, 33)]
    Place.objects.bulk_create(states)
    towns = [
        _place(f"{n % 32 + 1:02}{n // 32 + 1:03}", "municipality", f"Lugar {n}", states[n % 32])
        for n in range(count)
    ]
    towns.sort(key=lambda place: place.code)
    Place.objects.bulk_create(towns, batch_size=500)
    found = Place.objects.filter(level="municipality").order_by("code")
    return list(found.values_list("pk", flat=True))


def _place(code: str, level: str, name: str, parent: Place | None) -> Place:
    place = Place(code=code, level=level, name=name, parent=parent)
    place.derive_keys()
    return place


def make_series(count: int) -> list[int]:
    """Make so many indicators with one series each; return the keys of the series."""
    source = Source.objects.create(code="fuente", producer="Fuente de la medición")
    unit = Unit.objects.create(code="personas", name="Personas", kind="count")
    indicators = [Indicator(slug=f"indicador-{n}", name=f"Indicador {n}") for n in range(count)]
    Indicator.objects.bulk_create(indicators)
    Series.objects.bulk_create(
        [
            Series(
                code=f"{indicator.slug}.principal",
                indicator=indicator,
                unit=unit,
                source=source,
                freq="A",
                is_headline=True,
            )
            for indicator in indicators
        ]
    )
    return list(Series.objects.order_by("pk").values_list("pk", flat=True))


def make_years(count: int) -> list[int]:
    """Return the keys of so many years."""
    return sorted(parse_period(str(2004 + n), hint="A").key for n in range(count))


def values(series: Sequence[int], years: Sequence[int], places: Sequence[int]) -> Iterator[FactRow]:
    """Yield one value for each series, year and place, in the order in which they are stored."""
    turn = 0
    for series_id in series:
        for year in years:
            for place in places:
                turn += 1
                yield FactRow(series_id, year, place, _VALUES[turn % 49_999])


def limited(
    rows: int | None, series: Sequence[int], years: Sequence[int], places: Sequence[int]
) -> Iterator[FactRow]:
    """Yield the same values, at most so many."""
    return islice(values(series, years, places), rows)
