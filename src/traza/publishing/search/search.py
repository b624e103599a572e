"""Finding what people look for: by stem, beginning and nearest spelling, the best first."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from traza.foundation.models import Institute
from traza.places.codes import read_codes
from traza.places.models import Membership, Place
from traza.publishing.models import Publication, SearchTerm
from traza.publishing.registry import registry
from traza.publishing.search.facets import topics_by_publication
from traza.publishing.search.index import EXACT
from traza.publishing.search.named_places import NamedPlaces, places_named
from traza.publishing.search.results import Results, present
from traza.publishing.search.synonyms import equivalents
from traza.publishing.search.vocabulary import Vocabulary, vocabulary
from traza.publishing.search.words import STOP_WORDS, stems, words_of

_MOST_WORDS = 10
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PREFIX = 0.4
_EQUIVALENT = 0.9
_PLACE = 6.0
_HOME = 1.5
_SAME_TITLE = 3.0
_WHOLE_TITLE = 1.5


@dataclass
class Wanted:
    """One word of the search: its terms with how much each counts, and where it is optional."""

    word: str
    terms: dict[str, float] = field(default_factory=dict)
    is_optional: bool = False


def search(
    text: str,
    *,
    kinds: Collection[str] | None = None,
    topics: Collection[str] | None = None,
    lang: str = "es",
    limit: int = 20,
    offset: int = 0,
) -> Results:
    """Search everything public; ``topics`` are codes.

    Results hold every word where something does; otherwise those that hold the most. Each facet
    counts what the other one leaves: kinds whatever ``kinds`` asks for, topics whatever ``topics``.
    """
    words = words_of(text[:300])[: _MOST_WORDS * 2]
    content = ([word for word in words if word not in STOP_WORDS] or words)[:_MOST_WORDS]
    if not content:
        return Results()
    known = vocabulary()
    wanted, corrections = _understand(content, known, complete_last=words[-1] == content[-1])
    understood = [corrections.get(word, word) for word in words]
    own = _own_codes()
    named = places_named(understood, _positions(words, content), own)
    about = _about(named)
    scores = _score(wanted, named, about, text[:300])
    if not scores:
        return Results()
    profiles = _profiles(named, wanted)
    rows = _public(dict.fromkeys(profiles.values(), 0.0) | scores)
    everything = _profiles_after_first(
        _rank(rows, scores, understood, own), profiles, about, scores
    )
    of_kinds = [row for row in everything if kinds is None or row["kind"] in set(kinds)]
    topics_of = topics_by_publication([int(str(row["pk"])) for row in everything])
    ranked, of_topics = of_kinds, everything
    if topics is not None:
        asked = set(topics)
        ranked = [row for row in of_kinds if asked & topics_of[int(str(row["pk"]))]]
        of_topics = [row for row in everything if asked & topics_of[int(str(row["pk"]))]]
    facets = Counter(str(row["kind"]) for row in of_topics)
    topic_facets = Counter(code for row in of_kinds for code in topics_of[int(str(row["pk"]))])
    shown = [int(str(row["pk"])) for row in ranked[max(offset, 0) : max(offset, 0) + max(limit, 0)]]
    found = Publication.objects.in_bulk(shown)
    terms = {t.removeprefix(EXACT) for w in wanted for t in w.terms} | set(content)
    opened = {pk: _places_to_open_with(found[pk], named, about.get(pk, set())) for pk in shown}
    return Results(
        items=[present(found[pk], terms=terms, lang=lang, places=opened[pk]) for pk in shown],
        total=len(ranked),
        facets=dict(facets.most_common()),
        topic_facets=dict(topic_facets.most_common()),
        corrected=_corrected(text, corrections),
    )


def _positions(words: list[str], content: list[str]) -> list[int | None]:
    """Return which word looked for each word is; None for those that are not looked for."""
    return [content.index(word) if word in content else None for word in words]


def _understand(
    content: list[str], known: Vocabulary, *, complete_last: bool
) -> tuple[list[Wanted], dict[str, str]]:
    wanted, corrections = [], {}
    has_other = any(not _YEAR.fullmatch(word) for word in content)
    for position, word in enumerate(content):
        one = Wanted(word, is_optional=has_other and bool(_YEAR.fullmatch(word)))
        _add_terms(one, word)
        for other in equivalents(word):
            for term in stems(other):
                one.terms.setdefault(term, _EQUIVALENT)
        is_last = complete_last and position == len(content) - 1
        begun = known.completions(word) if is_last and len(word) > 1 else []
        for completed in begun:
            one.terms.setdefault(completed.term, _PREFIX)
        is_known = word in known.words or any(term in known.terms for term in one.terms)
        if not is_known and (near := known.correction(word)) is not None:
            corrections[word] = near.text
            _add_terms(one, near.text)
            one.terms.setdefault(near.term, 1.0)
        wanted.append(one)
    return wanted, corrections


def _add_terms(one: Wanted, word: str) -> None:
    for term in stems(word):
        one.terms[term] = 1.0
    one.terms[EXACT + word] = 0.3


def _score(
    wanted: list[Wanted], named: NamedPlaces, about: dict[int, set[int]], text: str
) -> dict[int, float]:
    """Return the score of each publication that holds the most words."""
    asked: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, one in enumerate(wanted):
        for term, factor in one.terms.items():
            asked[term].append((i, factor))
    rows = list(
        SearchTerm.objects.filter(term__in=list(asked)).values_list(
            "publication_id", "term", "weight"
        )
    )
    frequency = Counter(term for _pk, term, _weight in rows)
    per_word: dict[int, dict[int, float]] = defaultdict(dict)
    exact: dict[int, float] = defaultdict(float)
    for pk, term, weight in rows:
        rarity = 1 + math.log(1 + 1000 / frequency[term])
        for i, factor in asked[term]:
            value = weight * factor * rarity
            if term.startswith(EXACT):
                exact[pk] += value
                value = 0.0
            per_word[pk][i] = max(per_word[pk].get(i, 0.0), value)
    for pk, place_ids in about.items():
        for i in {i for place_id in place_ids for i in named.at[place_id]}:
            per_word[pk][i] = max(per_word[pk].get(i, 0.0), _PLACE)
    for pk in _by_code(text):
        per_word[pk] = dict.fromkeys(range(len(wanted)), 100.0)
    return _covering(per_word, exact, wanted)


def _covering(
    per_word: dict[int, dict[int, float]], exact: dict[int, float], wanted: list[Wanted]
) -> dict[int, float]:
    needed = {i for i, one in enumerate(wanted) if not one.is_optional}
    covered = {pk: len(needed & matched.keys()) for pk, matched in per_word.items()}
    most = max(covered.values(), default=0)
    if not most:
        return {}
    return {
        pk: sum(per_word[pk].values()) + exact.get(pk, 0.0)
        for pk, n in covered.items()
        if n == most
    }


def _about(named: NamedPlaces) -> dict[int, set[int]]:
    """Return which of the named places each publication is about.

    An indicator with values of 2,475 municipalities is linked with the institute's own only; the
    room that has the values says it of the others.
    """
    if not named.at:
        return {}
    about: dict[int, set[int]] = defaultdict(set)
    through = Publication.places.through.objects.filter(place_id__in=list(named.at))
    for pk, place_id in through.values_list("publication_id", "place_id"):
        about[pk].add(place_id)
    for kind, shows in registry.shows_places.items():
        having = shows.having(list(named.at))
        for pk, key in Publication.objects.filter(kind=kind).values_list("pk", "key"):
            if key in having:
                about[pk] |= having[key]
    return dict(about)


def _places_to_open_with(
    publication: Publication, named: NamedPlaces, about: set[int]
) -> list[Place]:
    """Return the named places that a result opens with; none where it does so by itself."""
    if publication.kind not in registry.shows_places:
        return []
    places = [place for place in named.chosen if place.pk in about]
    institute = Institute.load()
    usual = institute.home_place_code or institute.metro_code
    return [] if [place.code for place in places] == [usual] else places


def _profiles(named: NamedPlaces, wanted: list[Wanted]) -> dict[int, int]:
    """Return the page of each place that is named beside something else, by place id."""
    of_places = {i for at in named.at.values() for i in at}
    others = [i for i, one in enumerate(wanted) if i not in of_places and not one.is_optional]
    if not others and len(named.chosen) < 2:
        return {}
    by_code = {place.code: place.pk for place in named.chosen}
    pages = Publication.objects.filter(kind="place", key__in=list(by_code))
    return {by_code[key]: pk for key, pk in pages.values_list("key", "pk")}


def _profiles_after_first(
    ranked: list[dict[str, object]],
    profiles: dict[int, int],
    about: dict[int, set[int]],
    scores: dict[int, float],
) -> list[dict[str, object]]:
    """Put the page of a place that is named after the best of the rest, if that is about it.

    Where it is not («esperanza de vida»), the name was no place's.
    """
    pages = set(profiles.values())
    rest = [row for row in ranked if row["pk"] not in pages]
    first = about.get(int(str(rest[0]["pk"])), set()) if rest else set()
    second = {page for place, page in profiles.items() if place in first}
    moved = [row for row in ranked if row["pk"] in second]
    kept = [row for row in ranked if row["pk"] not in second and row["pk"] in scores]
    return [*kept[:1], *moved, *kept[1:]]


def _by_code(text: str) -> list[int]:
    codes = read_codes(text)
    if not codes:
        return []
    keys = {form for code in codes for form in (code, code.lower())}
    return list(Publication.objects.filter(kind="place", key__in=keys).values_list("pk", flat=True))


def _public(scores: dict[int, float]) -> list[dict[str, object]]:
    fields = ("pk", "kind", "key", "title", "title_en", "weight")
    ids = sorted(scores)
    rows: list[dict[str, object]] = []
    for start in range(0, len(ids), 500):
        some = Publication.objects.shown().filter(pk__in=ids[start : start + 500])
        rows += some.values(*fields)
    return rows


def _rank(
    rows: list[dict[str, object]], scores: dict[int, float], words: list[str], own: set[str]
) -> list[dict[str, object]]:
    asked = " ".join(words)
    said = set(words)

    def value(row: dict[str, object]) -> tuple[float, str]:
        score = scores.get(int(str(row["pk"])), 0.0) * float(str(row["weight"]))
        if row["kind"] == "place" and row["key"] in own:
            score *= _HOME
        titles = [words_of(str(row[name])) for name in ("title", "title_en") if row[name]]
        if any(" ".join(title) == asked for title in titles):
            score *= _SAME_TITLE
        elif row["kind"] != "topic" and any(said >= set(title) - STOP_WORDS for title in titles):
            score *= _WHOLE_TITLE
        return (-score, str(row["title"]))

    return sorted(rows, key=value)


def _own_codes() -> set[str]:
    """Return the codes of the institute's own places: its municipality, its area and members."""
    institute = Institute.load()
    own = {code for code in (institute.home_place_code, institute.metro_code) if code}
    fellows = Membership.objects.filter(group__code=institute.metro_code or "")
    return own | set(fellows.values_list("member__code", flat=True))


def _corrected(text: str, corrections: dict[str, str]) -> str:
    """Return the query with its mended words, or nothing if it was as typed."""
    if not corrections:
        return ""

    def mend(match: re.Match[str]) -> str:
        folded = " ".join(words_of(match[0]))
        return corrections.get(folded, match[0])

    return re.sub(r"[^\W_]+", mend, text[:300]).strip()
