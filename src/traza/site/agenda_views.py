"""Events for calendars: one, and all of them to follow."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse

from traza.foundation.models import Institute
from traza.publishing.store.declare import public_page
from traza.site.agenda import remembered
from traza.site.models import EventPage


@public_page()
def all_events(request: HttpRequest) -> HttpResponse:
    """Give the events of the last year and those to come."""
    return _calendar(remembered(), request)


@public_page()
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event."""
    page = EventPage.objects.live().filter(slug=slug).first()
    if page is None:
        raise Http404(slug)
    return _calendar([page], request)


def _calendar(pages: Iterable[EventPage], request: HttpRequest) -> HttpResponse:
    # Few ask for one, and what writes them weighs as much as a hundred pages.
    from traza.site.agenda_calendar import calendar_of

    content = calendar_of(pages, Institute.load(request_or_site=request))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
