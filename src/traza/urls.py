"""Every address of the site. Rooms declare theirs in ``pages.py``; this file only stacks them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from traza.bulletin.pages import urlpatterns as bulletin
from traza.foundation.health import health_view
from traza.indicators.pages import urlpatterns as indicators
from traza.opendata.pages import urlpatterns as opendata
from traza.participation.pages import urlpatterns as participation
from traza.publishing.pages import urlpatterns as publishing
from traza.site.pages import page_urlpatterns
from traza.site.pages import urlpatterns as site

urlpatterns = [
    path("salud", health_view, name="health"),
    path("admin/", include("traza.foundation.staff.entrance")),
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        *publishing,
        *indicators,
        *opendata,
        *participation,
        *bulletin,
        *site,
        # Staff's own pages answer whatever no room took.
        *page_urlpatterns,
        prefix_default_language=False,
    ),
]

handler404 = "traza.site.search_views.not_found"
