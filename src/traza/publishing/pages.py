"""What the ledger itself publishes: the feeds of the site, of its topics and of its places."""

from collections.abc import Iterable

from django.urls import path

from traza.publishing import feeds
from traza.publishing.models import Topic
from traza.publishing.registry import PublicPath

urlpatterns = [
    path("feed.atom", feeds.site_feed, {"format_name": "atom"}, name="feed-atom"),
    path("rss.xml", feeds.site_feed, {"format_name": "rss"}, name="feed-rss"),
    path("feed.json", feeds.site_feed, {"format_name": "json"}, name="feed-json"),
    path("temas/<slug:code>/feed.atom", feeds.topic_feed, name="topic-feed"),
    path("lugares/<str:key>/feed.atom", feeds.place_feed, name="place-feed"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the feeds; those of topics are made when first read."""
    topics = list(Topic.objects.filter(publications__is_public=True).distinct())
    for prefix in ("", "/en"):
        for name in ("feed.atom", "rss.xml", "feed.json"):
            yield PublicPath(f"{prefix}/{name}", priority=60)
        for topic in topics:
            yield PublicPath(f"{prefix}{topic.path}feed.atom", eager=False)
