"""What open data publishes."""

from collections.abc import Iterable

from django.urls import path

from traza.opendata import views
from traza.publishing.registry import PublicPath

urlpatterns = [
    path("datos/", views.datos, name="datos"),
    path("datos/datapackage.json", views.data_package, name="data-package"),
    path("datos/<str:name>", views.dump_file, name="dump"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the addresses rendered at publication."""
    yield from (
        PublicPath("/datos/", priority=20),
        PublicPath("/en/datos/"),
        PublicPath("/datos/datapackage.json"),
        PublicPath("/sitemap.xml"),
        PublicPath("/robots.txt"),
    )
