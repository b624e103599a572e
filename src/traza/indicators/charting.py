"""From what was read to what is drawn: lines, bars, maps, each wide and narrow, or as a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from traza.charts import (
    Bar,
    Line,
    Meta,
    Point,
    Shape,
    Theme,
    bar_chart,
    choropleth,
    line_chart,
    readable_accent,
    slope_chart,
)
from traza.foundation.models import Institute
from traza.indicators.chart_words import label, tick
from traza.indicators.grammar import name_of, period_of, period_words
from traza.indicators.models import Series
from traza.indicators.queries.memory import per_revision
from traza.indicators.queries.reading import MapChoice, Reading
from traza.indicators.queries.series import Fact, Run, slice_values
from traza.indicators.words import say, unit_name, value_text
from traza.places.models import Place
from traza.places.queries import shapes as place_shapes
from traza.stats import ClassInterval, classify, diverging_classes, format_span

Draw = Callable[..., str]
#: A gap longer than this is marked by one missing period and not filled with all of them.
_LONGEST_GAP = 400
#: A step this many times the usual one is a hole in what comes now and then.
_HOLE = 4
#: With fewer places a map has a class for each few of them.
_CLASSES = 5


#: The outlines of a map are the same for every indicator.
_shapes = per_revision(3)(place_shapes)


@dataclass(frozen=True)
class Figure:
    """A drawing in words and picture, as ``_figure.html`` takes it.

    ``uid`` and ``draw`` let the same picture be made as a file.
    """

    title: str
    subtitle: str
    source: str
    wide: str
    narrow: str
    period: str = ""


@dataclass(frozen=True)
class Picture:
    """What is to be drawn: the function, its data and what it says of itself."""

    draw: Draw
    data: Sequence[Any]
    meta: Meta
    uid: str

    def page(self) -> Figure:
        """Return the two drawings of a page."""
        wide, narrow = (
            self.draw(*self.data, self.meta, size=size, uid=self.uid) for size in ("wide", "narrow")
        )
        meta = self.meta
        return Figure(meta.title, meta.subtitle, credits_of(meta), wide, narrow, meta.period)

    def file(self, theme: Theme) -> str:
        """Return the drawing as an image complete in itself."""
        return self.draw(*self.data, self.meta, size="file", mode="file", theme=theme, uid=self.uid)


@lru_cache(maxsize=8)
def _theme_of(accent: str) -> Theme:
    light, dark, _explanation = readable_accent(accent)
    return Theme(accent=light, accent_dark=dark)


def theme_of(institute: Institute) -> Theme:
    """Return the colours of an institute's images."""
    return _theme_of(institute.accent)


def meta_for(
    series: Series,
    lang: str,
    *,
    title: str,
    periods: Sequence[int],
    institute: Institute,
    largest: float = 0.0,
) -> Meta:
    """Return what a chart of a series says of itself: unit, span, source, licence, publisher.

    ``largest`` is the greatest amount on its axis, whatever its sign.
    """
    keys = sorted(periods)
    span = format_span(period_of(keys[0]), period_of(keys[-1]), lang) if keys else ""
    unit = unit_name(series, lang)
    subtitle = ", ".join(part for part in (_upper_first(unit), span) if part)
    source = series.source
    return Meta(
        title=title,
        subtitle=subtitle,
        source=", ".join(part for part in (source.producer, say(source, "title", lang)) if part),
        lang=lang,
        tick=tick(series, lang, largest),
        axis_unit=series.unit.symbol if series.unit.position == "suffix" else "",
        period=span,
        licence=source.license or institute.license_name,
        publisher=institute.name,
    )


def credits_of(meta: Meta) -> str:
    """Return the line below a chart: source, publisher, licence."""
    parts = [
        meta.say("Fuente: ", "Source: ") + meta.source.rstrip("."),
        meta.say("Publica: ", "Published by ") + meta.publisher.rstrip("."),
        meta.licence.rstrip("."),
    ]
    return ". ".join(part for part in parts if part) + "."


def points(run: Run, series: Series, lang: str) -> list[Point]:
    """Return the points of a run, with the periods that are missing between them as gaps."""
    facts = _with_gaps(run)
    return [
        Point(
            x=period_of(fact.period).middle,
            label=period_words(fact.period, lang, short=True),
            value=fact.value,
            text=label(fact.value, series, lang) if fact.value is not None else "",
            status=fact.status,
            lower=fact.lower if fact.upper is not None else None,
            upper=fact.upper if fact.lower is not None else None,
        )
        for fact in facts
    ]


