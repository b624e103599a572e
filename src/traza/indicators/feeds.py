"""The feed of an indicator: new data, corrections, withdrawals."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from traza.indicators.views.indicator import gone, public_indicator
from traza.indicators.words import current_lang, say
from traza.publishing.feeds import LONGEST, Format, feed_response
from traza.publishing.models import Publication
from traza.publishing.queries import latest_changes
from traza.publishing.store.declare import public_page


@public_page()
def indicator_feed(request: HttpRequest, slug: str, format_name: Format) -> HttpResponse:
    """Say what is new in an indicator, in any of the three formats."""
    found = public_indicator(slug)
    if found.is_archived:
        return gone(request, found)
    publication = Publication.objects.filter(kind="indicator", key=slug).first()
    return feed_response(
        request,
        format_name,
        title=_("Cambios de %(name)s") % {"name": say(found, "name", current_lang())},
        page_path=found.path,
        subject=f"indicador/{found.pk}",
        changes=latest_changes(LONGEST, publication=publication) if publication else [],
    )
