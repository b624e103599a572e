"""Live blocks: what a story shows of published data, drawn when the page is read.

What cannot be shown any more (withdrawn, without data) gives way to a sentence that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators import charting, presenting, tabling
from traza.indicators.addresses import Address
from traza.indicators.choices import Choices, normal_codes
from traza.indicators.findings import highest_and_lowest
from traza.indicators.grammar import join_words, name_of
from traza.indicators.models import Indicator
from traza.indicators.queries.reading import Reading, read_indicator
from traza.indicators.queries.series import series_of
from traza.indicators.views.compare import series_for
from traza.indicators.views.indicator import bar_picture, line_picture, map_picture
from traza.indicators.words import is_foreign, say, unit_name
from traza.places.models import Place

#: Periods below a comparison.
_COMPARED = 6


@dataclass
class Live:
    """A live block, drawn; ``sentence`` alone where there is nothing to draw."""

    sentence: str = ""
    name: str = ""
    foreign: bool = False
    url: str = ""
    figures: list[charting.Figure] = field(default_factory=list)
    pictures: list[charting.Picture] = field(default_factory=list)
    headline: presenting.Headline | None = None
    source: str = ""
    finding: str = ""
    table: tabling.Table | None = None
    table_label: str = ""
    unit: str = ""
    missing: str = ""


def draw(kind: str, value: Any, *, uid: str, lang: str) -> Live:
    """Draw a live block of a story; ``uid`` tells its drawings from the others of the page."""
    given = [value["place"]] if kind == "figure" else list(value["places"])
    places = [place for place in given if place is not None]
    reading = _read(value["indicator"], places, lang)
    if isinstance(reading, str):
        return Live(sentence=reading)
    live = _frame(reading, places, lang)
    if kind == "chart":
        pictures = [_picture(reading, value, lang)]
    elif kind == "comparison":
        pictures = [_compare(live, reading, lang)]
    elif kind == "figure":
        return _figure(live, reading, lang)
    else:
        _table(live, reading, lang, most=value.get("periods") or _COMPARED)
        return live
    live.pictures = [replace(one, uid=f"{one.uid}-{uid}") for one in pictures if one is not None]
    if not live.pictures:
        return Live(sentence=_no_values(live.name))
    live.figures = [picture.page() for picture in live.pictures]
    return live


def _read(indicator: Indicator | None, places: Sequence[Place], lang: str) -> Reading | str:
    """Return what a block is about, or the sentence that stands in its place."""
    if indicator is None:
        return _("Aquí se mostraba un indicador que ya no existe.")
    name = say(indicator, "name", lang)
    if not indicator.live or indicator.is_archived:
        return _("Aquí se mostraba «%(name)s», que ya no está publicado.") % {"name": name}
    codes = normal_codes([place.code for place in places])
    listed = series_of(indicator)
    series = series_for(listed, indicator, "", codes)
    reading = read_indicator(indicator, series, all_series=listed, codes=codes)
    if reading is None or not reading.places:
        return _no_values(name)
    if codes and not any(place.code in codes for place in reading.places):
        # The page of the indicator would show others; the story speaks of these.
        return _no_values(name)
    return reading


def _no_values(name: str) -> str:
    return _("«%(name)s» no tiene datos publicados de lo que aquí se mostraba.") % {"name": name}


def _frame(reading: Reading, places: Sequence[Place], lang: str) -> Live:
    indicator, series = reading.indicator, reading.series
    principal = series.pk == reading.all_series[0].pk
    address = Address.of(series, indicator.slug, lang, principal=principal)
    codes = normal_codes([place.code for place in places])
    query = Choices(codes=codes).query()
    shown = {place.pk for place in reading.places}
    absent = [name_of(place, lang) for place in places if place.pk not in shown]
    return Live(
        name=say(indicator, "name", lang),
        foreign=is_foreign(indicator, "name", lang),
        url=address.tab("", query),
        unit=unit_name(series, lang),
        missing=_("Sin dato en esta serie: %(places)s.") % {"places": join_words(absent, lang)}
        if absent
        else "",
    )


def _picture(reading: Reading, value: Any, lang: str) -> charting.Picture | None:
    choices = Choices(since=value.get("since"), until=value.get("until"))
    if value["picture"] == "map" and reading.maps:
        return map_picture(reading, choices, reading.maps, lang)[0]
    if value["picture"] == "lines" and not reading.has_one_period:
        return line_picture(reading, choices, lang)
    return bar_picture(reading, choices, lang)[0]


def _compare(live: Live, reading: Reading, lang: str) -> charting.Picture | None:
    """Set the places side by side, in words, bars and values."""
    picture, period = bar_picture(reading, Choices(), lang)
    if period is not None:
        live.finding = highest_and_lowest(reading, period, lang)
    _table(live, reading, lang, most=_COMPARED)
    live.source = ""  # below the drawing already
    return picture


def _table(live: Live, reading: Reading, lang: str, *, most: int) -> None:
    table = tabling.build_table(reading, lang, most=most)
    # The notes of single values are on the indicator's page, which the block leads to.
    table.rows = [
        replace(row, cells=[replace(cell, notes=()) for cell in row.cells]) for row in table.rows
    ]
    live.table = table
    live.table_label = tabling.what_table_is(reading, lang)
    live.source = _source(reading, lang)


def _figure(live: Live, reading: Reading, lang: str) -> Live:
    live.headline = presenting.headline(reading, lang)
    if live.headline is None:
        return Live(sentence=_no_values(live.name))
    live.source = _source(reading, lang)
    return live


def _source(reading: Reading, lang: str) -> str:
    meta = charting.meta_for(
        reading.series, lang, title="", periods=[], institute=reading.institute
    )
    return charting.credits_of(meta)
