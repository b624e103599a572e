"""Finding places while someone types: accents, aliases, codes and typing mistakes forgiven."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from traza.places.codes import read_codes
from traza.places.models import Level, Membership, Place, PlaceName
from traza.places.resolver import LEVEL_ORDER, name_key
from traza.stats.spelling import allowed_mistakes, edit_distance
from traza.stats.text import fold

#: Levels whose places have a page of their own.
PAGE_LEVELS = (Level.MUNICIPALITY, Level.METRO, Level.STATE, Level.COUNTRY, Level.WORLD)
_CANDIDATES = 400


@dataclass(frozen=True)
class Match:
    """A place found, the name that matched, and how well (1 is exactly)."""

    place: Place
    matched_name: str
    score: float


@dataclass(frozen=True)
class SuggestedPlace:
    """One line proposed by the place search; ``url`` carries no language prefix."""

    title: str
    url: str
    kind: str
    detail: str
    code: str


#: Which of some place ids an indicator's slug has values for.
PlacesOfIndicator = Callable[[str, Collection[int]], Collection[int]]
_places_of_indicator: list[PlacesOfIndicator] = []


def tell_places_of_indicator(provider: PlacesOfIndicator) -> None:
    """Let the room of the indicators say which places an indicator has values for."""
    _places_of_indicator[:] = [provider]


def find_places(
    text: str,
    *,
    levels: Collection[str] | None = None,
    within: Place | None = None,
    limit: int = 10,
) -> list[Match]:
    """Return the places that a name, part of a name, alias or code may mean, best first.

    ``within`` keeps what lies in a place or belongs to a group. Equal matches go by level, the
    widest first, then by population.
    """
    wanted = name_key(text[:120])
    places = _territory(levels, within)
    by_code = _by_code(text[:120], places)
    found: dict[int, Match] = {match.place.pk: match for match in by_code}
    if wanted:
        for match in _by_name(wanted, places):
            _keep_best(found, match)
        if not found:
            for match in _by_mistaken_name(wanted, places):
                _keep_best(found, match)
    return sorted(found.values(), key=_order)[: max(limit, 0)]


def suggest_places(
    text: str, *, indicator_slug: str | None = None, limit: int = 8
) -> list[SuggestedPlace]:
    """Return places with a page, or those that an indicator has, as lines to choose from.

    Names and levels are in the language in use.
    """
    matches = find_places(text, levels=PAGE_LEVELS, limit=limit if not indicator_slug else 60)
    if indicator_slug and _places_of_indicator:
        having = _places_of_indicator[0](indicator_slug, [match.place.pk for match in matches])
        matches = [match for match in matches if match.place.pk in having]
    return [
        SuggestedPlace(
            title=_named(match.place),
            url=match.place.path,
            kind="place",
            detail=_detail(match.place),
            code=match.place.code,
        )
        for match in matches[:limit]
    ]


def _detail(place: Place) -> str:
    level = gettext(str(Level(place.level).label))
    above = None if place.level in (Level.COUNTRY, Level.METRO) else place.parent
    return f"{level} · {_named(above)}" if above is not None else level


def _named(place: Place) -> str:
    english = (get_language() or "").startswith("en")
    return (place.name_en if english else "") or place.name


def _territory(levels: Collection[str] | None, within: Place | None) -> QuerySet[Place]:
    places = Place.objects.select_related("parent")
    if levels is not None:
        places = places.filter(level__in=list(levels))
    if within is None:
        return places
    members = Membership.objects.filter(group=within).values("member")
    return places.filter(
        Q(parent=within) | Q(parent__parent=within) | Q(pk__in=members) | Q(parent__in=members)
    )


def _by_code(text: str, places: QuerySet[Place]) -> Sequence[Match]:
    codes = read_codes(text)
    if not codes:
        return []
    return [
        Match(place, place.code, 1.0)
        for place in places.filter(code__in=[*codes, *(code.lower() for code in codes)])
    ]


def _by_name(wanted: str, places: QuerySet[Place]) -> Sequence[Match]:
    words = wanted.split()
    # The longest word is looked up in the database; the rest is compared here.
    rare = max(words, key=len)
    own = Q(folded__contains=rare) | Q(parent__folded__contains=rare)
    matches = []
    for place in places.filter(own).order_by("-population")[:_CANDIDATES]:
        for name in filter(None, (place.name, place.name_en)):
            if score := _score(words, name_key(name), _above(place)):
                matches.append(Match(place, name, score))
    aliases = PlaceName.objects.filter(folded__contains=rare, place__in=places)
    for alias in aliases.select_related("place__parent")[:_CANDIDATES]:
        if score := _score(words, name_key(alias.name), _above(alias.place)):
            matches.append(Match(alias.place, alias.name, score * 0.97))
    english = places.exclude(name_en="").filter(name_en__icontains=rare)[:_CANDIDATES]
    for place in english:
        if score := _score(words, name_key(place.name_en), ""):
            matches.append(Match(place, place.name_en, score * 0.97))
    return matches


def _above(place: Place) -> str:
    return name_key(place.parent.name) if place.parent is not None else ""


def _score(words: list[str], name: str, above: str) -> float:
    """Return how well the words fit a name, 0 for not at all; ``above`` may hold some of them."""
    wanted = " ".join(words)
    if wanted == name:
        return 1.0
    if name.startswith(wanted):
        return 0.85
    if f" {wanted}" in name:
        return 0.7
    own = f" {name}"
    if not any(f" {word}" in own for word in words):
        return 0.0
    both = f"{own} {above}"
    if all(f" {word}" in both for word in words):
        return 0.8 if all(word in words for word in name.split()) else 0.6
    return 0.0


def _by_mistaken_name(wanted: str, places: QuerySet[Place]) -> Sequence[Match]:
    limit = 1 if len(wanted) <= 6 else 2 if len(wanted) <= 12 else 3
    if not allowed_mistakes(wanted):
        return []
    near: dict[int, tuple[str, float]] = {}
    rows = [
        *places.values_list("pk", "name"),
        *PlaceName.objects.filter(place__in=places).values_list("place_id", "name"),
    ]
    for pk, name in rows:
        key = fold(name)
        # A name still being typed is compared with the beginning of the whole.
        for shown in {key, key[: len(wanted)]}:
            distance = edit_distance(wanted, shown, limit=limit)
            if distance <= limit:
                score = (0.5 if shown == key else 0.4) - 0.1 * distance
                if score > near.get(pk, ("", 0.0))[1]:
                    near[pk] = (name, score)
    best = dict(sorted(near.items(), key=lambda item: -item[1][1])[:40])
    return [Match(place, *best[place.pk]) for place in places.filter(pk__in=best)]


def _keep_best(found: dict[int, Match], match: Match) -> None:
    known = found.get(match.place.pk)
    if known is None or known.score < match.score:
        found[match.place.pk] = match


def _order(match: Match) -> tuple[float, int, int, str]:
    place = match.place
    level = LEVEL_ORDER.get(place.level, 99)
    return (-match.score, level, -(place.population or 0), place.sort_key)
