"""The topics by which what was found can be narrowed."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from traza.publishing.models import Publication, Topic

_BATCH = 500


@dataclass(frozen=True)
class TopicFacet:
    """A topic with how many results it holds; ``is_chosen`` also where one below it is chosen."""

    topic: Topic
    count: int
    is_chosen: bool = False


def topics_by_publication(ids: Collection[int]) -> dict[int, set[str]]:
    """Return the codes of the topics of each publication, with the axis above each tag."""
    found: dict[int, set[str]] = defaultdict(set)
    listed = sorted(ids)
    through = Publication.topics.through.objects
    for start in range(0, len(listed), _BATCH):
        rows = through.filter(publication_id__in=listed[start : start + _BATCH])
        for pk, code, above in rows.values_list(
            "publication_id", "topic__code", "topic__parent__code"
        ):
            found[pk].add(code)
            if above:
                found[pk].add(above)
    return found


def topic_facets(
    counts: Mapping[str, int], chosen: str
) -> tuple[list[TopicFacet], list[TopicFacet]]:
    """Return the axes among the results and, where one is chosen, the topics below it.

    What is chosen stands there even when it holds nothing, so that it can be taken off.
    """
    topics = Topic.objects.filter(code__in=[*counts, chosen]).select_related("parent")
    by_code = {topic.code: topic for topic in topics}
    one = by_code.get(chosen)
    axis = (one.parent or one) if one else None
    if axis is not None:
        by_code.setdefault(axis.code, axis)
    upper = [
        TopicFacet(topic, counts.get(topic.code, 0), is_chosen=topic == axis)
        for topic in by_code.values()
        if topic.parent_id is None
    ]
    lower = [
        TopicFacet(topic, counts.get(topic.code, 0), is_chosen=topic == one)
        for topic in by_code.values()
        if axis is not None and topic.parent_id == axis.pk
    ]
    return _sorted(upper), _sorted(lower)


def _sorted(facets: list[TopicFacet]) -> list[TopicFacet]:
    return sorted(facets, key=lambda facet: (facet.topic.order, facet.topic.name))
