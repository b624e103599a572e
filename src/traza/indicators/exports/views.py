"""Giving the files of an indicator."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from traza.charts import og_card, to_png
from traza.foundation.assets import font_dir
from traza.foundation.models import Institute
from traza.indicators import charting, presenting
from traza.indicators.choices import PARAMS, read_choices
from traza.indicators.exports import writing
from traza.indicators.exports.records import DataSet, read_data
from traza.indicators.grammar import name_of, period_words
from traza.indicators.models import Indicator
from traza.indicators.queries.reading import Reading, read_indicator
from traza.indicators.queries.series import series_of
from traza.indicators.views.indicator import (
    bar_picture,
    line_picture,
    map_picture,
    pick_series,
    public_indicator,
)
from traza.indicators.words import current_lang, say, unit_name
from traza.publishing.silence import held_file, silence_in_force
from traza.publishing.store.declare import public_page

_PNG_WIDTH = 1600
_CARD_WIDTH = 1200
#: Values that the course on a card is drawn from.
_CARD_VALUES = 60
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@public_page()
def csv_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every value of an indicator as CSV."""
    return _file(writing.to_csv(_data(request, slug)), slug, "csv")


@public_page()
def xlsx_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every value of an indicator as a workbook."""
    return _file(writing.to_xlsx(_data(request, slug), settings.TRAZA_BASE_URL), slug, "xlsx")


@public_page()
def json_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give every value of an indicator as JSON."""
    return _file(writing.to_json(_data(request, slug), settings.TRAZA_BASE_URL), slug, "json")


@public_page(params=PARAMS)
def image(request: HttpRequest, slug: str, kind: str, tab: str = "", key: str = "") -> HttpResponse:
    """Give the drawing of a tab as an image complete in itself."""
    reading = _reading(request, slug, key)
    picture = _picture(request, reading, tab)
    if picture is None:
        raise Http404(request.path)
    svg = picture.file(charting.theme_of(reading.institute))
    content = svg.encode()
    if kind == "png":
        content = to_png(svg, width=_PNG_WIDTH, font_dir=font_dir())
    return _file(content, f"{slug}-{tab}" if tab else slug, kind)


@public_page()
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the card that stands for an indicator where its address is shared."""
    reading = _reading(request, slug, "")
    if silence_in_force() is not None:
        return held_file(request)
    lang = current_lang()
    name = say(reading.indicator, "name", lang)
    line = presenting.headline(reading, lang)
    figure = " ".join(part for part in (line.number, line.symbol) if part) if line else ""
    run, fact = reading.focus_run, reading.latest
    where = name_of(reading.focus, lang) if reading.focus is not None else ""
    svg = og_card(
        name,
        figure=figure,
        subtitle=", ".join(part for part in (where, unit_name(reading.series, lang)) if part),
        institute=reading.institute.name,
        values=[f.value for f in run.facts][-_CARD_VALUES:] if run else [],
        period=period_words(fact.period, lang) if fact else "",
        theme=charting.theme_of(reading.institute),
        lang=lang,
    )
    return _file(to_png(svg, width=_CARD_WIDTH, font_dir=font_dir()), "", "png")


def _current(slug: str) -> Indicator:
    found = public_indicator(slug)
    if found.is_archived:
        raise Http404(slug)
    return found


def _data(request: HttpRequest, slug: str) -> DataSet:
    institute = Institute.load(request_or_site=request)
    return read_data(_current(slug), institute, current_lang())


def _reading(request: HttpRequest, slug: str, key: str) -> Reading:
    found = _current(slug)
    listed = series_of(found)
    reading = read_indicator(
        found,
        pick_series(listed, found, key),
        all_series=listed,
        institute=Institute.load(request_or_site=request),
        codes=read_choices(request.GET).codes,
    )
    if reading is None:
        raise Http404(slug)
    return reading


def _picture(request: HttpRequest, reading: Reading, tab: str) -> charting.Picture | None:
    choices, lang = read_choices(request.GET), current_lang()
    if tab == "mapa":
        maps = reading.maps
        return map_picture(reading, choices, maps, lang)[0] if maps else None
    if tab == "comparar" or reading.has_one_period:
        return bar_picture(reading, choices, lang)[0]
    return line_picture(reading, choices, lang)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=_KINDS[kind])
    if kind in ("csv", "xlsx", "json"):
        response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
