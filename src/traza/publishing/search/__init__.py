"""Search over everything published, the same on every database."""

from traza.publishing.search.facets import TopicFacet, topic_facets
from traza.publishing.search.results import Found, Results
from traza.publishing.search.search import search
from traza.publishing.search.suggest import suggest

__all__ = ["Found", "Results", "TopicFacet", "search", "suggest", "topic_facets"]
