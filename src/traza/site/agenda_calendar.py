"""Events as a calendar (iCalendar, RFC 5545), for programs that follow them."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vText

from traza.foundation.models import Institute
from traza.publishing.feeds import absolute
from traza.site.agenda import local_time
from traza.site.models import EventPage


def calendar_of(pages: Iterable[EventPage], institute: Institute) -> bytes:
    """Return events as a calendar; equal events give equal bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Traza//Eventos//ES")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", institute.name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    for page in pages:
        calendar.add_component(_entry(page))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _entry(page: EventPage) -> Event:
    host = urlsplit(settings.TRAZA_BASE_URL).hostname or "localhost"
    written = page.last_published_at or page.first_published_at or page.starts
    first = page.first_published_at or written
    entry = Event()
    entry.add("uid", f"evento-{page.pk}@{host}")
    entry.add("dtstamp", written)
    entry.add("last-modified", written)
    # Programs take the entry with the highest number: it grows with every publication.
    entry.add("sequence", int((written - first).total_seconds() // 60))
    entry.add("summary", page.title)
    entry.add("description", f"{page.introduction}\n\n{absolute(page.public_path)}")
    entry.add("url", absolute(page.public_path))
    entry.add("dtstart", local_time(page.starts))
    entry.add("dtend", local_time(page.ends or page.starts + timedelta(hours=1)))
    where = ", ".join(part for part in (page.venue, page.address) if part) or page.online_url
    entry.add("location", vText(where))
    cancelled = page.status == EventPage.Status.CANCELLED
    entry.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    return entry
