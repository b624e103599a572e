"""What the site publishes: home, topics, places, search, and staff's own pages."""

from collections.abc import Iterable
from functools import partial

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from traza.places.models import Level, Place
from traza.publishing import feeds
from traza.publishing.models import Topic
from traza.publishing.registry import PublicPath
from traza.publishing.silence import is_held
from traza.site import agenda_views, archive_views, edition_views, search_views, story_views, views
from traza.site.agenda import remembered
from traza.site.models import STORIES, ArchiveEntry, MonitorEdition
from traza.site.queries import footer_pages

urlpatterns = [
    path("", views.home, name="home"),
    path("temas/", views.topics, name="topics"),
    path("temas/<slug:code>/", views.topic, name="topic"),
    path("lugares/", views.places, name="places"),
    path("lugares/sugerencias.json", search_views.place_suggestions, name="place-suggestions"),
    path("lugares/<str:key>/", views.place, name="place"),
    path("contacto/", views.contact, name="contact"),
    path("archivo/", archive_views.archive, name="archive"),
    path("archivo/archivo.csv", archive_views.archive_file, name="archive-file"),
    path("monitores/<slug:slug>/<slug:edition>/", edition_views.edition, name="edition"),
    path("monitores/<slug:slug>/<slug:edition>/<slug:name>.pdf", edition_views.paper, name="paper"),
    path("estudios/", story_views.studies, name="studies"),
    path("eventos/eventos.ics", agenda_views.all_events, name="events-calendar"),
    path("eventos/<slug:slug>/evento.ics", agenda_views.one_event, name="event-calendar"),
    path("buscar/", search_views.search_page, name="search"),
    path("buscar/sugerencias.json", search_views.search_suggestions, name="search-suggestions"),
    path("marca.css", views.brand_stylesheet, name="brand"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("tarjeta.png", views.social_card, name="social-card"),
    *(
        pattern
        for slug in (index.own_slug for _kind, index in STORIES)
        for pattern in feeds.feed_patterns(
            f"{slug}/", partial(story_views.section_feed, section=slug), f"{slug}-feed"
        )
    ),
]

#: The latest stories of each kind are rendered at publication, older ones when read.
_STORIES_AHEAD = 10

#: Staff's own pages answer whatever no room took; they come last of all.
page_urlpatterns = [re_path(serve_pattern, views.staff_page, name="wagtail_serve")]


def public_paths() -> Iterable[PublicPath]:
    """Yield the addresses of the site; only the most read are rendered at publication."""
    for prefix in ("", "/en"):
        yield PublicPath(f"{prefix}/", priority=100)
        yield PublicPath(f"{prefix}/temas/", priority=30)
        yield PublicPath(f"{prefix}/lugares/", priority=30)
        yield PublicPath(f"{prefix}/contacto/", priority=10)
        for topic in Topic.objects.filter(publications__is_public=True).distinct():
            yield PublicPath(f"{prefix}{topic.path}", priority=20)
        for page in footer_pages():
            yield PublicPath(f"{prefix}{page.path}", priority=10)
        for kind, index in STORIES:
            for name in feeds.NAMES.values():
                yield PublicPath(f"{prefix}/{index.own_slug}/{name}", eager=False)
            latest = kind.objects.live().order_by("-first_published_at")[:_STORIES_AHEAD]
            for page in () if is_held(kind.ledger_kind) else latest:
                yield PublicPath(f"{prefix}{page.public_path}", priority=10)
        for edition in MonitorEdition.objects.filter(page__live=True).select_related("page"):
            yield PublicPath(f"{prefix}{edition.path}", eager=False)
        yield PublicPath(f"{prefix}/eventos/eventos.ics", eager=False)
        for event in remembered():
            yield PublicPath(f"{prefix}{event.ics_path}", eager=False)
        if ArchiveEntry.objects.exists():
            yield PublicPath(f"{prefix}/archivo/", priority=5)
        for place in _places_rendered_ahead():
            yield PublicPath(f"{prefix}{place.path}", priority=15)
    yield PublicPath("/marca.css", priority=90)


def _places_rendered_ahead() -> Iterable[Place]:
    """Return the metropolitan areas, their municipalities, the states and the country."""
    return (
        Place.objects.filter(level__in=[Level.METRO, Level.STATE])
        | Place.objects.filter(groups__isnull=False)
        | Place.objects.filter(children__level=Level.STATE)
    ).distinct()
