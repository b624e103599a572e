"""Finding what people look for: by stem, beginning and nearest spelling, the best first."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from traza.foundation.models import Institute
from traza.places.codes import read_codes
from traza.places.models import Membership, Place
from traza.places.queries import PAGE_LEVELS
from traza.publishing.models import Publication, SearchTerm
from traza.publishing.search.index import EXACT
from traza.publishing.search.results import Results, present
from traza.publishing.search.vocabulary import Vocabulary, vocabulary
from traza.publishing.search.words import STOP_WORDS, stems, words_of

_MOST_WORDS = 10
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PREFIX = 0.4
_PLACE = 6.0
_HOME = 1.5
_SAME_TITLE = 3.0


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

    Results hold every word where something does; otherwise those that hold the most. Facets count
    all kinds whatever ``kinds`` asks for.
    """
    words = words_of(text[:300])[: _MOST_WORDS * 2]
    content = ([word for word in words if word not in STOP_WORDS] or words)[:_MOST_WORDS]
    if not content:
        return Results()
    known = vocabulary()
    wanted, corrections = _understand(content, known, complete_last=words[-1] == content[-1])
    scores = _score(wanted, text[:300])
    if not scores:
        return Results()
    rows = _public(scores, topics)
    ranked = _rank(rows, scores, [corrections.get(word, word) for word in words])
    facets = Counter(str(row["kind"]) for row in ranked)
    if kinds is not None:
        ranked = [row for row in ranked if row["kind"] in set(kinds)]
    shown = [row["pk"] for row in ranked[max(offset, 0) : max(offset, 0) + max(limit, 0)]]
    found = Publication.objects.in_bulk(shown)
    terms = {t.removeprefix(EXACT) for w in wanted for t in w.terms} | set(content)
    return Results(
        items=[present(found[pk], terms=terms, lang=lang) for pk in shown],
        total=len(ranked),
        facets=dict(facets.most_common()),
        corrected=_corrected(text, corrections),
    )


def _understand(
    content: list[str], known: Vocabulary, *, complete_last: bool
) -> tuple[list[Wanted], dict[str, str]]:
    wanted, corrections = [], {}
    has_other = any(not _YEAR.fullmatch(word) for word in content)
    for position, word in enumerate(content):
        one = Wanted(word, is_optional=has_other and bool(_YEAR.fullmatch(word)))
        _add_terms(one, word)
        is_last = complete_last and position == len(content) - 1
        begun = known.completions(word) if is_last and len(word) > 1 else []
        for other in begun:
            one.terms.setdefault(other.term, _PREFIX)
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


def _score(wanted: list[Wanted], text: str) -> dict[int, float]:
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
    for pk, term, weight in rows:
        rarity = 1 + math.log(1 + 1000 / frequency[term])
        for i, factor in asked[term]:
            exact = 1.0 if term.startswith(EXACT) else 0.0
            value = weight * factor * rarity
            known = per_word[pk].get(i, 0.0)
            per_word[pk][i] = known + value if exact else max(known, value)
    for pk, matched in _by_place(wanted):
        for i in matched:
            per_word[pk][i] = max(per_word[pk].get(i, 0.0), _PLACE)
    for pk in _by_code(text):
        per_word[pk] = dict.fromkeys(range(len(wanted)), 100.0)
    return _covering(per_word, wanted)


def _covering(per_word: dict[int, dict[int, float]], wanted: list[Wanted]) -> dict[int, float]:
    needed = {i for i, one in enumerate(wanted) if not one.is_optional}
    covered = {pk: len(needed & matched.keys()) for pk, matched in per_word.items()}
    most = max(covered.values(), default=0)
    if not most:
        return {}
    return {pk: sum(per_word[pk].values()) for pk, n in covered.items() if n == most}


def _by_place(wanted: list[Wanted]) -> list[tuple[int, set[int]]]:
    """Return the publications about a place that is named in the search, and by which words.

    An indicator with values of 2,475 municipalities is found with the name of any of them.
    """
    words = [_likely(one) for one in wanted]
    runs: dict[str, set[int]] = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + 4, len(words)) + 1):
            runs[" ".join(words[start:end])] = set(range(start, end))
    places = dict(
        Place.objects.filter(folded__in=list(runs), level__in=PAGE_LEVELS).values_list(
            "pk", "folded"
        )
    )
    if not places or len(wanted) < 2:
        return []
    through = Publication.places.through.objects.filter(place_id__in=list(places))
    rows = through.values_list("publication_id", "place_id")
    return [(pk, runs[places[place_id]]) for pk, place_id in rows]


def _likely(one: Wanted) -> str:
    """Return the word as understood: the corrected one where it was mended."""
    exact = [term.removeprefix(EXACT) for term in one.terms if term.startswith(EXACT)]
    return exact[-1] if exact else one.word


def _by_code(text: str) -> list[int]:
    codes = read_codes(text)
    if not codes:
        return []
    keys = {form for code in codes for form in (code, code.lower())}
    return list(Publication.objects.filter(kind="place", key__in=keys).values_list("pk", flat=True))


def _public(scores: dict[int, float], topics: Collection[str] | None) -> list[dict[str, object]]:
    fields = ("pk", "kind", "key", "title", "title_en", "weight")
    ids = sorted(scores)
    rows: list[dict[str, object]] = []
    for start in range(0, len(ids), 500):
        some = Publication.objects.filter(pk__in=ids[start : start + 500], is_public=True)
        if topics is not None:
            some = some.filter(
                Q(topics__code__in=list(topics)) | Q(topics__parent__code__in=list(topics))
            ).distinct()
        rows += some.values(*fields)
    return rows


def _rank(
    rows: list[dict[str, object]], scores: dict[int, float], words: list[str]
) -> list[dict[str, object]]:
    home = _home_codes()
    asked = " ".join(words)

    def value(row: dict[str, object]) -> tuple[float, str]:
        score = scores[int(str(row["pk"]))] * float(str(row["weight"]))
        if row["kind"] == "place" and row["key"] in home:
            score *= _HOME
        titles = (str(row["title"]), str(row["title_en"]))
        if any(title and " ".join(words_of(title)) == asked for title in titles):
            score *= _SAME_TITLE
        return (-score, str(row["title"]))

    return sorted(rows, key=value)


def _home_codes() -> set[str]:
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
