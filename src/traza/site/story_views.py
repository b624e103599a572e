"""The feeds of news and analyses, and the cards that stand for them where they are shared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.publishing.feeds import LONGEST, feed_response
from traza.publishing.queries import latest_changes
from traza.publishing.store.declare import public_page
from traza.site.brand import draw_card
from traza.site.models import STORIES
from traza.site.stories import section_words


@public_page()
def section_feed(request: HttpRequest, section: str) -> HttpResponse:
    """Say what is new among the stories of a kind."""
    kind, index = next(pair for pair in STORIES if pair[1].own_slug == section)
    title, words = section_words(index)
    return feed_response(
        request,
        "atom",
        title=_("%(section)s de %(name)s")
        % {"section": title, "name": Institute.load(request_or_site=request).name},
        description=words,
        page_path=f"/{section}/",
        changes=latest_changes(LONGEST, kinds=[kind.ledger_kind]),
    )


@public_page()
def story_card(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """Draw the image of a story from its title."""
    kind, index = next(pair for pair in STORIES if pair[1].own_slug == section)
    page = get_object_or_404(kind.objects.live(), slug=slug)
    institute = Institute.load(request_or_site=request)
    png = draw_card(institute, page.title, page.signature() or section_words(index)[0])
    return HttpResponse(png, content_type="image/png")
