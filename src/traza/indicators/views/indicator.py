"""The page of an indicator, with its tabs: line, compare, map, table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from traza.indicators import charting, findings, presenting, tabling
from traza.indicators.addresses import Address, series_key
from traza.indicators.choices import PARAMS, Choices, normal_codes, read_choices
from traza.indicators.citation import cite
from traza.indicators.grammar import of_place, period_of, period_words
from traza.indicators.models import Indicator, Series
from traza.indicators.notices import Notice, absence_notices, not_found, too_many, usual_absences
from traza.indicators.queries.memory import per_revision
from traza.indicators.queries.reading import (
    MOST_PLACES,
    MapChoice,
    Reading,
    read_indicator,
)
from traza.indicators.queries.series import series_of
from traza.indicators.queries.versions import Version, versions_of
from traza.indicators.words import current_lang, is_foreign, level_name, say, unit_name
from traza.places.queries import AmbiguousPlace, UnknownPlace, chosen_place
from traza.publishing.models import Publication
from traza.publishing.queries import related
from traza.publishing.registry import registry
from traza.publishing.store.declare import public_page

#: Periods of the table below a chart; the table's own tab has them all.
_LATEST = 12
_VERSIONS = 3
_RELATED = 6
#: Of what tells of the indicator, the latest few.
_TELLERS = 3


@public_page(params=PARAMS)
def indicator(request: HttpRequest, slug: str, tab: str = "", key: str = "") -> HttpResponse:
    """Show an indicator, or one of its other series, in one of its tabs."""
    found = public_indicator(slug)
    if found.is_archived:
        return gone(request, found)
    return _render(request, found, tab=tab, key=key)


@per_revision(8)
def public_indicator(slug: str) -> Indicator:
    """Return an indicator the public may see, archived ones too; raises Http404 for the others."""
    found: Indicator | None = (
        Indicator.objects.filter(slug=slug, live=True).select_related("axis").first()
    )
    if found is None:
        raise Http404(f"/indicadores/{slug}/")
    return found


def gone(request: HttpRequest, found: Indicator) -> HttpResponse:
    """Say that an indicator is no longer shown."""
    return render(request, "traza/indicators/indicator_gone.html", {"indicator": found}, status=410)


def render_indicator(
    request: HttpRequest,
    indicator: Indicator,
    preview: bool = False,
    *,
    tab: str = "",
    key: str = "",
) -> HttpResponse:
    """Draw the page of an indicator.

    ``preview`` shows a draft or an import not yet approved: marked as such, without the reader's
    choices, never kept and never indexed.
    """
    return _render(request, indicator, tab=tab, key=key, preview=preview)


def _render(
    request: HttpRequest, indicator: Indicator, *, tab: str, key: str, preview: bool = False
) -> HttpResponse:
    lang = current_lang()
    choices = Choices() if preview else read_choices(request.GET)
    if preview or choices.codes:
        reading = _read(indicator, key, choices.codes)
    else:
        reading = _read_as_it_stands(indicator.slug, key)
    address = Address(indicator.slug, key, lang)
    notices: list[Notice] = []
    if choices.add and reading is not None:
        answer = _add_place(reading, address, choices, tab)
        if isinstance(answer, HttpResponse):
            return answer
        notices.append(answer)
    if not preview and _is_untidy(request, choices):
        return HttpResponseRedirect(address.tab(tab, choices.query()))
    if reading is not None and reading.has_one_period and tab == "comparar":
        return HttpResponseRedirect(address.tab("", choices.query()))
    page = Page(request, indicator, reading, address, choices, tab, notices, preview)
    response = render(request, "traza/indicators/indicator.html", page.context())
    if preview:
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


@per_revision(8)
def _read_as_it_stands(slug: str, key: str) -> Reading | None:
    """Return what a public page shows when nobody has chosen anything."""
    return _read(public_indicator(slug), key, ())


def _read(indicator: Indicator, key: str, codes: Sequence[str]) -> Reading | None:
    listed = series_of(indicator)
    return read_indicator(
        indicator, pick_series(listed, indicator, key), all_series=listed, codes=codes
    )


def pick_series(listed: Sequence[Series], indicator: Indicator, key: str) -> Series | None:
    """Return the series an address names, the principal one for none; raises Http404."""
    if not key:
        return listed[0] if listed else None
    for one in listed[1:]:
        if series_key(one, indicator.slug) == key:
            return one
    raise Http404(key)


def _is_untidy(request: HttpRequest, choices: Choices) -> bool:
    """Tell whether a page would have a second address: places unsorted, repeated, nonsense."""
    given = {name: request.GET[name] for name in PARAMS if name in request.GET}
    given.pop("lugar", None)
    return given != choices.query()


def _add_place(
    reading: Reading, address: Address, choices: Choices, tab: str
) -> HttpResponse | Notice:
    """Lead to the page with one more place, or say why it cannot be."""
    now = [place.code for place in reading.places]
    try:
        place = chosen_place(choices.add)
    except UnknownPlace as error:
        candidates = error.suggestions
    except AmbiguousPlace as error:
        having = reading.runs
        known = [place for place in error.candidates if place.pk in having]
        candidates = (known or error.candidates)[:MOST_PLACES]
    else:
        if len(now) >= MOST_PLACES and place.code not in now:
            return too_many()
        codes = normal_codes([*now, place.code])
        return HttpResponseRedirect(address.tab(tab, choices.query(lugares=",".join(codes))))
    links = {
        place.code: address.tab(
            tab,
            choices.query(lugares=",".join(normal_codes([*now[: MOST_PLACES - 1], place.code]))),
        )
        for place in candidates
    }
    return not_found(choices.add, candidates, links, address.lang)


@dataclass
class Page:
    """One page under way: what was read, what was asked, and the context it becomes."""

    request: HttpRequest
    indicator: Indicator
    reading: Reading | None
    address: Address
    choices: Choices
    tab: str
    notices: list[Notice]
    preview: bool
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """Return the language of the page."""
        return self.address.lang

    def context(self) -> dict[str, Any]:
        """Return everything the template shows."""
        # What goes with every way of seeing the indicator stands with the first one only.
        is_first = self.tab == ""
        versions = versions_of(self.indicator, self.lang, limit=_VERSIONS if is_first else 1)
        base = settings.TRAZA_BASE_URL
        url = f"{base}{self.address.base}"
        self.found = {
            "indicator": self.indicator,
            "name": say(self.indicator, "name", self.lang),
            "name_is_foreign": is_foreign(self.indicator, "name", self.lang),
            "definition": say(self.indicator, "definition", self.lang),
            "definition_is_foreign": is_foreign(self.indicator, "definition", self.lang),
            "address": self.address,
            "tab": self.tab,
            "is_first": is_first,
            "preview": self.preview,
            "notices": self.notices,
            "versions": versions,
            "versions_url": self.address.below("versiones/"),
            "is_chosen": bool(self.choices.query() or self.choices.add),
            "canonical_url": url if not self.tab else f"{base}{self.address.tab(self.tab)}",
            "card_url": f"{base}{self.address.below('tarjeta.png')}",
            "next_update": presenting.next_update(self.indicator, self.lang),
        }
        if is_first:
            self.found["related"] = _related(self.indicator.pk, self.indicator.slug)
        if self.reading is None:
            self.found["finding"] = ""
            return self.found
        self._add_reading(self.reading, versions, url)
        return self.found

    def _add_reading(self, reading: Reading, versions: Sequence[Version], url: str) -> None:
        lang, address = self.lang, self.address
        maps = reading.maps
        if self.tab == "mapa" and not maps:
            raise Http404(address.tab("mapa"))
        text = findings.finding_text(reading, lang)
        before, figure, after = findings.finding(reading, lang)
        age, age_text, is_old = presenting.age_note(reading, timezone.localdate(), lang)
        self.notices += absence_notices(reading, address, lang)
        is_principal = reading.series.pk == reading.all_series[0].pk
        query = self.choices.query(periodo="", nivel="")
        version = versions[0] if versions else None
        self.found |= {
            "reading": reading,
            "series": reading.series,
            "series_name": "" if is_principal else say(reading.series, "title", lang),
            "unit": unit_name(reading.series, lang),
            "source": reading.series.source,
            "source_title": say(reading.series.source, "title", lang),
            "finding": text,
            "finding_before": before,
            "finding_figure": figure,
            "finding_after": after,
            "age": age,
            "age_text": age_text,
            "is_old": is_old,
            "headline": presenting.headline(reading, lang),
            "facts": presenting.fact_lines(reading, lang),
            "tabs": presenting.tabs(reading, address, self.choices, self.tab, has_map=bool(maps)),
            "chips": presenting.chips(reading, address, self.choices, self.tab),
            "can_add": len(reading.places) < MOST_PLACES,
            "other_series": presenting.other_series(reading, address, lang),
            "absence": usual_absences(reading, address, lang),
            "picker_url": presenting.place_suggestions_url(address.slug, lang),
            "hidden": _hidden(self.choices),
            "citation": cite(reading, version, url, lang),
            "error_link": presenting.error_link(url.removeprefix(settings.TRAZA_BASE_URL), lang),
            "json_ld": _script(
                presenting.json_ld(
                    reading,
                    address,
                    settings.TRAZA_BASE_URL,
                    lang=lang,
                    text=text,
                    version=version.number if version else "",
                    modified=version.day.isoformat() if version else "",
                )
            ),
            "files": _files(address, self.tab, self.choices, query),
            "csv_url": address.file("csv"),
        }
        if self.tab == "mapa":
            self._add_map(reading, maps)
        elif self.tab == "tabla":
            self._add_table(reading)
        elif self.tab == "comparar" or reading.has_one_period:
            self._add_bars(reading)
        else:
            self._add_lines(reading)

    def _add_table(self, reading: Reading, *, most: int | None = None) -> None:
        self.found["table"] = tabling.build_table(reading, self.lang, most=most)
        self.found["table_label"] = tabling.what_table_is(reading, self.lang)
        self.found["table_url"] = self.address.tab(
            "tabla", self.choices.query(periodo="", nivel="")
        )

    def _add_lines(self, reading: Reading) -> None:
        picture = line_picture(reading, self.choices, self.lang)
        self.found["figure"] = picture.page() if picture else None
        years = sorted({period_of(key).start.year for key in reading.periods()})
        if len(years) > 2:
            self.found["years"] = years
            self.found["since"] = self.choices.since or years[0]
            self.found["until"] = self.choices.until or years[-1]
        self._add_table(reading, most=_LATEST)

    def _add_bars(self, reading: Reading) -> None:
        picture, period = bar_picture(reading, self.choices, self.lang)
        # One bar alone compares nothing; as a file it still carries the figure.
        is_alone = reading.has_one_period and len(reading.places) == 1
        self.found["figure"] = picture.page() if picture and not is_alone else None
        if not reading.has_one_period:
            self._add_periods(reading.periods()[::-1], period)
            slope = charting.slope_picture(
                reading, self.lang, title=presenting.chart_title(reading, self.lang)
            )
            self.found["second_figure"] = slope.page() if slope else None
        else:
            self._add_table(reading)

    def _add_map(self, reading: Reading, maps: Sequence[MapChoice]) -> None:
        picture, choice, period, periods = map_picture(reading, self.choices, maps, self.lang)
        self.found["figure"] = picture.page() if picture else None
        self._add_periods(periods, period)
        self.found["maps"] = [(one.key, map_name(one, self.lang)) for one in maps]
        self.found["map"] = choice.key

    def _add_periods(self, keys: Sequence[int], chosen: int | None) -> None:
        self.found["periods"] = [
            (period_of(key).code, period_words(key, self.lang)) for key in keys
        ]
        self.found["period"] = period_of(chosen).code if chosen else ""


def line_picture(reading: Reading, choices: Choices, lang: str) -> charting.Picture | None:
    """Return the lines of the places and years chosen."""
    keys = [
        key
        for key in reading.periods()
        if (choices.since is None or period_of(key).start.year >= choices.since)
        and (choices.until is None or period_of(key).start.year <= choices.until)
    ]
    since, until = (keys[0], keys[-1]) if keys else (None, None)
    return charting.line_picture(
        reading, lang, title=presenting.chart_title(reading, lang), since=since, until=until
    )


def bar_picture(
    reading: Reading, choices: Choices, lang: str
) -> tuple[charting.Picture | None, int | None]:
    """Return bars of the period chosen, or of the one that compares best, and that period."""
    periods = reading.periods()
    period = choices.period if choices.period in periods else charting.common_period(reading)
    if period is None and periods:
        period = periods[-1]
    if period is None:
        return None, None
    title = presenting.chart_title(reading, lang)
    return charting.bar_picture(reading, lang, title=title, period=period), period


def map_picture(
    reading: Reading, choices: Choices, maps: Sequence[MapChoice], lang: str
) -> tuple[charting.Picture | None, MapChoice, int | None, list[int]]:
    """Return the map chosen with its period and all the periods it may show."""
    choice = next((one for one in maps if one.key == choices.level), maps[0])
    periods = charting.map_periods(reading, choice)
    if not periods:
        return None, choice, None, []
    period = choices.period if choices.period in periods else periods[0]
    title = f"{say(reading.indicator, 'name', lang)}, {map_name(choice, lang)}"
    picture = charting.map_picture(reading, lang, choice=choice, period=period, title=title)
    return picture, choice, period, periods


def map_name(choice: MapChoice, lang: str) -> str:
    """Return what a map shows: "municipios de La Laguna", "estados"."""
    many = level_name(choice.level, lang, many=True)
    return f"{many} {of_place(choice.within, lang)}" if choice.within is not None else many


@per_revision(8)
def _related(indicator_id: int, slug: str) -> list[Publication]:
    """Return what tells of an indicator, what its card names, and the nearest publications."""
    own = Publication.objects.filter(kind="indicator", key=slug).first()
    slugs = Indicator.related.through.objects.filter(from_indicator_id=indicator_id).values(
        "to_indicator__slug"
    )
    named = [
        *registry.tellers("indicator", slug)[:_TELLERS],
        *Publication.objects.filter(kind="indicator", key__in=slugs, is_public=True),
    ]
    if own is None:
        return named[:_RELATED]
    known = {row.pk for row in named}
    return [*named, *(row for row in related(own, _RELATED) if row.pk not in known)][:_RELATED]


def _hidden(choices: Choices) -> list[tuple[str, str]]:
    return [(name, value) for name, value in choices.query().items() if name == "lugares"]


def _files(
    address: Address, tab: str, choices: Choices, query: dict[str, str]
) -> list[dict[str, str]]:
    image_tab = tab if tab in ("comparar", "mapa") else ""
    chosen = choices.query() if image_tab else query
    return [
        {"label": "Excel", "url": address.file("xlsx")},
        {"label": "CSV", "url": address.file("csv")},
        {"label": "JSON", "url": address.file("json")},
        {"label": "PNG", "url": address.image(image_tab, "png", chosen)},
        {"label": "SVG", "url": address.image(image_tab, "svg", chosen)},
    ]


def _script(data: dict[str, Any]) -> SafeString:
    """Return JSON that may stand inside a script element."""
    text = orjson.dumps(data).decode()
    return mark_safe(  # noqa: S308 — every < is escaped, so no element can end here
        text.replace("<", "\\u003c").replace("&", "\\u0026")
    )
