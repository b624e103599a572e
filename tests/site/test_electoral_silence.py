"""During an electoral silence news is held and data stay; it ends by itself and nothing is lost."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.site.small_site import build_small_site
from traza.foundation.models import AuditEntry
from traza.foundation.roles import ANALYST, PUBLISHER, create_roles, group_of
from traza.places.models import Place
from traza.publishing.models import ScheduleFailure, Silence, Topic
from traza.publishing.queries import latest_changes
from traza.publishing.revision import current_revision
from traza.publishing.silence import comes_back, is_held
from traza.publishing.staff.desk import desk_of
from traza.site.models import AnalysisIndexPage, AnalysisPage, NewsIndexPage, NewsPage

ADDRESS = 'href="/noticias/se-entrego/"'


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def news(slug: str = "se-entrego", *, publish: bool = True) -> NewsPage:
    """Write a piece of news about Torreón and security."""
    page = NewsPage(
        title=f"Noticia {slug}",
        slug=slug,
        introduction="Ya se puede usar.",
        body=[("text", "<p>La palabra guayabas.</p>")],
        places=[("place", Place.objects.get(code="05035"))],
        live=False,
    )
    page.topics.set([Topic.objects.get(code="seguridad")])
    NewsIndexPage.objects.get().add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
    page.refresh_from_db()
    return page


def silence(before: int = 1, after: int = 3) -> Silence:
    """Put a silence from some days before today to some days after."""
    today = timezone.localdate()
    return Silence.objects.create(
        starts=today - timedelta(days=before),
        ends=today + timedelta(days=after),
        basis="Artículo 134 de la Constitución",
        reason="Elecciones de prueba",
    )


def text(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def gathering(places: dict[str, Place]) -> tuple[str, ...]:
    return ("/", "/noticias/", "/temas/seguridad/", places["05035"].path, "/buscar/?q=guayabas")


def later(monkeypatch: pytest.MonkeyPatch, **ahead: int) -> None:
    """Move the clock."""
    hour = timezone.now() + timedelta(**ahead)
    monkeypatch.setattr("django.utils.timezone.now", lambda: hour)


def test_news_is_held_everywhere_and_said_so(places: dict[str, Place]) -> None:
    page = news()
    for path in gathering(places):
        assert ADDRESS in text(path), path
    silence()
    assert is_held("news")
    for path in gathering(places):
        assert ADDRESS not in text(path), path
    for path in ("/sitemap.xml", "/feed.atom", "/noticias/feed.json", "/temas/seguridad/rss.xml"):
        assert "se-entrego" not in text(path), path
    held = text("/noticias/se-entrego/", 451)
    assert "Artículo 134 de la Constitución" in held
    assert "vuelve al terminar la veda electoral" in held
    assert "guayabas" not in held
    assert "electoral silence" in text("/en/noticias/se-entrego/", 451).lower()
    for path in gathering(places):
        assert "Artículo 134 de la Constitución" in text(path), path
    assert "Artículo 134" not in text(places["10012"].path)
    request = page.make_preview_request(preview_mode="")
    assert "guayabas" in request.content.decode()


def test_data_services_and_analyses_stay(places: dict[str, Place]) -> None:
    silence()
    analysis = AnalysisPage(
        title="Un análisis", slug="uno", introduction="Qué pasó.", unit="Unidad", live=False
    )
    AnalysisIndexPage.objects.get().add_child(instance=analysis)
    analysis.save_revision().publish()
    text("/analisis/uno/")
    assert 'href="/analisis/uno/"' in text("/")
    for path in ("/indicadores/homicidios/", "/datos/", "/contacto/", places["05035"].path):
        text(path)


def test_social_cards_are_held_and_no_page_names_them(places: dict[str, Place]) -> None:
    pages = ("/", "/indicadores/homicidios/", "/temas/seguridad/")
    cards = [
        "/" + text(path).split('property="og:image" content="')[1].split('"')[0].split("/", 3)[3]
        for path in pages
    ]
    silence()
    for path in pages:
        assert "og:image" not in text(path), path
    for card in [*cards, "/tarjeta.png"]:
        assert "veda electoral" in text(card, 451), card


def test_it_begins_and_ends_by_itself(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    news()
    silence(before=-1, after=2)
    text("/noticias/se-entrego/")
    call_command("tick")
    began = current_revision()
    later(monkeypatch, days=1)
    call_command("tick")
    assert current_revision() > began
    text("/noticias/se-entrego/", 451)
    began = current_revision()
    later(monkeypatch, days=2)
    call_command("tick")
    assert current_revision() > began
    assert "guayabas" in text("/noticias/se-entrego/")
    assert ADDRESS in text("/")


def test_what_is_due_or_approved_meanwhile_goes_out_when_it_ends(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    live = news()
    due = news("a-su-hora", publish=False)
    hour = timezone.now() + timedelta(days=1)
    due.go_live_at = hour
    due.save_revision(approved_go_live_at=hour)
    silence(after=3)
    approved = news("aprobada")
    assert not approved.live
    assert approved.approved_schedule
    live.title = "Con otro título"
    live.save_revision().publish()

    later(monkeypatch, days=2)
    call_command("tick")
    assert not NewsPage.objects.get(slug="a-su-hora").live
    assert not NewsPage.objects.get(slug="aprobada").live
    assert NewsPage.objects.get(pk=live.pk).title == "Noticia se-entrego"

    later(monkeypatch, days=2)
    call_command("tick")
    assert "guayabas" in text("/noticias/a-su-hora/")
    assert "guayabas" in text("/noticias/aprobada/")
    assert "Con otro título" in text("/noticias/se-entrego/")
    now = timezone.now()
    told = [change for change in latest_changes(9) if change.at > now - timedelta(minutes=1)]
    assert len(told) == 3


def test_ending_it_sooner_lets_out_what_was_approved(places: dict[str, Place]) -> None:
    one = silence()
    news("aprobada")
    call_command("tick")
    text("/noticias/aprobada/", 404)
    one.ends = timezone.localdate() - timedelta(days=1)
    one.save()
    call_command("tick")
    text("/noticias/aprobada/")


def test_silences_that_touch_are_one_for_the_reader(db: None) -> None:
    days = [(date(2027, 4, 1), date(2027, 5, 1)), (date(2027, 5, 2), date(2027, 6, 6))]
    first, _second = (
        Silence.objects.create(starts=a, ends=b, basis="x", reason="y") for a, b in days
    )
    assert comes_back(first) == date(2027, 6, 7)


def test_it_is_set_by_who_publishes_and_audited(places: dict[str, Place], client: Client) -> None:
    create_roles()
    ana, luis = (get_user_model().objects.create_user(name, password="x") for name in "al")
    ana.groups.add(group_of(ANALYST))
    luis.groups.add(group_of(PUBLISHER))
    form: dict[str, Any] = {
        "reason": "Elecciones",
        "basis": "Artículo 134",
        "starts": timezone.localdate().isoformat(),
        "ends": (timezone.localdate() - timedelta(days=1)).isoformat(),
    }
    address = "/admin/snippets/publishing/silence/add/"
    client.force_login(ana)
    client.post(address, form)
    assert not Silence.objects.exists()
    client.force_login(luis)
    refused = client.post(address, form)
    assert "El último día es anterior al primero." in refused.content.decode()
    before = current_revision()
    assert client.post(address, form | {"ends": form["starts"]}).status_code == 302
    assert current_revision() > before
    assert Silence.objects.get().set_by == luis
    assert AuditEntry.objects.filter(action="silence.created", actor=luis).exists()
    assert any("Veda electoral" in line.title for line in desk_of(luis).waiting)
    page = news(publish=False)
    assert (
        "lo que se apruebe aquí sale"
        in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    )


def test_one_page_that_fails_does_not_stop_the_others_and_staff_are_told(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    create_roles()
    luis = get_user_model().objects.create_user("luis", password="x")
    luis.groups.add(group_of(PUBLISHER))
    past = timezone.now() - timedelta(hours=1)
    for slug in ("mala", "buena"):
        page = news(slug, publish=False)
        page.save_revision(approved_go_live_at=past)
    good = NewsPage.plain_text

    def fails(page: NewsPage) -> str:
        if page.slug == "mala":
            raise RuntimeError("no cabe")
        return good(page)

    with monkeypatch.context() as broken:
        broken.setattr(NewsPage, "plain_text", fails)
        call_command("tick")
        call_command("tick")
    text("/noticias/buena/")
    text("/noticias/mala/", 404)
    failure = ScheduleFailure.objects.get()
    assert (failure.title, failure.reason) == ("Noticia mala", "RuntimeError: no cabe")
    line = next(line for line in desk_of(luis).failed if line.title == "Noticia mala")
    assert "no cabe" in line.reason

    call_command("tick")
    text("/noticias/mala/")
    assert not ScheduleFailure.objects.exists()


def test_feeds_that_hold_something_say_so(places: dict[str, Place]) -> None:
    news()
    feeds = ("/feed.atom", "/noticias/feed.json", "/noticias/rss.xml", "/temas/seguridad/rss.xml")
    assert "Veda electoral" not in text("/feed.atom")
    silence()
    for path in (*feeds, "/boletin/feed.json"):
        assert "Veda electoral: lo que falta vuelve el" in text(path), path
    assert "Veda electoral" not in text("/analisis/feed.json")
    assert "Electoral silence" in text("/en/noticias/feed.json")
