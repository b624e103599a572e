"""What the ledger itself publishes: feeds of site, topics and places, short addresses, cards."""

from collections.abc import Iterable

from django.urls import path

from traza.publishing import feeds, sharing
from traza.publishing.models import Topic
from traza.publishing.registry import PublicPath

urlpatterns = [
    *feeds.feed_patterns("", feeds.site_feed, "feed"),
    *feeds.feed_patterns("temas/<slug:code>/", feeds.topic_feed, "topic-feed"),
    *feeds.feed_patterns("lugares/<str:key>/", feeds.place_feed, "place-feed"),
    path("i/<slug:code>", sharing.short_address, name="short"),
    path("i/<slug:code>/qr.svg", sharing.qr_code, {"kind": "svg"}, name="qr-svg"),
    path("i/<slug:code>/qr.png", sharing.qr_code, {"kind": "png"}, name="qr-png"),
    path("i/<slug:code>/tarjeta.png", sharing.publication_card, name="publication-card"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the feeds; those of topics are made when first read."""
    topics = list(Topic.objects.filter(publications__is_public=True).distinct())
    for prefix in ("", "/en"):
        for name in feeds.NAMES.values():
            yield PublicPath(f"{prefix}/{name}", priority=60)
        for topic in topics:
            for name in feeds.NAMES.values():
                yield PublicPath(f"{prefix}{topic.path}{name}", eager=False)