def _with_gaps(run: Run) -> list[Fact]:
    """Return the facts with what is missing between them.

    Where most follow at once every missing period is a gap; where they come now and then (every
    census, most weeks) only a hole much longer than usual is.
    """
    usual = run.usual_step()
    if not usual:
        return run.facts
    filled: list[Fact] = [run.facts[0]]
    for step, fact in zip(run.steps(), run.facts[1:], strict=True):
        missing = step - 1
        if usual > 1:
            missing = 1 if step > _HOLE * usual else 0
        period = period_of(filled[-1].period)
        for _step in range(missing if missing <= _LONGEST_GAP else 1):
            period = period.next()
            filled.append(Fact(period.key, None, "O"))
        filled.append(fact)
    return filled


def lines(reading: Reading, lang: str, runs: Iterable[Run] | None = None) -> list[Line]:
    """Return the lines of the places shown (or of some runs)."""
    chosen = list(runs) if runs is not None else reading.shown
    return [
        Line(
            key=run.place.code,
            label=name_of(run.place, lang),
            points=points(run, reading.series, lang),
            role=_role(reading, run.place),
        )
        for run in chosen
        if run.facts
    ]


def _role(reading: Reading, place: Place) -> Literal["focus", "total", "peer"]:
    role = reading.role(place)
    return "focus" if role == "focus" else "total" if role == "total" else "peer"


def line_picture(
    reading: Reading, lang: str, *, title: str, since: int | None = None, until: int | None = None
) -> Picture | None:
    """Return the line chart of the places shown; None where nothing has a value."""
    runs = [_between(run, since, until) for run in reading.shown]
    runs = [run for run in runs if run.known]
    if not runs:
        return None
    known = [fact for run in runs for fact in run.known]
    meta = meta_for(
        reading.series,
        lang,
        title=title,
        periods=[fact.period for fact in known],
        institute=reading.institute,
        largest=max(abs(fact.value or 0.0) for fact in known),
    )
    return Picture(line_chart, [lines(reading, lang, runs)], meta, "linea")


def _between(run: Run, since: int | None, until: int | None) -> Run:
    if since is None and until is None:
        return run
    return Run(
        run.place,
        [
            fact
            for fact in run.facts
            if (since is None or fact.period >= since) and (until is None or fact.period <= until)
        ],
    )


def slope_picture(reading: Reading, lang: str, *, title: str) -> Picture | None:
    """Return first against last for places that share both ends; None for fewer than two."""
    runs = [run for run in reading.shown if len(run.known) > 1]
    if len(runs) < 2:
        return None
    begin = max(run.known[0].period for run in runs)
    last = min(run.known[-1].period for run in runs)
    # Within the year seasons move a figure: January is not set beside December.
    season = period_of(last).number
    shared = [fact.period for fact in runs[0].known if begin <= fact.period < last]
    first = next((key for key in shared if period_of(key).number == season), begin)
    ends = []
    for run in runs:
        facts = [f for f in run.known if f.period in (first, last)]
        if len(facts) == 2 and not run.broken_between(first, last):
            ends.append(Run(run.place, facts))
    if first >= last or len(ends) < 2:
        return None
    meta = meta_for(
        reading.series, lang, title=title, periods=[first, last], institute=reading.institute
    )
    return Picture(slope_chart, [_plain(lines(reading, lang, ends))], meta, "antes")


def _plain(drawn: list[Line]) -> list[Line]:
    return [Line(one.key, one.label, [p for p in one.points if p.value is not None], one.role)
            for one in drawn]  # fmt: skip


def bar_picture(reading: Reading, lang: str, *, title: str, period: int) -> Picture | None:
    """Return bars of the places shown in a period, the highest first.

    A place without a value of that period shows its latest one before it, marked with its own
    period; one without any says why.
    """
    bars: list[Bar] = []
    for run in reading.shown:
        fact, note = _fact_for(run, period, lang)
        bars.append(
            Bar(
                key=run.place.code,
                label=name_of(run.place, lang),
                value=fact.value,
                text=label(fact.value, reading.series, lang) if fact.value is not None else "",
                role=_role(reading, run.place),
                status=fact.status,
                period_note=note,
            )
        )
    if not any(bar.value is not None for bar in bars):
        return None
    bars.sort(key=lambda bar: (bar.value is None, -(bar.value or 0.0)))
    meta = meta_for(
        reading.series, lang, title=title, periods=[period], institute=reading.institute
    )
    return Picture(bar_chart, [bars], meta, "barras")


