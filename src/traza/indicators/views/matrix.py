"""Matrices: indicators by places, as a page and as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.exports.matrix import matrix_table
from traza.indicators.exports.sheet import file_response
from traza.indicators.grammar import period_words
from traza.indicators.queries.matrix import CLASSES, Cell, Matrix, MatrixRow, matrix
from traza.indicators.queries.territory import own_places, wider_places
from traza.indicators.rows import Row, row_of, short_value, unit_note
from traza.indicators.words import (
    current_lang,
    is_foreign,
    prefix,
    say,
    status_name,
    told_apart,
)
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.store.declare import public_page


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell ready for the page: text, class of its shade, and what is said beside it."""

    text: str
    css: str
    word: str
    note: str
    best: bool


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row ready for the page."""

    name: str
    foreign: bool
    path: str
    unit: str
    period: str
    cells: list[CellWords]
    own: Row | None


@public_page()
def matrix_page(request: HttpRequest, code: str = "", wider: bool = False) -> HttpResponse:
    """Show the indicators of a topic (or all) by the own municipalities, or by wider places."""
    lang = current_lang()
    topic, found = _read(request, code, wider)
    home = own_places(Institute.load(request_or_site=request)).first
    base = f"{prefix(lang)}/matriz/" + (f"{topic.code}/" if topic else "")
    return render(
        request,
        "traza/indicators/matrix.html",
        {
            **matrix_words(found, home, lang),
            "topic": topic,
            "topic_name": say(topic, "name", lang) if topic else "",
            "title": _title(topic, lang),
            "wider": wider,
            "near_url": base,
            "wider_url": f"{base}estados/",
            "axes": Topic.objects.filter(scheme="axis", axis_indicators__isnull=False).distinct(),
            "files": _files(base, wider),
        },
    )


@public_page()
def matrix_file(
    request: HttpRequest, form: str, code: str = "", wider: bool = False
) -> HttpResponse:
    """Give a matrix as CSV or XLSX."""
    lang = current_lang()
    topic, found = _read(request, code, wider)
    title = _title(topic, lang)
    institute = Institute.load(request_or_site=request)
    table = matrix_table(found, title, lang, institute, timezone.localdate())
    parts = [_("matriz"), topic.code if topic else "", _("estados") if wider else ""]
    name = "-".join(part for part in parts if part)
    return file_response(table, form, name, notes_title=_("Notas"))


def matrix_words(found: Matrix, home: Place | None, lang: str) -> dict[str, Any]:
    """Return a matrix as its templates take it; ``home`` is whose tendency is told."""
    names = told_apart(found.places, lang)
    shades = _shade_words()
    return {
        "places": [
            {"name": name, "path": place.path}
            for name, place in zip(names, found.places, strict=True)
        ],
        "home_name": say(home, "name", lang) if home in found.places else "",
        "groups": [
            {
                "name": say(group.axis, "name", lang) if group.axis else "",
                "rows": [_row_words(row, found.places, home, shades, lang) for row in group.rows],
            }
            for group in found.groups
        ],
        "count": len(found.rows),
        "is_shaded": any(row.is_shaded for row in found.rows),
        "has_best": any(cell.best for row in found.rows for cell in row.cells),
        "shades": shades,
    }


def _read(request: HttpRequest, code: str, wider: bool) -> tuple[Topic | None, Matrix]:
    institute = Institute.load(request_or_site=request)
    topic = Topic.objects.filter(code=code).first() if code else None
    if code and topic is None:
        raise Http404(f"tema {code}")
    own = own_places(institute)
    if wider:
        places = wider_places(own, institute.country_code)
    else:
        places = [*own.towns, *([own.metro] if own.metro else [])]
    return topic, matrix(places, topic=topic)


def _title(topic: Topic | None, lang: str) -> str:
    if topic is None:
        return _("Matriz de indicadores")
    return _("Matriz: %(topic)s") % {"topic": say(topic, "name", lang)}


def _row_words(
    row: MatrixRow, places: Sequence[Place], home: Place | None, shades: Sequence[str], lang: str
) -> RowWords:
    own = next(
        (
            cell.figure
            for place, cell in zip(places, row.cells, strict=True)
            if place == home and cell.figure is not None and not cell.other_series
        ),
        None,
    )
    return RowWords(
        name=say(row.indicator, "name", lang),
        foreign=is_foreign(row.indicator, "name", lang),
        path=row.indicator.path,
        unit=unit_note(row.series, lang),
        period=period_words(row.period.key, lang),
        cells=[_cell_words(cell, shades, lang) for cell in row.cells],
        own=row_of(own, lang, spark=False) if own is not None else None,
    )


def _cell_words(cell: Cell, shades: Sequence[str], lang: str) -> CellWords:
    figure = cell.figure
    if figure is None:
        return CellWords(_("sin dato"), "missing", "", "", best=False)
    notes = []
    if cell.other_series:
        notes.append(unit_note(figure.series, lang) or figure.series.unit.symbol)
        notes.append(_("otra serie"))
    if cell.other_series or cell.other_period:
        notes.append(period_words(figure.period.key, lang, short=True))
    if status := status_name(figure.status):
        notes.append(status)
    return CellWords(
        text=short_value(figure.value, figure.series, lang),
        css=f"c{cell.shade}" if cell.shade else "",
        word=shades[cell.shade - 1] if cell.shade else "",
        note=" · ".join(note for note in notes if note),
        best=cell.best,
    )


def _shade_words() -> list[str]:
    words = [_("más bajo"), _("bajo"), _("en medio"), _("alto"), _("más alto")]
    return words[:CLASSES]


def _files(base: str, wider: bool) -> list[dict[str, Any]]:
    stem = base.rstrip("/") + ("/estados" if wider else "")
    return [{"label": form.upper(), "url": f"{stem}.{form}"} for form in ("csv", "xlsx")]
