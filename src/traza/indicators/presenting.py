"""What the template of an indicator page is given: every text ready, nothing left to decide."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from traza.indicators import findings
from traza.indicators.addresses import Address
from traza.indicators.choices import Choices
from traza.indicators.grammar import day_words, join_words, name_of, period_of, period_words
from traza.indicators.models import Indicator
from traza.indicators.notices import address_of, why_apart
from traza.indicators.queries.reading import Reading, Standing
from traza.indicators.words import (
    direction_name,
    prefix,
    say,
    series_title,
    status_name,
    unit_format,
    unit_name,
    update_name,
    value_text,
)

_LONG_FIGURE = 7
_LONGEST_FIGURE = 11


@dataclass(frozen=True)
class Headline:
    """The figure in large type with what belongs to it."""

    where: str
    number: str
    symbol: str
    unit: str
    change: str = ""
    tone: str = ""
    arrow: str = ""
    status: str = ""

    @property
    def size(self) -> str:
        """Return the word for smaller type that a long figure needs; it never breaks in two."""
        length = len(self.number)
        return "longest" if length > _LONGEST_FIGURE else "long" if length > _LONG_FIGURE else ""


@dataclass(frozen=True)
class FactLine:
    """A line beside the headline."""

    term: str
    text: str
    tone: str = ""


@dataclass(frozen=True)
class Tab:
    """A way of seeing the series."""

    title: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Chip:
    """A place shown; ``remove`` is the address without it, empty when it cannot be taken away."""

    name: str
    remove: str
    is_focus: bool


@dataclass(frozen=True)
class OtherSeries:
    """Another series of the indicator and why it is not drawn with this one."""

    title: str
    url: str
    why: str


def headline(reading: Reading, lang: str) -> Headline | None:
    """Return the large figure of the place in question, None where there is no value."""
    run, fact = reading.focus_run, reading.latest
    if run is None or fact is None:
        return None
    series = reading.series
    unit = unit_format(series)
    short = value_text(fact.value, series, lang, short=True)
    symbol = series.unit.symbol if series.unit.position == "suffix" else ""
    number = short.removesuffix(symbol).rstrip("\u00a0 ") if symbol else short
    before = findings.earlier(run, fact)
    change = (
        findings.change_between(before, fact, series, reading.direction, lang) if before else None
    )
    words = unit.suffix(lang, one=number == "1")
    if not words and series.unit.kind != "percent":
        words = unit_name(series, lang).lower() if not symbol else ""
    return Headline(
        where=f"{name_of(run.place, lang)}, {period_words(fact.period, lang)}",
        number=number,
        symbol=symbol,
        unit=words,
        change=change.beside(lang) if change else "",
        tone=change.tone if change else "",
        arrow=change.arrow if change else "",
        status=status_name(fact.status),
    )


def fact_lines(reading: Reading, lang: str) -> list[FactLine]:
    """Return what stands beside the chart: change since the first, share, rank, direction."""
    lines = []
    since = findings.since_first(reading, lang)
    if since is not None:
        first = period_words(since.since, lang, short=True)
        text = f"{since.arrow} {since.words}".strip()
        lines.append(FactLine(_("Desde %(period)s") % {"period": first}, text, since.tone))
    share = findings.share_of_metro(reading, lang)
    if share and reading.own.metro is not None:
        metro = name_of(reading.own.metro, lang)
        lines.append(FactLine(_("En %(place)s") % {"place": metro}, share))
    if reading.standing is not None:
        lines.append(FactLine(_("Posición"), _position(reading.standing, lang)))
    if reading.indicator.direction_reviewed:
        lines.append(FactLine(_("Dirección deseada"), direction_name(reading.indicator.direction)))
    if not reading.has_one_period:
        lines.append(FactLine(_("Frecuencia"), update_name(reading.indicator, reading.series)))
    return lines


def _position(standing: Standing, lang: str) -> str:
    return findings.rank_words(standing.rank, standing.level, lang, ascending=standing.ascending)


def age_note(reading: Reading, today: date, lang: str) -> tuple[str, str, bool]:
    """Return how old the figure is, what follows from it, and whether it is old."""
    fact = reading.latest
    if fact is None:
        return "", "", False
    words, is_old = findings.age_words(fact, today, lang)
    parts = []
    if reading.has_one_period:
        parts.append(_("Se midió una sola vez: no hay con qué decir si sube o baja."))
    elif is_old:
        parts.append(_("Es el más reciente de esta fuente."))
    parts.append(next_update(reading.indicator, lang))
    return words, " ".join(parts), is_old


def next_update(indicator: Indicator, lang: str) -> str:
    """Return when the next figures are expected."""
    if indicator.next_release is None:
        return _("La siguiente actualización no tiene fecha.")
    return _("La siguiente actualización se espera el %(day)s.") % {
        "day": day_words(indicator.next_release, lang)
    }


def tabs(
    reading: Reading, address: Address, choices: Choices, current: str, *, has_map: bool
) -> list[Tab]:
    """Return the ways of seeing the series; the line needs more than one period."""
    query = choices.query(periodo="", nivel="")
    listed = [] if reading.has_one_period else [("", _("Serie"))]
    compare = "" if reading.has_one_period else "comparar"
    listed.append((compare, _("Comparar")))
    if has_map:
        listed.append(("mapa", _("Mapa")))
    listed.append(("tabla", _("Tabla")))
    return [Tab(title, address.tab(tab, query), tab == current) for tab, title in listed]


def chips(reading: Reading, address: Address, choices: Choices, tab: str) -> list[Chip]:
    """Return the places shown, each with the address without it."""
    codes = [place.code for place in reading.places]
    found = []
    for place in reading.places:
        rest = sorted(code for code in codes if code != place.code)
        remove = address.tab(tab, choices.query(lugares=",".join(rest))) if rest else ""
        is_focus = reading.focus is not None and place.pk == reading.focus.pk
        found.append(Chip(name_of(place, address.lang), remove, is_focus))
    return found


def other_series(reading: Reading, address: Address, lang: str) -> list[OtherSeries]:
    """Return the other series of the indicator, each with why it is not drawn with this one."""
    return [
        OtherSeries(
            title=series_title(one, lang),
            url=address_of(reading, one, address).base,
            why=why_apart(reading.series, one, lang),
        )
        for one in reading.others
    ]


def chart_title(reading: Reading, lang: str, *, extra: str = "") -> str:
    """Return what a chart shows and where: "Homicidios, municipios de La Laguna"."""
    name = say(reading.indicator, "name", lang)
    if reading.series.dimensions or not reading.series.is_headline:
        own = say(reading.series, "title", lang)
        name = f"{name}: {_lower_first(own)}" if own and own != name else name
    where = _where(reading, lang)
    return ", ".join(part for part in (name, extra, where) if part)


def _where(reading: Reading, lang: str) -> str:
    metro, places = reading.own.metro, reading.places
    if metro is not None:
        inside = {town.pk for town in reading.own.towns} | {metro.pk}
        if len(places) > 2 and {place.pk for place in places} <= inside:
            return _("municipios de %(metro)s") % {"metro": name_of(metro, lang)}
    names = [name_of(place, lang) for place in places]
    if len(names) <= 3:
        return join_words(names, lang)
    return _("%(place)s y otros %(n)d lugares") % {"place": names[0], "n": len(names) - 1}


def error_link(address: str, lang: str) -> str:
    """Return the form in which an error on this page is told, with the page already filled in."""
    prefix = "/en" if lang == "en" else ""
    return f"{prefix}/contacto/error/?pagina={quote(address)}"


def json_ld(reading: Reading, address: Address, base_url: str, *, lang: str, text: str,
            version: str, modified: str) -> dict[str, Any]:  # fmt: skip
    """Return the page as a schema.org Dataset."""
    indicator, series, institute = reading.indicator, reading.series, reading.institute
    periods = [fact.period for run in reading.runs.values() for fact in run.known]
    name = say(indicator, "name", lang)
    media = {
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
    }
    licence = series.source.license_url or institute.license_url
    if licence.startswith("/"):
        licence = f"{base_url}{licence}"
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": say(indicator, "definition", lang) or text,
        "url": f"{base_url}{address.base}",
        "inLanguage": lang,
        "isAccessibleForFree": True,
        "license": licence or series.source.license or institute.license_name,
        "creator": {"@type": "Organization", "name": institute.name, "url": f"{base_url}/"},
        "creditText": series.source.producer,
        "variableMeasured": {
            "@type": "PropertyValue",
            "name": name,
            "unitText": unit_name(series, lang),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{base_url}{address.file(ext)}",
            }
            for ext, kind in media.items()
        ],
    }
    if version:
        found["version"] = version
    if modified:
        found["dateModified"] = modified
    if periods:
        first, last = period_of(min(periods)), period_of(max(periods))
        found["temporalCoverage"] = f"{first.start.isoformat()}/{last.end.isoformat()}"
    if reading.places:
        found["spatialCoverage"] = [name_of(place, lang) for place in reading.places]
    return found


def place_suggestions_url(slug: str, lang: str) -> str:
    """Return where the place field asks for suggestions."""
    return f"{prefix(lang)}/lugares/sugerencias.json?indicador={slug}"


def _lower_first(text: str) -> str:
    return text if len(text) < 2 or text[1].isupper() else text[0].lower() + text[1:]