def _fact_for(run: Run, period: int, lang: str) -> tuple[Fact, str]:
    fact = run.at(period)
    if fact is not None:
        return fact, ""
    before = [f for f in run.known if f.period < period]
    if before:
        return before[-1], f"({period_words(before[-1].period, lang, short=True)})"
    return Fact(period, None, "O"), ""


def map_values(
    reading: Reading, choice: MapChoice, period: int
) -> dict[str, tuple[float | None, str]]:
    """Return the values of a map by place code, with their status."""
    if reading.coverage.is_wide and choice.within is None:
        return {
            code: (value, status)
            for code, (value, status) in slice_values(reading.series, period, choice.level).items()
        }
    found: dict[str, tuple[float | None, str]] = {}
    for run in reading.runs.values():
        fact = run.at(period)
        if run.place.level == choice.level and fact is not None:
            found[run.place.code] = (fact.value, fact.status)
    return found


def map_periods(reading: Reading, choice: MapChoice) -> list[int]:
    """Return the periods of which a map can be drawn, the latest first."""
    if reading.coverage.is_wide and choice.within is None:
        return reading.coverage.periods(choice.level)
    counts: dict[int, int] = {}
    for run in reading.runs.values():
        if run.place.level == choice.level:
            for fact in run.known:
                counts[fact.period] = counts.get(fact.period, 0) + 1
    return sorted((period for period, count in counts.items() if count > 1), reverse=True)


def map_picture(
    reading: Reading, lang: str, *, choice: MapChoice, period: int, title: str
) -> Picture | None:
    """Return the map of a period; None where no area has an outline and a value."""
    values = map_values(reading, choice, period)
    areas: list[Shape] = []
    focus = reading.focus.code if reading.focus is not None else ""
    for shape in _shapes(choice.level, choice.within):
        value, status = values.get(shape.code, (None, "O"))
        areas.append(
            Shape(
                key=shape.code,
                label=shape.name,
                polygons=shape.polygons,
                value=value,
                text=value_text(value, reading.series, lang, short=True)
                if value is not None
                else "",
                role="focus" if shape.code == focus else "peer",
                status=status,
            )
        )
    known = [area.value for area in areas if area.value is not None]
    if not known:
        return None
    classes, ramp = map_classes(known, reading.series, lang)
    meta = meta_for(
        reading.series, lang, title=title, periods=[period], institute=reading.institute
    )
    draw: Draw = lambda shapes, meta, **more: choropleth(  # noqa: E731
        shapes, classes, meta, ramp=ramp, **more
    )
    return Picture(draw, [areas], meta, "mapa")


def map_classes(
    values: Sequence[float], series: Series, lang: str
) -> tuple[list[ClassInterval], Literal["seq", "div"]]:
    """Return classes with limits that can be read; diverging only around a real zero."""

    def write(value: float) -> str:
        return value_text(value, series, lang, short=True)

    if min(values) < 0 < max(values):
        return diverging_classes(values, 6, lang=lang, text=write), "div"
    count = min(_CLASSES, max(2, len(set(values))))
    return classify(values, count, lang=lang), "seq"


def common_period(reading: Reading) -> int | None:
    """Return the period in which the places shown are best compared.

    It is the latest that the place in question shares with most of the others.
    """
    run = reading.focus_run
    if run is None or not run.known:
        return None
    shown = [other for other in reading.shown if other is not run]
    best: tuple[int, int] | None = None
    for fact in run.known:
        count = sum(1 for other in shown if _value_at(other, fact.period))
        if best is None or (count, fact.period) >= best:
            best = (count, fact.period)
    latest = run.known[-1].period
    # A newer figure with at least half of the company is worth more than complete company.
    with_latest = sum(1 for other in shown if _value_at(other, latest))
    if best is None or with_latest * 2 >= len(shown):
        return latest
    return best[1]


def _value_at(run: Run, period: int) -> bool:
    fact = run.at(period)
    return fact is not None and fact.value is not None


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
