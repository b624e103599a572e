"""A search is narrowed by kind and by topic; each facet says what it would leave."""

import pytest

from traza.publishing.models import Publication, Topic
from traza.publishing.search import search, topic_facets

pytestmark = pytest.mark.django_db
Ledger = dict[str, Publication]


def test_each_facet_counts_what_the_other_leaves(ledger: Ledger) -> None:
    everything = search("homicidios robo poblacion citar")
    assert everything.total < 4  # not every result holds every word

    found = search("homicidios")
    assert found.facets == {"indicator": 1, "page": 1}
    assert found.topic_facets == {"seguridad": 1, "delitos": 1}

    of_pages = search("homicidios", kinds=["page"])
    assert of_pages.facets == {"indicator": 1, "page": 1}
    assert of_pages.topic_facets == {}

    of_crime = search("homicidios", topics=["delitos"])
    assert of_crime.facets == {"indicator": 1}
    assert [item.publication.key for item in of_crime.items] == ["homicidios"]


def test_a_topic_holds_what_lies_below_it(ledger: Ledger, topics: dict[str, Topic]) -> None:
    ledger["homicidios"].topics.set([topics["delitos"]])

    assert search("homicidios", topics=["seguridad"]).total == 1
    assert search("homicidios").topic_facets["seguridad"] == 1


def test_both_together_narrow_more(ledger: Ledger) -> None:
    assert search("homicidios", kinds=["page"], topics=["seguridad"]).items == []


def test_axes_are_offered_and_then_what_lies_below(ledger: Ledger) -> None:
    counts = search("homicidios").topic_facets

    axes, below = topic_facets(counts, "")
    assert [(facet.topic.code, facet.count) for facet in axes] == [("seguridad", 1)]
    assert below == []

    axes, below = topic_facets(counts, "delitos")
    assert [facet.is_chosen for facet in axes] == [True]
    assert [(facet.topic.code, facet.is_chosen) for facet in below] == [("delitos", True)]


def test_what_is_chosen_can_be_taken_off_where_it_holds_nothing(ledger: Ledger) -> None:
    counts = search("homicidios", topics=["sociedad"]).topic_facets

    axes, _below = topic_facets(counts, "sociedad")

    assert [(facet.topic.code, facet.count) for facet in axes] == [
        ("seguridad", 1),
        ("sociedad", 0),
    ]
    assert topic_facets(counts, "no-existe")[1] == []
