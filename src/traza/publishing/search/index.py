"""Writing the index: the stems of every public thing with their weight, and the vocabulary."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db.models import Count

from traza.publishing.models import Publication, SearchTerm, SearchWord
from traza.publishing.registry import registry
from traza.publishing.search.vocabulary import vocabulary_changed
from traza.publishing.search.words import STOP_WORDS, stem, words_of

#: Marks a whole word of a title, for matches that need no stem.
EXACT = "="
_BATCH = 400
_ROWS = 2_000
_WEIGHTS = (
    ("title", "es", 10.0),
    ("title_en", "en", 8.0),
    ("summary", "es", 3.0),
    ("summary_en", "en", 2.0),
    ("search_text", "es", 1.0),
)


def index_publications(ids: Collection[int]) -> None:
    """Index publications anew; those that are not public are forgotten."""
    listed = list(ids)
    touched: set[str] = set()
    vocabulary: dict[str, str] = {}
    for start in range(0, len(listed), _BATCH):
        batch = listed[start : start + _BATCH]
        touched |= _forget(batch)
        rows: list[SearchTerm] = []
        for publication in Publication.objects.filter(pk__in=batch, is_public=True):
            weights, words = weigh(publication)
            vocabulary |= words
            rows += [
                SearchTerm(publication=publication, term=term, weight=weight)
                for term, weight in weights.items()
            ]
        SearchTerm.objects.bulk_create(rows, batch_size=_ROWS)
    _learn(vocabulary)
    _recount(touched | set(vocabulary.values()))


def forget_publications(ids: Collection[int]) -> None:
    """Take publications out of the index."""
    _recount(_forget(list(ids)))


def rebuild_index() -> int:
    """Index everything public from nothing and return how many publications that was."""
    SearchTerm.objects.all().delete()
    SearchWord.objects.all().delete()
    ids = list(Publication.objects.filter(is_public=True).values_list("pk", flat=True))
    index_publications(ids)
    return len(ids)


def weigh(publication: Publication) -> tuple[dict[str, float], dict[str, str]]:
    """Return the weight of each term of a publication, and its words with their stems.

    A field counts once per term however often it repeats it; titles weigh more when short. Of a
    long text the first words count: a list of thousands of names says nothing more.
    """
    most = registry.most_terms(publication.kind)
    weights: dict[str, float] = defaultdict(float)
    vocabulary: dict[str, str] = {}
    for name, lang, weight in _WEIGHTS:
        words = [w for w in words_of(getattr(publication, name)) if w not in STOP_WORDS]
        is_title = name.startswith("title")
        if is_title:
            weight *= 0.6 + 0.8 / (len(words) + 1)
        for term, word in _distinct(words, lang):
            if term not in weights and len(weights) >= most:
                continue
            weights[term] += weight
            vocabulary.setdefault(word, term)
            if is_title:
                weights[EXACT + word] = weight
    return dict(weights), vocabulary


def _distinct(words: list[str], lang: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for word in words:
        if word not in seen:
            seen.add(word)
            yield stem(word, lang), word


def _forget(ids: list[int]) -> set[str]:
    terms = SearchTerm.objects.filter(publication__in=ids)
    touched = set(terms.values_list("term", flat=True).distinct())
    terms.delete()
    return {term for term in touched if not term.startswith(EXACT)}


def _learn(vocabulary: dict[str, str]) -> None:
    SearchWord.objects.bulk_create(
        [SearchWord(word=word, term=term) for word, term in sorted(vocabulary.items())],
        batch_size=_ROWS,
        ignore_conflicts=True,
    )


def _recount(terms: set[str]) -> None:
    """Set how many publications hold each word's stem; words that none holds are dropped."""
    listed = sorted(terms)
    changed = []
    for start in range(0, len(listed), _BATCH):
        batch = listed[start : start + _BATCH]
        counted = dict(
            SearchTerm.objects.filter(term__in=batch)
            .values_list("term")
            .annotate(n=Count("pk"))
            .order_by()
        )
        SearchWord.objects.filter(term__in=set(batch) - counted.keys()).delete()
        for row in SearchWord.objects.filter(term__in=batch):
            if row.count != counted[row.term]:
                row.count = counted[row.term]
                changed.append(row)
    SearchWord.objects.bulk_update(changed, ["count"], batch_size=_BATCH)
    vocabulary_changed()
