"""Makers of small territories, indicators and published values, for tests of any room.

Everything is made the way the system makes it: values come in by a release, and what is derived
from them (latest values, map slices, versions, ledger) is derived by ``releases.record``.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from traza.foundation.models import Institute
from traza.indicators.loading import FactRow, bulk_load
from traza.indicators.models import Indicator, Series, Source, Unit
from traza.places.models import Membership, Place, PlaceGeometry
from traza.publishing.models import Release, Topic
from traza.publishing.revision import public_change
from traza.stats.periods import parse_period

#: A value, or a value with its status, or with its status and comment.
Value = float | None | tuple[float | None, str] | tuple[float | None, str, str]


def make_place(
    code: str,
    name: str = "",
    *,
    level: str = "municipality",
    parent: Place | None = None,
    **fields: Any,
) -> Place:
    """Make a place; one with the same code is returned as it is."""
    known = Place.objects.filter(code=code).first()
    return known or Place.objects.create(
        code=code, name=name or f"Lugar {code}", level=level, parent=parent, **fields
    )


def make_metro(
    code: str, name: str, members: Iterable[Place], parent: Place | None = None
) -> Place:
    """Make a metropolitan area of these municipalities."""
    metro = make_place(code, name, level="metro", parent=parent)
    for member in members:
        Membership.objects.get_or_create(group=metro, member=member)
    return metro


def make_square(place: Place, lon: float, lat: float, side: float = 1.0) -> PlaceGeometry:
    """Give a place a square outline with its lower left corner at (lon, lat)."""
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return PlaceGeometry.objects.create(
        place=place, purpose="map", geometry={"type": "Polygon", "coordinates": [ring]}
    )


def make_laguna() -> dict[str, Place]:
    """Make La Laguna with its four municipalities, two states, the country and the world."""
    world = make_place("WLD", "Mundo", level="world", name_en="World")
    country = make_place("MEX", "México", level="country", parent=world, name_en="Mexico")
    coahuila = make_place("05", "Coahuila", level="state", parent=country)
    durango = make_place("10", "Durango", level="state", parent=country)
    towns = [
        make_place("05035", "Torreón", parent=coahuila, population=720848),
        make_place("10007", "Gómez Palacio", parent=durango, population=372750),
        make_place("10012", "Lerdo", parent=durango, population=163313),
        make_place("05017", "Matamoros", parent=coahuila, population=118337),
    ]
    for column, town in enumerate(towns):
        make_square(town, -103.5 + column, 25.0)
    metro = make_metro("zml", "La Laguna", towns, parent=country)
    return {place.code: place for place in [world, country, coahuila, durango, *towns, metro]}


def make_institute(**fields: Any) -> Institute:
    """Set the institute: that of La Laguna unless told."""
    institute = Institute.load()
    chosen = {
        "name": "Instituto de Planeación",
        "short_name": "Instituto",
        "home_place_code": "05035",
        "metro_code": "zml",
        "country_code": "MEX",
        "comparator_codes": "zml, 05, MEX",
        **fields,
    }
    for name, value in chosen.items():
        setattr(institute, name, value)
    institute.save()
    return institute


def make_topic(code: str, name: str = "", *, scheme: str = "axis", **fields: Any) -> Topic:
    """Make a topic; one with the same code is returned as it is."""
    known = Topic.objects.filter(code=code).first()
    return known or Topic.objects.create(
        code=code, name=name or code.capitalize(), scheme=scheme, **fields
    )


def make_source(code: str = "fuente", **fields: Any) -> Source:
    """Make a source; one with the same code is returned as it is."""
    known = Source.objects.filter(code=code).first()
    return known or Source.objects.create(code=code, **{"producer": code.capitalize(), **fields})


def make_unit(code: str = "personas", **fields: Any) -> Unit:
    """Make a unit; one with the same code is returned as it is."""
    known = Unit.objects.filter(code=code).first()
    return known or Unit.objects.create(
        code=code, **{"name": code.capitalize(), "kind": "count", **fields}
    )


def make_indicator(slug: str, name: str = "", **fields: Any) -> Indicator:
    """Make a live indicator."""
    return Indicator.objects.create(slug=slug, name=name or slug.capitalize(), **fields)


def make_series(
    indicator: Indicator | str,
    *,
    code: str = "",
    freq: str = "A",
    unit: Unit | None = None,
    source: Source | None = None,
    headline: bool = True,
    **fields: Any,
) -> Series:
    """Make a series of an indicator, which is made when only its slug is given."""
    if isinstance(indicator, str):
        indicator = make_indicator(indicator)
    return Series.objects.create(
        code=code or f"{indicator.slug}.{'principal' if headline else 'otra'}",
        indicator=indicator,
        unit=unit or make_unit(),
        source=source or make_source(),
        freq=freq,
        is_headline=headline,
        **fields,
    )


def observations(
    series: Series,
    table: Mapping[str, Mapping[str, Value]],
    *,
    title: str = "Carga",
    initial: bool = True,
) -> Release:
    """Publish values by place code and period text: ``{"05035": {"2019": 129}}``."""
    from traza.indicators.releases import record

    places = {place.code: place.pk for place in Place.objects.filter(code__in=table)}
    rows = [
        _row(series, places[code], period, value)
        for code, run in table.items()
        for period, value in run.items()
    ]
    with public_change():
        release = Release.objects.create(
            room="indicators", title=title, is_initial=initial, published_at=timezone.now()
        )
        bulk_load(rows, release=release)
        record(release, [series.pk])
    return release


def _row(series: Series, place_id: int, period: str, value: Value) -> FactRow:
    number, status, comment = (*value, "", "")[:3] if isinstance(value, tuple) else (value, "A", "")
    return FactRow(
        series_id=series.pk,
        period_id=parse_period(period, hint=series.freq).key,
        place_id=place_id,
        value=number,
        status=status or "A",
        comment=comment,
    )
