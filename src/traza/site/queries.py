"""What the pages of the site gather from the ledger and the territory."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from traza.foundation.models import Institute
from traza.indicators.queries.headlines import headlines
from traza.places.models import Level, Place
from traza.places.queries import PAGE_LEVELS, groups_of, members
from traza.publishing.models import Change, Publication, Topic

__all__ = [
    "PAGE_LEVELS",
    "FooterPage",
    "OwnTerritory",
    "TopicCount",
    "ancestors",
    "axes",
    "countries",
    "footer_pages",
    "groups_of",
    "indicator_count",
    "loose_topics",
    "own_territory",
    "place_by_key",
    "places_inside",
    "published_about",
    "search_examples",
    "states",
    "subtopics",
    "withdrawal",
]


@dataclass(frozen=True)
class FooterPage:
    """An institutional page linked from every foot."""

    title: str
    path: str


@dataclass(frozen=True)
class OwnTerritory:
    """Where the institute works: its municipality, its metropolitan area, or neither yet."""

    home: Place | None
    metro: Place | None
    municipalities: Sequence[Place]

    @property
    def title(self) -> str:
        """Return the name people give to the whole: the area, or else the municipality."""
        place = self.metro or self.home
        return place.name if place else ""


@dataclass(frozen=True)
class TopicCount:
    """A topic and how many indicators it holds."""

    topic: Topic
    count: int


def footer_pages() -> list[FooterPage]:
    """Return the live institutional pages, in the order staff gave them."""
    pages = Page.objects.live().filter(depth=3).order_by("path")
    return [FooterPage(page.title, f"/{page.slug}/") for page in pages]


def own_territory(institute: Institute) -> OwnTerritory:
    """Return the places the institute is about; every part may be missing."""
    codes = [code for code in (institute.home_place_code, institute.metro_code) if code]
    found = {place.code: place for place in Place.objects.filter(code__in=codes)}
    home = found.get(institute.home_place_code)
    metro = found.get(institute.metro_code)
    inside = list(members(metro)) if metro is not None else [home] if home else []
    return OwnTerritory(home, metro, inside)


def axes() -> list[TopicCount]:
    """Return the axes with the number of public indicators of each, empty ones left out."""
    return _counted(Topic.objects.filter(scheme="axis"))


def subtopics(topic: Topic) -> list[TopicCount]:
    """Return the topics below one, empty ones left out."""
    return _counted(topic.children.all())


def loose_topics() -> list[TopicCount]:
    """Return the tags that belong to no axis, empty ones left out."""
    return _counted(Topic.objects.exclude(scheme="axis").filter(parent__isnull=True))


def _counted(topics: QuerySet[Topic]) -> list[TopicCount]:
    indicators = Q(publications__is_public=True, publications__kind="indicator")
    rows = topics.annotate(n=Count("publications", filter=indicators, distinct=True))
    return [TopicCount(row, row.n) for row in rows if row.n]


def indicator_count() -> int:
    """Return how many indicators are public."""
    return Publication.objects.filter(kind="indicator", is_public=True).count()


def search_examples(territory: OwnTerritory, *, lang: str) -> list[str]:
    """Return up to three searches that find something, as a citizen would type them.

    They are the shortest names among the figures that stand for the own place (the first with the
    name of the place: "homicidios en Torreón"), and a municipality other than that place.
    """
    place = territory.home or territory.metro
    if place is None:
        return []
    chosen = [one.figure.indicator for one in headlines(place, timezone.localdate())]
    chosen.sort(key=lambda one: (len(one.name), one.name))
    names = [(one.name_en if lang == "en" else "") or one.name for one in chosen[:2]]
    examples = [_as_typed(name) for name in names]
    if examples:
        within = "in" if lang == "en" else "en"
        examples[0] = f"{examples[0]} {within} {place.name}"
    others = [one.name for one in territory.municipalities if one != place]
    return [*examples, *others[:1]]


def _as_typed(title: str) -> str:
    """Write a title in small letters, except words such as PIB."""
    return " ".join(
        word.lower() if word[1:].islower() or len(word) == 1 else word for word in title.split()
    )


def ancestors(place: Place) -> list[Place]:
    """Return the places above one that have a page, the widest first."""
    chain: list[Place] = []
    above = place.parent
    while above is not None and len(chain) < 6:
        if above.level in PAGE_LEVELS and above.level != Level.WORLD:
            chain.insert(0, above)
        above = above.parent
    return chain


def place_by_key(key: str) -> Place | None:
    """Return the place of an address part such as ``05035-torreon`` (the code decides)."""
    code = key.partition("-")[0]
    place = Place.objects.filter(code__iexact=code).select_related("parent").first()
    if place is None or place.level not in PAGE_LEVELS:
        return None
    return place


def states(country_code: str) -> list[Place]:
    """Return the states of the country, by name."""
    return list(
        Place.objects.filter(level=Level.STATE, parent__code=country_code).order_by("sort_key")
    )


def countries() -> list[Place]:
    """Return the countries, by name."""
    return list(Place.objects.filter(level=Level.COUNTRY).order_by("sort_key"))


def places_inside(place: Place) -> list[Place]:
    """Return the places with a page that lie directly inside one, by name."""
    if place.level == Level.METRO:
        return list(members(place))
    return list(Place.objects.filter(parent=place, level__in=PAGE_LEVELS).order_by("sort_key"))


def published_about(place: Place, *, limit: int = 30) -> list[Publication]:
    """Return what is published about a place besides indicators (they have their section)."""
    return list(
        Publication.objects.shown()
        .filter(places=place)
        .exclude(kind__in=["indicator", "place"])
        .order_by("-last_changed")[:limit]
    )


def withdrawal(path: str) -> Change | None:
    """Return what took the public thing of an address away, or None if none ever was there."""
    known = Publication.objects.filter(path=path, is_public=False).first()
    if known is None:
        return None
    return known.changes.filter(what=Change.What.WITHDRAWN).first()
