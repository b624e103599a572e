"""The lists of stories that are narrowed, and the feeds of every kind."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.views import serve

from traza.foundation.models import Institute
from traza.publishing.feeds import LONGEST, Format, feed_response
from traza.publishing.queries import latest_changes
from traza.publishing.silence import is_held
from traza.publishing.store.declare import public_page
from traza.site.models import STORIES, StudyIndexPage
from traza.site.stories import section_words
from traza.site.studies import PARAMS


@public_page(params=(*PARAMS, "pagina"))
def studies(request: HttpRequest) -> HttpResponse:
    """Show the catalogue of studies, narrowed by its query."""
    response: HttpResponse = serve(request, f"{StudyIndexPage.own_slug}/")
    return response


@public_page()
def section_feed(request: HttpRequest, format_name: Format, section: str) -> HttpResponse:
    """Say what is new among the stories of a kind."""
    kind, index = next(pair for pair in STORIES if pair[1].own_slug == section)
    title, words = section_words(index)
    return feed_response(
        request,
        format_name,
        title=_("%(section)s de %(name)s")
        % {"section": title, "name": Institute.load(request_or_site=request).name},
        description=words,
        page_path=f"/{section}/",
        subject=f"seccion/{kind.ledger_kind}",
        changes=latest_changes(LONGEST, kinds=[kind.ledger_kind]),
        holds=is_held(kind.ledger_kind),
    )
