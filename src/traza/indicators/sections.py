"""What the indicators add to pages that the site draws: home, topics, places."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from traza.charts import STRIP_SHAPES, Dot, strip, strip_mark
from traza.indicators.findings import rank_words
from traza.indicators.grammar import name_of, period_words
from traza.indicators.queries import index
from traza.indicators.queries.headlines import Headline, headlines
from traza.indicators.queries.latest import AxisGroup, indicators_of_topic
from traza.indicators.queries.profile import (
    Distinction,
    End,
    Profile,
    ProfileRow,
    profile,
)
from traza.indicators.queries.territory import own_places
from traza.indicators.rows import row_of, short_value
from traza.indicators.views.index import line_of
from traza.indicators.words import is_foreign, level_name, prefix, say, told_apart, value_text
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.registry import Registry, Section
from traza.stats.ranks import Rank

#: Indicators of a topic, and of each axis of a profile, shown in full; the rest in a table below.
IN_SIGHT = 12
IN_SIGHT_BY_AXIS = 6
#: Things in which a place stands out, for better and for worse.
DISTINCTIONS = 5
_ENDS: dict[str, dict[End, str]] = {
    "es": {
        "better": "mejor valor",
        "worse": "peor valor",
        "highest": "valor más alto",
        "lowest": "valor más bajo",
    },
    "en": {"better": "best", "worse": "worst", "highest": "highest", "lowest": "lowest"},
}


def register(registry: Registry) -> None:
    """Declare the sections of this room."""
    folder = "traza/indicators/sections"
    registry.add_home_section(
        Section("cifras", 10, f"{folder}/home.html", home_section, "Cifras del lugar propio")
    )
    registry.add_topic_section(Section("indicadores", 10, f"{folder}/topic.html", topic_section))
    registry.add_place_section(Section("perfil", 10, f"{folder}/place.html", place_section))


def home_section(lang: str) -> dict[str, Any] | None:
    """Return the headline figures of the own place, one an axis; None where it has none."""
    place = own_places().first
    if place is None:
        return None
    cards = [_card(one, place, lang) for one in headlines(place, timezone.localdate())]
    if not cards:
        return None
    return {"place": name_of(place, lang), "path": place.path, "cards": cards}


def _card(one: Headline, place: Place, lang: str) -> dict[str, Any]:
    figure = one.figure
    row = row_of(figure, lang)
    return {
        "topic": say(one.axis, "name", lang),
        "row": row,
        "unit": " · ".join(part for part in (row.unit, row.period) if part),
        "note": " · ".join(part for part in (row.change, _rank_words(one, place, lang)) if part),
    }


def _rank_words(one: Headline, place: Place, lang: str) -> str:
    """Return the rank of a figure with its order: "el 2.º más alto de 4 municipios"."""
    figure = one.figure
    if figure.rank_position is None or figure.rank_of is None:
        return ""
    rank = Rank(figure.rank_position, figure.rank_of)
    return rank_words(rank, place.level, lang, ascending=figure.indicator.direction == "down")


def topic_section(topic: Topic, lang: str) -> dict[str, Any] | None:
    """Return the indicators of a topic with the figure of the nearest own place; None without."""
    own = own_places()
    found = index.entries(own, only=indicators_of_topic(topic))
    if not found:
        return None
    first = [entry for entry in found if entry.figure is not None][:IN_SIGHT]
    in_sight = {entry.indicator.pk for entry in first}
    rest = [entry for entry in found if entry.indicator.pk not in in_sight]
    home = own.first
    return {
        "count": len(found),
        "place": name_of(home, lang) if home else "",
        "rows": [
            {
                "row": row_of(entry.figure, lang),
                "place": name_of(entry.place, lang)
                if entry.place is not None and entry.place != home
                else "",
            }
            for entry in first
            if entry.figure is not None
        ],
        "rest": [line_of(entry, home, lang) for entry in rest],
        "matrix": f"{prefix(lang)}/matriz/{topic.code}/",
    }


def place_section(place: Place, lang: str) -> dict[str, Any] | None:
    """Return the profile of a place; None where nothing is published of it."""
    found = profile(place)
    if found is None:
        return None
    base = f"{prefix(lang)}{place.path}perfil"
    groups = [_axis(group, found, lang) for group in found.groups]
    return {
        "place": name_of(place, lang),
        "count": sum(len(group.rows) for group in found.groups),
        "ends": _ends(found, lang),
        "groups": groups,
        "wider": told_apart([found.place, *found.wider], lang)[1:],
        "legend": _legend(found, lang)
        if any(one["dots"] for group in groups for one in group["rows"])
        else [],
        "compare": f"{prefix(lang)}/comparar/?lugar={place.code}",
        "files": [{"label": form.upper(), "url": f"{base}.{form}"} for form in ("csv", "xlsx")],
    }


def _ends(found: Profile, lang: str) -> list[dict[str, Any]]:
    """Return in what the place stands out, under a title for each end that has anything."""
    titles: dict[End, str] = {
        "better": _("Mejor que sus semejantes"),
        "worse": _("Peor que sus semejantes"),
        "highest": _("Más alto que sus semejantes"),
        "lowest": _("Más bajo que sus semejantes"),
    }
    lists = [
        {
            "title": title,
            "lines": [distinction_words(one, lang) for one in found.distinctions if one.end == end][
                :DISTINCTIONS
            ],
        }
        for end, title in titles.items()
    ]
    return [one for one in lists if one["lines"]]


def _axis(group: AxisGroup[ProfileRow], found: Profile, lang: str) -> dict[str, Any]:
    first, rest = _in_sight(group.rows)
    return {
        "name": say(group.axis, "name", lang) if group.axis else "",
        "rows": [_profile_row(row, found, lang) for row in first],
        "rest": [
            {
                "row": row_of(row.figure, lang, spark=False),
                "others": [
                    short_value(other.value, other.series, lang) if other else ""
                    for other in row.others
                ],
            }
            for row in rest
        ],
    }


def _in_sight(rows: Sequence[ProfileRow]) -> tuple[list[ProfileRow], list[ProfileRow]]:
    """Part the rows of an axis: half of those in sight by order, half because they compare.

    A few more than fit are not worth a step.
    """
    if len(rows) <= IN_SIGHT_BY_AXIS + 2:
        return list(rows), []
    half = IN_SIGHT_BY_AXIS // 2
    beside = [row for row in rows[half:] if any(row.others)][:half]
    shown = [*rows[: IN_SIGHT_BY_AXIS - len(beside)], *beside]
    first = {id(row) for row in shown}
    return [row for row in rows if id(row) in first], [row for row in rows if id(row) not in first]


def _profile_row(row: ProfileRow, found: Profile, lang: str) -> dict[str, Any]:
    figure = row.figure

    def text(value: float) -> str:
        return short_value(value, figure.series, lang)

    names = told_apart([found.place, *found.wider], lang)
    others = [
        (STRIP_SHAPES[i % len(STRIP_SHAPES)],
         Dot(place.code, names[i + 1], other.value, text(other.value)))
        for i, (place, other) in enumerate(zip(found.wider, row.others, strict=True))
        if other is not None
    ]  # fmt: skip
    focus = Dot(found.place.code, names[0], figure.value, text(figure.value))
    return {
        "row": row_of(figure, lang),
        "dots": strip(focus, others, uid=f"d{figure.series.pk}", lang=lang),
    }


def _legend(found: Profile, lang: str) -> list[dict[str, str]]:
    names = told_apart([found.place, *found.wider], lang)
    marks = [{"mark": strip_mark(), "name": names[0]}]
    for i, name in enumerate(names[1:]):
        if any(row.others[i] is not None for group in found.groups for row in group.rows):
            shape = STRIP_SHAPES[i % len(STRIP_SHAPES)]
            marks.append({"mark": strip_mark(shape), "name": name})
    return marks


def distinction_words(one: Distinction, lang: str) -> dict[str, Any]:
    """Return in words in what a place stands out: the indicator, and the sentence after it.

    "62.3 %, el mejor valor de 4 municipios de La Laguna (2020)".
    """
    figure = one.figure
    value = value_text(figure.value, figure.series, lang)
    level = level_name(one.level, lang, many=True)
    period = period_words(figure.period.key, lang)
    if one.position is not None:
        place = f"{one.position:,}"
        sentence = (
            f"{value}, {place} of {one.of:,} {level} ({period})"
            if lang == "en"
            else f"{value}, lugar {place} de {one.of:,} {level} ({period})"
        )
    else:
        group = ""
        if one.group is not None:
            group = f" {'in' if lang == 'en' else 'de'} {name_of(one.group, lang)}"
        end = _ENDS[lang][one.end]
        sentence = (
            f"{value}, the {end} value of {one.of} {level}{group} ({period})"
            if lang == "en"
            else f"{value}, el {end} de {one.of} {level}{group} ({period})"
        )
    return {
        "name": say(figure.indicator, "name", lang),
        "foreign": is_foreign(figure.indicator, "name", lang),
        "path": figure.indicator.path,
        "sentence": sentence,
    }
