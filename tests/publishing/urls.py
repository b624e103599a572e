"""The room's own addresses and one page, as the site's configuration stacks them."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("aquí")


urlpatterns = i18n_patterns(
    path("indicadores/vive/", page),
    path("", include("traza.publishing.pages")),
    prefix_default_language=False,
)
