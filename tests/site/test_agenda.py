"""Events and calls: what is to come and what was, deadlines, calendars, where they are found."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.site.small_site import build_small_site
from traza.foundation.roles import PUBLISHER, create_roles, group_of
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.site.models import CallIndexPage, CallPage, EventIndexPage, EventPage
from traza.site.story_files import load_package_stories

HERE = ZoneInfo("America/Monterrey")


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def text(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def in_days(days: int, hour: int = 17) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=HERE)


def event(slug: str = "taller", **fields: Any) -> EventPage:
    given: dict[str, Any] = {"starts": in_days(3), "venue": "Sala; una, con coma"}
    page = EventPage(
        title=f"Evento {slug}",
        slug=slug,
        introduction="Para aprender guanábanas.",
        places=[("place", Place.objects.get(code="05035"))],
        live=False,
        **(given | fields),
    )
    page.topics.set([Topic.objects.get(code="seguridad")])
    EventIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def call(slug: str = "estudios", **fields: Any) -> CallPage:
    page = CallPage(
        title=f"Convocatoria {slug}",
        slug=slug,
        introduction="Se buscan estudios.",
        live=False,
        **({"closes": timezone.localdate()} | fields),
    )
    page.topics.set([Topic.objects.get(code="seguridad")])
    CallIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def parts(page: str) -> tuple[str, str]:
    """Return what a list says before and after the heading of what is over."""
    before, _heading, after = page.partition('id="pasados"')
    return before, after


def test_empty_lists_say_what_will_be_there(places: dict[str, Place]) -> None:
    assert "Aquí se anuncian los talleres" in text("/eventos/")
    assert "workshops" in text("/en/eventos/")
    assert "Aquí se publican las convocatorias" in text("/convocatorias/")
    assert "Agenda" not in text("/")
    assert b"BEGIN:VCALENDAR" in Client().get("/eventos/eventos.ics").content


def test_an_event_is_found_everywhere_it_belongs(places: dict[str, Place]) -> None:
    event()
    address = 'href="/eventos/taller/"'
    for path in (
        "/", "/eventos/", "/temas/seguridad/", places["05035"].path, "/buscar/?q=guanabanas",
        "/buscar/?q=guanabanas&tipo=event",
    ):  # fmt: skip
        assert address in text(path), path
    assert "/eventos/taller/" in text("/sitemap.xml")
    for feed in ("/feed.atom", "/eventos/feed.atom", "/en/eventos/rss.xml"):
        assert "Evento taller" in text(feed), feed
    page = text("/eventos/taller/")
    assert "17:00" in page
    assert '"@type":"Event"' in page.replace(": ", ":")
    assert "EventScheduled" in page
    assert "OfflineEventAttendanceMode" in page


def test_what_was_moves_to_the_past_with_the_day(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    event("hoy", starts=in_days(0, 9), ends=in_days(0, 10))
    event("largo", starts=in_days(-2), ends=in_days(1))
    event("pasado", starts=in_days(-2))
    before, after = parts(text("/eventos/"))
    assert all(f"Evento {one}" in before for one in ("hoy", "largo"))
    assert "Evento pasado" in after
    assert before.index("Evento largo") < before.index("Evento hoy")
    assert "Ya pasó" in text("/eventos/pasado/")
    assert "Ya pasó" not in text("/eventos/hoy/")

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    call_command("tick")
    assert "Evento hoy" in parts(text("/eventos/"))[1]
    assert "Ya pasó" in text("/eventos/hoy/")


def test_a_call_says_by_itself_that_it_opens_and_closes(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    call("por-abrir", opens=today + timedelta(days=1), closes=today + timedelta(days=9))
    call("abierta")
    call("cerrada", closes=today - timedelta(days=1), outcome="Se eligieron dos.")
    assert "Por abrir" in text("/convocatorias/por-abrir/")
    assert "Abierta" in text("/convocatorias/abierta/")
    closed = text("/convocatorias/cerrada/")
    assert "Cerrada" in closed
    assert "Se eligieron dos." in closed
    before, after = parts(text("/convocatorias/"))
    assert "Convocatoria abierta" in before
    assert "Convocatoria cerrada" in after
    home = text("/")
    assert "Convocatoria abierta" in home.split('id="agenda"')[1].split("</section>")[0]

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: tomorrow)
    call_command("tick")
    assert "Cerrada" in text("/convocatorias/abierta/")
    assert "Abierta" in text("/convocatorias/por-abrir/")


def test_calendars_read_one_event_and_all_of_them(places: dict[str, Place]) -> None:
    page = event(ends=in_days(3, 19), online_url="https://example.org/x")
    event("cancelado", status="cancelled", venue="", online_url="https://example.org/y")
    response = Client().get("/eventos/taller/evento.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"\r\n" in response.content
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n"))
    (entry,) = Calendar.from_ical(response.content).walk("VEVENT")
    assert entry["summary"] == "Evento taller"
    assert entry["location"] == "Sala; una, con coma"
    assert entry.decoded("dtstart") == page.starts
    assert entry.decoded("dtend") == page.ends
    assert entry["dtstart"].params["TZID"] == "America/Monterrey"
    assert Calendar.from_ical(response.content).walk("VTIMEZONE")
    assert entry["uid"].startswith(f"evento-{page.pk}@")

    everything = Calendar.from_ical(Client().get("/eventos/eventos.ics").content)
    states = {str(one["summary"]): str(one["status"]) for one in everything.walk("VEVENT")}
    assert states == {"Evento taller": "CONFIRMED", "Evento cancelado": "CANCELLED"}
    assert "Cancelado." in text("/eventos/cancelado/")
    assert "EventCancelled" in text("/eventos/cancelado/")
    text("/eventos/no-existe/evento.ics", 404)


def test_a_changed_event_keeps_its_identity_and_counts_up(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = event()

    def read() -> Any:
        content = Client().get("/eventos/taller/evento.ics").content
        return Calendar.from_ical(content).walk("VEVENT")[0]

    first = read()
    assert Client().get("/eventos/taller/evento.ics").content == (
        Client().get("/eventos/taller/evento.ics").content
    )
    later = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    page.starts = in_days(5)
    page.status = "moved"
    page.save_revision().publish()
    second = read()
    assert second["uid"] == first["uid"]
    assert second["sequence"] > first["sequence"]
    assert "Cambió de fecha." in text("/eventos/taller/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts": in_days(2), "ends": in_days(1), "venue": "x"}, "Termina antes de empezar"),
        ({"starts": in_days(2)}, "Falta el lugar"),
    ],
)
def test_what_cannot_be_is_refused(
    places: dict[str, Place], fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        EventPage(title="x", slug="x", introduction="y", **fields).clean()
    with pytest.raises(ValidationError, match="Cierra antes"):
        CallPage(title="x", opens=date(2027, 2, 1), closes=date(2027, 1, 1)).clean()


def test_who_wrote_does_not_publish_an_event(places: dict[str, Place], client: Client) -> None:
    from django.contrib.auth import get_user_model

    create_roles()
    ana = get_user_model().objects.create_user("ana", password="x")
    ana.groups.add(group_of(PUBLISHER))
    page = event()
    assert not page.permissions_for_user(ana).can_publish()
    client.force_login(ana)
    form = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-submit"' in form
    assert 'name="starts"' in form


def test_a_package_brings_events_and_calls(places: dict[str, Place], tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for name in ("taller-leer-indicadores.md", "convocatoria-estudios-agua.md"):
        words = Path("demo/laguna/stories", name).read_text(encoding="utf-8")
        words = words.replace("sustentabilidad", "seguridad").replace("sociedad", "seguridad")
        (folder / name).write_text(words.replace("zml", "05035"), encoding="utf-8")
    assert len(load_package_stories(tmp_path)) == 2
    page = EventPage.objects.get()
    assert timezone.localtime(page.starts).hour == 17
    assert CallPage.objects.get().closes == date(2027, 1, 31)
    text("/eventos/taller-leer-indicadores/")
    text("/en/convocatorias/convocatoria-estudios-agua/")
