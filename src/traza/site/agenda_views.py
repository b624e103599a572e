"""Events for calendars: one, and all of them to follow."""

from django.http import Http404, HttpRequest, HttpResponse

from traza.foundation.models import Institute
from traza.publishing.store.declare import public_page
from traza.site.agenda import calendar_of, remembered
from traza.site.models import EventPage


@public_page()
def all_events(request: HttpRequest) -> HttpResponse:
    """Give the events of the last year and those to come."""
    return _calendar(calendar_of(remembered(), Institute.load(request_or_site=request)))


@public_page()
def one_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event."""
    page = EventPage.objects.live().filter(slug=slug).first()
    if page is None:
        raise Http404(slug)
    return _calendar(calendar_of([page], Institute.load(request_or_site=request)))


def _calendar(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
