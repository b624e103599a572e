"""The ranking of all places that have an indicator, as a page and as CSV."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.exports.ranking import ranking_table
from traza.indicators.exports.sheet import file_response
from traza.indicators.findings import age_words
from traza.indicators.grammar import in_period, period_of, period_words
from traza.indicators.models import Indicator
from traza.indicators.queries.ranking import Option, Ranking, Standing, choose, options
from traza.indicators.queries.ranking import ranking as read_ranking
from traza.indicators.queries.series import Fact
from traza.indicators.queries.territory import Own, own_places
from traza.indicators.words import (
    current_lang,
    is_foreign,
    level_name,
    say,
    series_title,
    status_name,
    unit_name,
    value_text,
)
from traza.places.models import Level
from traza.publishing.store.declare import public_page
from traza.stats import ordinal

PER_PAGE = 100
PARAMS = ("nivel", "serie", "periodo", "q", "pagina")


@public_page(params=PARAMS, store="memory")
def ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every place of a level in order, a hundred a page, with the own ones marked."""
    lang = current_lang()
    indicator = _indicator(slug)
    institute = Institute.load(request_or_site=request)
    own = own_places(institute)
    found = options(indicator)
    context: dict[str, Any] = {
        "indicator": indicator,
        "name": say(indicator, "name", lang),
        "foreign": is_foreign(indicator, "name", lang),
        "is_narrowed": bool(request.GET),
    }
    chosen = _choose(request, found)
    if chosen is not None:
        context |= _ranked(request, found, chosen, own, lang)
    return render(request, "traza/indicators/ranking.html", context)


