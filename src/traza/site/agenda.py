"""What the lists of events and calls show, and on which day they are over."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from traza.foundation.jsonld import jsonld
from traza.foundation.models import Institute
from traza.site.models import CallPage, EventPage
from traza.site.schema import breadcrumb

PER_PAGE = 20
_HOME = 3
#: Calendars that follow all events keep those of this long ago.
_REMEMBERED = timedelta(days=400)


def to_come(kind: type[EventPage] | type[CallPage]) -> QuerySet[Any]:
    """Return what is not over today, the nearest first."""
    return _live(kind).filter(_not_over(kind)).order_by(_day_of(kind), "pk")


def over(kind: type[EventPage] | type[CallPage]) -> QuerySet[Any]:
    """Return what is over, the latest first."""
    return _live(kind).exclude(_not_over(kind)).order_by(f"-{_day_of(kind)}", "-pk")


def _live(kind: type[EventPage] | type[CallPage]) -> QuerySet[Any]:
    found: QuerySet[Any] = kind.objects.live()
    return found


def _day_of(kind: type[EventPage] | type[CallPage]) -> str:
    return "starts" if kind is EventPage else "closes"


def _not_over(kind: type[EventPage] | type[CallPage]) -> Q:
    today = timezone.localdate()
    if kind is CallPage:
        return Q(closes__gte=today)
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    return Q(ends__gte=midnight) | Q(ends=None, starts__gte=midnight)


def agenda_context(kind: type[EventPage] | type[CallPage], request: HttpRequest) -> dict[str, Any]:
    """Return what a list shows: all that is to come, and what was by pages."""
    return {
        "to_come": list(to_come(kind)),
        "listed": Paginator(over(kind), PER_PAGE).get_page(request.GET.get("pagina")),
        "is_events": kind is EventPage,
    }


def home_section(lang: str) -> dict[str, Any] | None:
    """Return the next events and the open calls for the home page; None where there is none."""
    events = list(to_come(EventPage)[:_HOME])
    calls = [call for call in to_come(CallPage)[: _HOME * 2] if call.state == "open"][:_HOME]
    return {"events": events, "calls": calls} if events or calls else None


def event_schema(page: EventPage, institute: Institute) -> SafeString:
    """Describe an event to search engines."""
    base = settings.TRAZA_BASE_URL
    url = f"{base}{page.public_path}"
    status = {
        EventPage.Status.CANCELLED: "EventCancelled",
        EventPage.Status.MOVED: "EventRescheduled",
    }.get(EventPage.Status(page.status), "EventScheduled")
    online = {"@type": "VirtualLocation", "url": page.online_url} if page.online_url else None
    place = (
        {"@type": "Place", "name": page.venue, "address": page.address or page.venue}
        if page.venue
        else None
    )
    mode = "Mixed" if online and place else "Online" if online else "Offline"
    event = {
        "@type": "Event",
        "@id": f"{url}#evento",
        "name": page.title,
        "description": page.introduction,
        "url": url,
        "startDate": local_time(page.starts).isoformat(timespec="minutes"),
        "endDate": local_time(page.ends).isoformat(timespec="minutes") if page.ends else "",
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": [one for one in (place, online) if one],
        "organizer": {
            "@type": "GovernmentOrganization",
            "@id": f"{base}/#instituto",
            "name": institute.name,
            "url": f"{base}/",
        },
        "inLanguage": "es-MX",
        "isAccessibleForFree": True,
    }
    trail = [(str(page.get_parent().title), "/eventos/"), (page.title, page.public_path)]
    return jsonld(event, breadcrumb(trail, lang="es"))


def remembered() -> QuerySet[EventPage]:
    """Return the events of the calendar that follows all of them."""
    since = timezone.now() - _REMEMBERED
    found: QuerySet[EventPage] = EventPage.objects.live().filter(starts__gte=since)
    return found.order_by("starts", "pk")


def local_time(moment: datetime) -> datetime:
    """Return a moment in the institute's time, to the second: programs know no finer one."""
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).replace(microsecond=0)
