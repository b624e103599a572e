"""Comparing: two to eight places on one indicator, or one place on many, with an address each.

``/comparar/?indicador=<slug>&lugares=05035,10007`` and ``/comparar/?lugar=05035&tema=<tema>``.
Places and indicators are found by their name, also without a script: a name that means one thing
leads on, one that may mean several offers them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators import charting, presenting, tabling
from traza.indicators.addresses import Address, series_key
from traza.indicators.choices import normal_codes
from traza.indicators.findings import highest_and_lowest
from traza.indicators.grammar import name_of, of_period, period_words
from traza.indicators.models import Indicator, Series
from traza.indicators.notices import Notice, absence_notices, not_found, too_many
from traza.indicators.queries import index
from traza.indicators.queries.matrix import matrix
from traza.indicators.queries.reading import MOST_PLACES, Reading, read_indicator
from traza.indicators.queries.series import series_having, series_of
from traza.indicators.queries.territory import Own, beside, own_places
from traza.indicators.views.matrix import matrix_words
from traza.indicators.words import current_lang, is_foreign, prefix, say, unit_name
from traza.places.models import Place
from traza.places.queries import AmbiguousPlace, UnknownPlace, chosen_place, get_place
from traza.publishing.models import Topic
from traza.publishing.store.declare import public_page

PARAMS = ("indicador", "serie", "lugares", "lugar", "tema", "q")
#: Periods in the table of values.
_PERIODS = 12
_FOUND = 30


@public_page(params=PARAMS, store="memory")
def compare(request: HttpRequest) -> HttpResponse:
    """Show a comparison, or how to begin one."""
    lang = current_lang()
    own = own_places(Institute.load(request_or_site=request))
    slug = request.GET.get("indicador", "")[:160]
    if slug:
        found = Indicator.objects.filter(slug=slug, live=True, is_archived=False).first()
        if found is None:
            return _begin(request, own, lang, notice=_no_indicator(slug))
        return _places_on_one(request, found, lang)
    if request.GET.get("lugar", "").strip():
        return _one_on_many(request, own, lang)
    return _begin(request, own, lang)


def _begin(
    request: HttpRequest, own: Own, lang: str, *, notice: Notice | None = None
) -> HttpResponse:
    """Offer both ways to begin: by an indicator, by a place."""
    text = request.GET.get("q", "")[:80].strip()
    matches = index.narrowed(index.entries(own), text=text)[:_FOUND] if text else []
    codes = ",".join(sorted(place.code for place in own.towns[:MOST_PLACES]))
    return render(
        request,
        "traza/indicators/compare_begin.html",
        {
            "notice": notice,
            "text": text,
            "matches": [
                {
                    "name": say(entry.indicator, "name", lang),
                    "foreign": is_foreign(entry.indicator, "name", lang),
                    "url": _url(lang, indicador=entry.indicator.slug, lugares=codes),
                }
                for entry in matches
            ],
            "own": [
                {"name": name_of(place, lang), "url": _url(lang, lugar=place.code)}
                for place in [*own.towns, *([own.metro] if own.metro else [])]
            ],
        },
    )


def _no_indicator(slug: str) -> Notice:
    return Notice(
        _("No hay ningún indicador publicado en «%(slug)s»") % {"slug": slug[:60]},
        _("Buscarlo aquí por su nombre."),
    )


# Places on one indicator.


def _places_on_one(request: HttpRequest, found: Indicator, lang: str) -> HttpResponse:
    given = request.GET.get("lugares", "")[:600]
    codes = normal_codes(given.split(","))
    key = request.GET.get("serie", "")[:200]
    listed = series_of(found)

    def url(chosen: Sequence[str]) -> str:
        return _url(lang, indicador=found.slug, serie=key, lugares=",".join(chosen))

    reading = read_indicator(
        found,
        series_for(listed, found, key, codes),
        all_series=listed,
        institute=Institute.load(request_or_site=request),
        codes=codes,
    )
    notices: list[Notice] = []
    if reading is not None and (added := request.GET.get("lugar", "")[:120].strip()):
        now = codes or normal_codes([place.code for place in reading.places])
        answer = _add(added, now, url, lang)
        if isinstance(answer, HttpResponse):
            return answer
        notices.append(answer)
    elif given != ",".join(codes):
        return HttpResponseRedirect(url(codes))
    context: dict[str, Any] = {
        "indicator": found,
        "name": say(found, "name", lang),
        "foreign": is_foreign(found, "name", lang),
        "notices": notices,
        "reading": reading,
    }
    if reading is not None:
        context |= _compared(reading, codes, url, lang)
        context["notices"] = [*notices, *context.pop("warnings")]
        context["hidden"] = [
            (name, value)
            for name, value in (
                ("indicador", found.slug),
                ("serie", key),
                ("lugares", ",".join(codes or context["codes"])),
            )
            if value
        ]
    return render(request, "traza/indicators/compare_places.html", context)


def series_for(
    listed: Sequence[Series], found: Indicator, key: str, codes: Sequence[str]
) -> Series | None:
    """Return the series asked for, or the one that most of the places have."""
    if key:
        for one in listed:
            if series_key(one, found.slug) == key:
                return one
    if not codes or len(listed) < 2:
        return listed[0] if listed else None
    places = list(Place.objects.filter(code__in=codes).values_list("pk", flat=True))
    having = series_having([one.pk for one in listed], places)
    counts = {one.pk: sum(one.pk in ids for ids in having.values()) for one in listed}
    # max() keeps the first of equals, and the principal series is the first.
    return max(listed, key=lambda one: (counts[one.pk], not one.dimensions))


def _compared(
    reading: Reading, codes: Sequence[str], url: Callable[[Sequence[str]], str], lang: str
) -> dict[str, Any]:
    """Return the drawings, the table and the words of one comparison."""
    title = presenting.chart_title(reading, lang)
    period = charting.common_period(reading)
    bars = (
        charting.bar_picture(reading, lang, title=title, period=period)
        if period is not None
        else None
    )
    several = not reading.has_one_period
    lines = charting.line_picture(reading, lang, title=title) if several else None
    shown = [place.code for place in reading.places]
    principal = reading.series.pk == reading.all_series[0].pk
    address = Address.of(reading.series, reading.indicator.slug, lang, principal=principal)
    warnings = list(absence_notices(reading, address, lang))
    if period is not None and (late := _other_periods(reading, period, lang)):
        warnings.append(late)
    return {
        "finding": highest_and_lowest(reading, period, lang) if period is not None else "",
        "figures": [picture.page() for picture in (bars, lines) if picture is not None],
        "table": tabling.build_table(reading, lang, most=_PERIODS),
        "table_label": tabling.what_table_is(reading, lang),
        "table_url": address.tab("tabla", {"lugares": ",".join(sorted(shown))}),
        "unit": unit_name(reading.series, lang),
        "period": period_words(period, lang) if period is not None else "",
        "chips": [
            {
                "name": name_of(place, lang),
                "me": place == reading.focus,
                "remove": url(sorted(code for code in shown if code != place.code))
                if len(shown) > 1
                else "",
            }
            for place in reading.places
        ],
        "codes": sorted(shown),
        "can_add": len(shown) < MOST_PLACES,
        "picker_url": presenting.place_suggestions_url(reading.indicator.slug, lang),
        "other_series": presenting.other_series(reading, address, lang),
        "indicator_url": address.base,
        "warnings": warnings,
    }


def _other_periods(reading: Reading, period: int, lang: str) -> Notice | None:
    """Say which places have no value of the common period, and which is their last."""
    late = []
    for run in reading.shown:
        fact = run.at(period)
        if (fact is None or fact.value is None) and run.latest is not None:
            last = period_words(run.latest.period, lang)
            late.append(f"{name_of(run.place, lang)} ({last})")
    if not late:
        return None
    return Notice(
        _("No todos tienen dato %(period)s") % {"period": of_period(period, lang)},
        _("Su cifra más reciente es de otro periodo y no se compara con las demás: %(places)s.")
        % {"places": ", ".join(late)},
    )


def _add(
    text: str, now: Sequence[str], url: Callable[[Sequence[str]], str], lang: str
) -> HttpResponse | Notice:
    """Lead to the comparison with one more place, or say why it cannot be."""
    try:
        place = chosen_place(text)
    except (UnknownPlace, AmbiguousPlace) as error:
        candidates = _candidates(error)
        links = {p.code: url(normal_codes([*now[: MOST_PLACES - 1], p.code])) for p in candidates}
        return not_found(text, candidates, links, lang)
    if len(now) >= MOST_PLACES and place.code not in now:
        return too_many()
    return HttpResponseRedirect(url(normal_codes([*now, place.code])))


def _candidates(error: UnknownPlace | AmbiguousPlace) -> list[Place]:
    found = error.suggestions if isinstance(error, UnknownPlace) else error.candidates
    return found[:MOST_PLACES]


# One place on many indicators.


@dataclass(frozen=True)
class _Asked:
    """What was asked of one place: its topic, and the places set beside it."""

    place: Place
    topic: Topic | None
    others: Sequence[Place]
    chose: bool


def _one_on_many(request: HttpRequest, own: Own, lang: str) -> HttpResponse:
    text = request.GET["lugar"][:120].strip()
    code = request.GET.get("tema", "")[:80]
    place = get_place(text)
    if place is None:
        try:
            place = chosen_place(text)
        except (UnknownPlace, AmbiguousPlace) as error:
            candidates = _candidates(error)
            links = {p.code: _url(lang, lugar=p.code, tema=code) for p in candidates}
            notice = not_found(text, candidates, links, lang)
            return _begin(request, own, lang, notice=notice)
    given = request.GET.get("lugares", "")[:600]
    codes = tuple(c for c in normal_codes(given.split(",")) if c != place.code)[: MOST_PLACES - 1]
    topic = Topic.objects.filter(code=code).first() if code else None
    if text != place.code or given != ",".join(codes) or (code and topic is None):
        tema = topic.code if topic else ""
        url = _url(lang, lugares=",".join(codes), lugar=place.code, tema=tema)
        return HttpResponseRedirect(url)
    others = {p.code: p for p in Place.objects.filter(code__in=codes)}
    chosen = [others[c] for c in codes if c in others] if codes else beside(place)
    return _draw_one(request, _Asked(place, topic, chosen, bool(codes)), lang)


def _draw_one(request: HttpRequest, asked: _Asked, lang: str) -> HttpResponse:
    place, topic = asked.place, asked.topic
    tema = topic.code if topic else ""

    def url(codes: Sequence[str]) -> str:
        return _url(lang, lugares=",".join(codes), lugar=place.code, tema=tema)

    codes = [one.code for one in asked.others]
    notices = []
    if added := request.GET.get("q", "")[:120].strip():
        answer = _add(added, sorted(codes), url, lang)
        if isinstance(answer, HttpResponse):
            return answer
        notices.append(answer)
    found = matrix([place, *asked.others], topic=topic, focus=place)
    axes = Topic.objects.filter(scheme="axis", axis_indicators__isnull=False).distinct()
    choices = [*axes, *([topic] if topic is not None and topic not in axes else [])]
    return render(
        request,
        "traza/indicators/compare_topics.html",
        {
            **matrix_words(found, place, lang),
            "notices": notices,
            "place": place,
            "name": name_of(place, lang),
            "topic": topic,
            "topic_name": say(topic, "name", lang) if topic else "",
            "topics": [{"code": one.code, "name": say(one, "name", lang)} for one in choices],
            "chips": [
                {
                    "name": name_of(one, lang),
                    "remove": url(sorted(c for c in codes if c != one.code))
                    if len(codes) > 1
                    else "",
                }
                for one in asked.others
            ],
            "can_add": len(codes) < MOST_PLACES - 1,
            "beside_codes": ",".join(sorted(codes)) if asked.chose else "",
            "picker_url": f"{prefix(lang)}/lugares/sugerencias.json",
        },
    )


def _url(lang: str, **given: str) -> str:
    """Return the address of a comparison, its parameters in their one order."""
    query = {name: given[name] for name in PARAMS if given.get(name)}
    return f"{prefix(lang)}/comparar/" + (f"?{urlencode(query, safe=',')}" if query else "")
