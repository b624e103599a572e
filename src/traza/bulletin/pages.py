"""The room's public addresses, all below ``/boletin/``."""

from collections.abc import Iterable

from django.urls import path

from traza.bulletin import views
from traza.bulletin.queries import issues_shown
from traza.publishing import feeds
from traza.publishing.registry import PublicPath

urlpatterns = [
    path("boletin/", views.archive, name="bulletin"),
    *feeds.feed_patterns("boletin/", views.issues_feed, "bulletin-feed"),
    path("boletin/novedades/", views.news, name="bulletin-news"),
    path("boletin/suscribir/", views.subscribe, name="bulletin-subscribe"),
    path("boletin/suscribir/listo/", views.asked, name="bulletin-asked"),
    path("boletin/<int:number>/", views.issue, name="bulletin-issue"),
    path("boletin/confirmar/<str:token>/", views.confirm, name="bulletin-confirm"),
    path("boletin/preferencias/<str:token>/", views.preferences, name="bulletin-preferences"),
    path("boletin/preferencias/<str:token>/datos.json", views.take_away, name="bulletin-data"),
    path("boletin/preferencias/<str:token>/olvidar/", views.forget, name="bulletin-forget"),
    path("boletin/baja/<str:token>/", views.leave, name="bulletin-leave"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield what is rendered ahead: the archive, its feeds and the latest issue."""
    issues = list(issues_shown())
    for prefix in ("", "/en"):
        yield PublicPath(f"{prefix}/boletin/", priority=10)
        yield PublicPath(f"{prefix}/boletin/novedades/", eager=False)
        yield PublicPath(f"{prefix}/boletin/suscribir/listo/", priority=5)
        for name in feeds.NAMES.values():
            yield PublicPath(f"{prefix}/boletin/{name}", eager=False)
        for number, one in enumerate(issues):
            yield PublicPath(f"{prefix}{one.path}", eager=number == 0, priority=10)
