"""The days of an event or a call that a data package brings, from its front matter."""

from datetime import date, datetime

from django.utils import timezone

from traza.foundation.front_matter import PageFileError
from traza.site.models import CallPage, EventPage


def take_event(page: EventPage, fields: dict[str, str], file: str) -> None:
    """Take ``starts`` and ``ends`` («2026-12-10 17:00»), ``venue``, ``address``, ``online``."""
    page.starts = _moment(fields.get("starts", ""), file)
    page.ends = _moment(fields["ends"], file) if fields.get("ends") else None
    page.venue, page.address = fields.get("venue", ""), fields.get("address", "")
    page.online_url = fields.get("online", "")


def take_call(page: CallPage, fields: dict[str, str], file: str) -> None:
    """Take ``opens`` and ``closes`` («2027-01-31»)."""
    page.opens = _day(fields["opens"], file) if fields.get("opens") else None
    page.closes = _day(fields.get("closes", ""), file)


def _moment(text: str, file: str) -> datetime:
    try:
        return timezone.make_aware(datetime.strptime(text, "%Y-%m-%d %H:%M"))
    except ValueError as error:
        raise PageFileError(f"{file}: «{text}» no es un día con su hora.") from error


def _day(text: str, file: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PageFileError(f"{file}: «{text}» no es un día.") from error