@public_page(params=("nivel", "serie", "periodo"), store="memory")
def ranking_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a ranking as CSV."""
    lang = current_lang()
    indicator = _indicator(slug)
    chosen = _choose(request, options(indicator))
    if chosen is None:
        raise Http404(f"clasificación de {slug}")
    found = read_ranking(*chosen, _direction(indicator))
    if not chosen[0].series.source.redistributable:
        raise Http404(f"la fuente de {slug} no permite redistribuir")
    table = ranking_table(found, say(indicator, "name", lang), lang)
    name = f"{slug}-{_('clasificacion')}-{found.period.code.replace('/', '-')}"
    return file_response(table, "csv", name, notes_title="")


def _indicator(slug: str) -> Indicator:
    return get_object_or_404(Indicator, slug=slug, live=True, is_archived=False)


def _direction(indicator: Indicator) -> Any:
    return indicator.direction


def _choose(request: HttpRequest, found: list[Option]) -> tuple[Option, int] | None:
    return choose(
        found,
        level=request.GET.get("nivel", "")[:12],
        series_code=request.GET.get("serie", "")[:200],
        period_code=request.GET.get("periodo", "")[:32],
    )


def _ranked(
    request: HttpRequest, found: list[Option], chosen: tuple[Option, int], own: Own, lang: str
) -> dict[str, Any]:
    option, period = chosen
    ranked = read_ranking(option, period, _direction(option.series.indicator))
    text = request.GET.get("q", "")[:80].strip()
    listed = ranked.named(text) if text else list(ranked.standings)
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("pagina"))
    asked = {key: request.GET[key] for key in ("nivel", "serie", "periodo") if request.GET.get(key)}
    with_text = {**asked, **({"q": text} if text else {})}
    return {
        "option": option,
        "period": period_words(period, lang),
        "period_code": period_of(period).code,
        "finding": _finding(ranked, own, lang),
        "age": age_words(Fact(period, None), timezone.localdate(), lang)[0],
        "count": f"{len(ranked.standings):,}",
        "has_status": any(one.status != "A" for one in ranked.standings),
        "metro_name": say(own.metro, "name", lang) if own.metro else "",
        "listed": len(listed),
        "order": _order(ranked),
        "unit": unit_name(option.series, lang),
        "source": option.series.source,
        "level_many": level_name(option.level, lang, many=True),
        "rows": _rows(list(page.object_list), ranked, own, lang),
        "own_rows": _rows(ranked.of(own.codes), ranked, own, lang)
        if len(ranked.standings) > PER_PAGE
        else [],
        "page": page,
        "query": f"{urlencode(with_text)}&" if with_text else "",
        "text": text,
        "levels": _levels(found, option, lang),
        "series_list": _series(found, option, lang),
        "periods": [
            {"code": period_of(key).code, "name": _period_name(key, count, lang)}
            for key, count in option.periods.items()
        ],
        "csv_query": f"?{urlencode(asked)}" if asked else "",
        "redistributable": option.series.source.redistributable,
    }


def _period_name(key: int, count: int, lang: str) -> str:
    """Return a period with how many places have it: "2020 (2,469 lugares)"."""
    return f"{period_words(key, lang)} ({count:,} {'places' if lang == 'en' else 'lugares'})"


def _order(ranked: Ranking) -> str:
    if ranked.direction == "down":
        return _("de menor a mayor")
    return _("de mayor a menor")


def _rows(standings: list[Standing], ranked: Ranking, own: Own, lang: str) -> list[dict[str, Any]]:
    places = ranked.places(standings)
    home = own.home.code if own.home is not None else ""
    return [
        {
            "position": ordinal(one.rank.position, lang),
            "tied": one.rank.tied,
            "name": say(places[one.code], "name", lang),
            "path": places[one.code].path,
            "within": places[one.code].within if ranked.option.level == Level.MUNICIPALITY else "",
            "value": value_text(one.value, ranked.option.series, lang, short=True),
            "status": status_name(one.status),
            "me": one.code == home,
            "own": one.code in own.codes,
        }
        for one in standings
        if one.code in places
    ]


def _finding(ranked: Ranking, own: Own, lang: str) -> str:
    """Say where the own place stands, or else which one is first, or why there is no order."""
    if ranked.given:
        return given_words(ranked.given, lang)
    series, level = ranked.option.series, ranked.option.level
    count = len(ranked.standings)
    levels = level_name(level, lang, many=count != 1)
    when = in_period(ranked.period.key, lang)
    codes = [p.code for p in (own.home, own.metro) if p is not None]
    mine = next(iter(ranked.of(codes)), None)
    one = mine or ranked.standings[0]
    value = value_text(one.value, series, lang)
    name = say(ranked.places([one])[one.code], "name", lang)
    place = ordinal(one.rank.position, lang)
    if lang == "en":
        tied = " (tied)" if one.rank.tied else ""
        order = "lowest first" if ranked.direction == "down" else "highest first"
        return f"{name} is {place} of {count:,} {levels} {when}{tied}, {order}: {value}."
    tied = " (empate)" if one.rank.tied else ""
    order = "de menor a mayor" if ranked.direction == "down" else "de mayor a menor"
    return f"{name} ocupa el {place} lugar de {count:,} {levels} {when}{tied}, {order}: {value}."


def given_words(given: str, lang: str) -> str:
    """Say why an order of municipalities means nothing."""
    if lang == "en":
        if given == "all":
            return "The source gives the same value to all of them: there is no order."
        return (
            "The source gives the same value to all the municipalities of a state: it seems to be "
            "the state's, so the order says nothing of each municipality."
        )
    if given == "all":
        return "La fuente da el mismo valor a todos: no hay orden."
    return (
        "La fuente da el mismo valor a los municipios de cada estado: parece el del estado, así "
        "que el orden nada dice de cada municipio."
    )


def _levels(found: list[Option], option: Option, lang: str) -> list[dict[str, Any]]:
    levels = list(dict.fromkeys(one.level for one in found))
    return [
        {
            "code": level,
            "name": level_name(level, lang, many=True).capitalize(),
            "chosen": level == option.level,
        }
        for level in levels
    ]


def _series(found: list[Option], option: Option, lang: str) -> list[dict[str, Any]]:
    """Return the series to choose from at this level; none where there is only one."""
    same = [one.series for one in found if one.level == option.level]
    if len(same) < 2:
        return []
    return [
        {
            "code": one.code,
            "name": series_title(one, lang),
            "chosen": one.pk == option.series.pk,
        }
        for one in same
    ]
