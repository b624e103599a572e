"""What open data publishes."""

from collections.abc import Iterable

from django.urls import path

from traza.opendata import views
from traza.opendata.sitemap import sitemap_files
from traza.publishing.registry import PublicPath

urlpatterns = [
    path("datos/", views.datos, name="datos"),
    path("datos/usar/", views.use, name="use-data"),
    path("datos/datapackage.json", views.data_package, name="data-package"),
    path("datos/catalogo.jsonld", views.catalogue_jsonld, name="catalogue"),
    path("datos/<str:name>", views.dump_file, name="dump"),
    path("data.json", views.data_json, name="data-json"),
    path("sitemap.xml", views.site_map, name="sitemap"),
    path("sitemap-<int:number>.xml", views.site_map_file, name="sitemap-file"),
    path("robots.txt", views.robots, name="robots"),
]


def public_paths() -> Iterable[PublicPath]:
    """Yield the addresses; those that show the files are rendered when asked for."""
    for path_ in ("/datos/", "/en/datos/"):
        yield PublicPath(path_, eager=False, priority=20)
    for path_ in ("/datos/usar/", "/en/datos/usar/"):
        yield PublicPath(path_, priority=10)
    for path_ in ("/datos/datapackage.json", "/datos/catalogo.jsonld", "/data.json"):
        yield PublicPath(path_, eager=False)
    yield PublicPath("/sitemap.xml")
    if (files := sitemap_files()) > 1:
        for number in range(1, files + 1):
            yield PublicPath(f"/sitemap-{number}.xml", eager=False)
    yield PublicPath("/robots.txt")
