"""Home, topics, places: thin views over what every room registered."""

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.views import serve

from traza.foundation.assets import asset_path
from traza.foundation.models import Institute
from traza.participation.kinds import KINDS
from traza.places.queries import suggest_places
from traza.publishing.models import Topic
from traza.publishing.queries import holds_about, latest_changes, publications_for
from traza.publishing.registry import Section, registry
from traza.publishing.silence import held_file, silence_in_force
from traza.publishing.store.declare import public_page
from traza.site import queries
from traza.site.brand import brand_css, draw_site_card
from traza.site.home import sections_of
from traza.site.maps import locator_map, territory_map
from traza.site.models import CONTACT, HomePage
from traza.site.schema import home_schema, named, place_schema


def _lang() -> str:
    return "en" if (get_language() or "").startswith("en") else "es"


def _territory(request: HttpRequest) -> queries.OwnTerritory:
    return queries.own_territory(Institute.load(request_or_site=request))


def _sections(sections: list[Section], *args: Any) -> list[dict[str, Any]]:
    drawn = []
    for section in sections:
        context = section.context(*args, _lang())
        if context is not None:
            drawn.append({"name": section.name, "template": section.template, **context})
    return drawn


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Show what the institute is, a search, the area at a glance and what is new."""
    return render_home(request, HomePage.objects.live().first())


def render_home(request: HttpRequest, page: HomePage | None) -> HttpResponse:
    """Show the home page with the words of ``page``, published or still a draft."""
    institute = Institute.load(request_or_site=request)
    territory = queries.own_territory(institute)
    headline = _headline(page, territory)
    introduction = _introduction(page, institute)
    return render(
        request,
        "traza/site/home.html",
        {
            "headline": headline,
            "introduction": introduction,
            "share": {"title": f"{institute.short_name}: {headline}", "description": introduction},
            "schema": home_schema(institute, headline=headline, lang=_lang()),
            "examples": queries.search_examples(territory, lang=_lang()),
            "territory": territory,
            "map": territory_map(territory, lang=_lang()),
            "sections": sections_of(page, _lang()),
        },
    )


def _headline(page: HomePage | None, territory: queries.OwnTerritory) -> str:
    if page is not None and page.headline and _lang() == "es":
        return page.headline
    home, metro = territory.home, territory.metro
    if home is not None and metro is not None:
        return _("Lo que sabemos de %(home)s y de %(metro)s, abierto para todos") % {
            "home": home.name,
            "metro": metro.name,
        }
    if territory.title:
        return _("Lo que sabemos de %(place)s, abierto para todos") % {"place": territory.title}
    return _("Lo que sabemos del territorio, abierto para todos")


def _introduction(page: HomePage | None, institute: Institute) -> str:
    if _lang() == "en":
        return institute.tagline_en or _("Cada cifra con su fuente, su fecha y su historia.")
    written = page.introduction if page is not None else ""
    return written or institute.tagline or _("Cada cifra con su fuente, su fecha y su historia.")


@public_page()
def topics(request: HttpRequest) -> HttpResponse:
    """List the axes and the topics below each."""
    groups = [(axis, queries.subtopics(axis.topic)) for axis in queries.axes()]
    return render(
        request, "traza/site/topics.html", {"groups": groups, "loose": queries.loose_topics()}
    )


@public_page()
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """Gather everything published under a topic."""
    found = get_object_or_404(Topic, code=code)
    others = [p for p in publications_for(found) if p.kind not in ("indicator", "topic")]
    institute = Institute.load(request_or_site=request)
    name = named(found, _lang())
    return render(
        request,
        "traza/site/topic.html",
        {
            "topic": found,
            "share": {
                "title": f"{name} · {institute.short_name}",
                "description": _("%(topic)s: indicadores y todo lo publicado por %(institute)s.")
                % {"topic": name, "institute": institute.name},
            },
            "subtopics": queries.subtopics(found),
            "sections": _sections(registry.topic_sections, found),
            "publications": others,
            "changes": latest_changes(5, topic=found),
            "holds_something": holds_about(found),
        },
    )


@public_page(params=("q",))
def places(request: HttpRequest) -> HttpResponse:
    """Find a place: the institute's own first, then states, then by name."""
    institute = Institute.load(request_or_site=request)
    text = request.GET.get("q", "").strip()
    return render(
        request,
        "traza/site/places.html",
        {
            "territory": queries.own_territory(institute),
            "states": queries.states(institute.country_code),
            "query": text,
            "matches": suggest_places(text, limit=30) if text else [],
            "countries": queries.countries(),
        },
    )


@public_page()
def place(request: HttpRequest, key: str) -> HttpResponse:
    """Show a place: where it lies, its figures, and everything published about it."""
    found = queries.place_by_key(key)
    if found is None:
        raise Http404(f"lugar {key}")
    canonical = found.path.split("/")[2]
    if key != canonical:
        return HttpResponsePermanentRedirect(request.path.replace(key, canonical, 1))
    institute = Institute.load(request_or_site=request)
    above = queries.ancestors(found)
    name = named(found, _lang())
    return render(
        request,
        "traza/site/place.html",
        {
            "place": found,
            "ancestors": above,
            "share": {
                "title": f"{name} · {institute.short_name}",
                "description": _("%(place)s: sus cifras, con quién se comparan y qué hay de nuevo.")
                % {"place": name},
            },
            "schema": place_schema(found, above, lang=_lang()),
            "groups": queries.groups_of(found),
            "inside": queries.places_inside(found),
            "map": locator_map(found, lang=_lang()),
            "sections": _sections(registry.place_sections, found),
            "publications": queries.published_about(found),
            "changes": latest_changes(5, place=found),
            "holds_something": holds_about(found),
        },
    )


@public_page()
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Give the institute's accent as custom properties."""
    css = brand_css(Institute.load(request_or_site=request))
    return HttpResponse(css, content_type="text/css; charset=utf-8")


@public_page()
def favicon(request: HttpRequest) -> HttpResponse:
    """Give the icon where programs that read no page look for it."""
    return HttpResponse(asset_path("icon.svg").read_bytes(), content_type="image/svg+xml")


@public_page()
def social_card(request: HttpRequest) -> HttpResponse:
    """Draw the image that stands for the site where its address is shared."""
    if silence_in_force() is not None:
        return held_file(request)
    institute = Institute.load(request_or_site=request)
    png = draw_site_card(institute, _headline(None, queries.own_territory(institute)))
    return HttpResponse(png, content_type="image/png")


@public_page(params=("pagina",))
def staff_page(request: HttpRequest, path: str) -> HttpResponse:
    """Show a page that staff wrote."""
    response: HttpResponse = serve(request, path)
    return response


@public_page()
def contact(request: HttpRequest) -> HttpResponse:
    """Show the page that staff wrote about writing to the institute, or the bare choice."""
    try:
        page: HttpResponse = serve(request, f"{CONTACT}/")
    except Http404:
        page = render(request, "traza/site/contact_page.html", {"kinds": KINDS})
    return page
