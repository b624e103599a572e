"""Every address of the site. Rooms declare theirs in ``pages.py``; this file only stacks them."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from traza.foundation.health import health_view

urlpatterns = [
    path("salud", health_view, name="health"),
    path("admin/cuenta/", include("allauth.urls")),
    path("admin/", include(wagtailadmin_urls)),
    *i18n_patterns(
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
