"""The month's issue: composed from what is new, approved by another, a page, a feed, a mailing."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import Workflow
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.bulletin.conftest import happens, letters_to, read_mail
from tests.mail.judge import faults
from traza.bulletin import actions
from traza.bulletin.actions.cutting import pending
from traza.bulletin.actions.telling import UnreadableError, tell_due
from traza.bulletin.blocks import valid_link
from traza.bulletin.models import DigestItem, Issue, Subscriber
from traza.foundation.mail.compose import POLICY
from traza.foundation.models import AuditEntry
from traza.publishing.models import Change, Publication, Silence
from traza.publishing.schedule import publish_scheduled

HOMICIDES, POPULATION = "/indicadores/homicidios/", "/indicadores/poblacion/"


@pytest.fixture
def news(lines: dict[str, Publication]) -> dict[str, Publication]:
    happens(lines[HOMICIDES], "Homicidios: datos nuevos de 2025")
    happens(lines[POPULATION], "Población total: corregido")
    return lines


@pytest.fixture
def approve(person: Callable[[str], Any]) -> Callable[[Issue], Issue]:
    """Return a function that lets a second person approve what an analyst sent."""

    def act(issue: Issue) -> Issue:
        issue.refresh_from_db()
        if issue.latest_revision is None:
            issue.save_revision()
        state = Workflow.objects.get(name="Revisión").start(issue, person("analyst", "quien_pide"))
        state.current_task_state.approve(user=person("reviewer", "quien_aprueba"))
        return Issue.objects.get(pk=issue.pk)

    return act


def test_a_draft_is_composed_from_what_no_issue_has_told(
    news: dict[str, Publication], signed_in: Callable[[Any], Client]
) -> None:
    answer = signed_in("analyst").post("/admin/boletin/preparar/")
    issue = Issue.objects.get()
    assert answer.status_code == 302 and f"/edit/{issue.pk}/" in answer.url
    assert issue.number == 1 and not issue.live and issue.sent_at is None
    body = [(block.block_type, block.value) for block in issue.body]
    assert body[0] == ("heading", "Indicadores")
    novelties = {value["title"]: (value["text"], value["link"]) for kind, value in body[1:]}
    assert novelties == {
        "Homicidios": ("Datos nuevos de 2025.", HOMICIDES),
        "Población total": ("Corregido.", POPULATION),
    }
    assert not Publication.objects.filter(kind="issue").exists()
    assert AuditEntry.objects.filter(action="issue.prepared").exists()


def test_one_draft_at_a_time_and_nothing_new_is_said(
    news: dict[str, Publication], signed_in: Callable[[Any], Client], approve: Any
) -> None:
    client = signed_in("analyst")
    client.post("/admin/boletin/preparar/")
    again = client.post("/admin/boletin/preparar/", follow=True).content.decode()
    assert "todavía no sale" in again and Issue.objects.count() == 1
    approve(Issue.objects.get())
    nothing = client.post("/admin/boletin/preparar/", follow=True).content.decode()
    # The first issue itself is news for feeds, but an issue does not tell of issues.
    assert "no hay nada nuevo" in nothing and Issue.objects.count() == 1


def test_a_discarded_draft_leaves_its_news_for_the_next(
    news: dict[str, Publication], person: Callable[[str], Any], signed_in: Callable[[Any], Client]
) -> None:
    issue = actions.prepare(person("analyst"))
    assert pending("issue", timezone.now()).count() == 0
    page = signed_in("analyst").post(f"/admin/boletin/{issue.pk}/descartar/", follow=True)
    assert "quedan para el siguiente" in page.content.decode()
    assert pending("issue", timezone.now()).count() == 2
    assert not DigestItem.objects.exists()
    assert actions.prepare(person("analyst", "otra")).number == 1


def test_what_was_sent_or_is_in_review_is_not_discarded(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    signed_in: Callable[[Any], Client],
    approve: Any,
) -> None:
    issue = actions.prepare(person("analyst"))
    state = Workflow.objects.get(name="Revisión").start(issue, person("analyst", "otra"))
    client = signed_in("analyst")
    path = f"/admin/boletin/{issue.pk}/descartar/"
    assert "en revisión" in client.post(path, follow=True).content.decode()
    state.cancel(user=person("analyst", "tercera"))
    approve(issue)
    assert "Ya se envió" in client.post(path, follow=True).content.decode()
    assert Issue.objects.count() == 1


def test_who_wrote_it_does_not_approve_it(
    news: dict[str, Publication], person: Callable[[str], Any], signed_in: Callable[[Any], Client]
) -> None:
    issue = actions.prepare(person("publisher"))
    client = signed_in("publisher")
    edit = f"/admin/snippets/bulletin/issue/edit/{issue.pk}/"
    page = client.get(edit).content.decode()
    assert "action-publish" not in page
    form = nested_form_data(
        {
            "title": "Otro título",
            "introduction": "Entrada",
            "body": streamfield([("text", "Hola")]),
            "action-publish": "1",
        }
    )
    assert client.post(edit, form).status_code == 302
    issue.refresh_from_db()
    assert not issue.live and issue.sent_at is None


def test_approved_it_is_a_page_a_line_a_feed_entry_and_found(
    news: dict[str, Publication], person: Callable[[str], Any], approve: Any, client: Client
) -> None:
    issue = approve(actions.prepare(person("analyst")))
    assert issue.live and issue.sent_at is not None
    page = client.get("/boletin/1/").content.decode()
    assert "Homicidios" in page and HOMICIDES in page and "application/ld+json" in page
    assert issue.title in client.get("/boletin/").content.decode()
    assert issue.title in client.get("/en/boletin/").content.decode()
    assert client.get("/en/boletin/1/").status_code == 200
    for file in ("feed.atom", "rss.xml"):
        feed = feedparser.parse(client.get(f"/boletin/{file}").content)
        assert not feed.bozo and [entry.link for entry in feed.entries] == [
            "http://testserver/boletin/1/"
        ]
    assert client.get("/boletin/feed.json").json()["items"][0]["title"].startswith("Boletín 1")
    assert "/boletin/1/" in client.get("/buscar/?q=lo+nuevo+de").content.decode()


def test_everybody_who_takes_the_bulletin_gets_it_once(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    approve: Any,
    follower: Callable[..., Subscriber],
    home: Path,
    settings: Any,
) -> None:
    settings.TRAZA_BASE_URL = "https://implan.example"
    settings.DEFAULT_FROM_EMAIL = "Instituto <boletin@implan.example>"
    follower("ana@example.org")
    follower("eva@example.org", language="en")
    follower("ivo@example.org", "/temas/seguridad/")
    issue = approve(actions.prepare(person("analyst")))
    follower("tarde@example.org")
    assert issue.audience == 2
    for _time in range(3):
        tell_due()
    for who, count in (("ana", 1), ("eva", 1), ("ivo", 0), ("tarde", 0)):
        assert len(letters_to(f"{who}@example.org", "issue")) == count, who
    mail = read_mail(home, "ana@example.org")[-1]
    assert faults(mail.as_bytes(policy=POLICY), listed=True) == []
    text = mail.get_body(("plain",)).get_content()
    assert "== Indicadores ==" in text and f"https://implan.example{HOMICIDES}" in text
    assert "https://implan.example/boletin/1/" in text
    english = read_mail(home, "eva@example.org")[-1].get_body(("plain",)).get_content()
    assert "Unsubscribe" in english and "https://implan.example/en/boletin/1/" in english


def test_with_another_secret_nobody_is_left_out_for_good(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    approve: Any,
    follower: Callable[..., Subscriber],
    settings: Any,
) -> None:
    follower("ana@example.org")
    approve(actions.prepare(person("analyst")))
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "otra clave que no abre nada de lo guardado"
    with pytest.raises(UnreadableError, match="TRAZA_SECRET_KEY"):
        tell_due()
    assert not letters_to("ana@example.org", "issue")
    settings.SECRET_KEY = secret
    assert tell_due() == 1 and len(letters_to("ana@example.org", "issue")) == 1


def test_what_is_corrected_is_corrected_on_the_page_and_mailed_to_nobody(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    approve: Any,
    follower: Callable[..., Subscriber],
    client: Client,
) -> None:
    follower("ana@example.org")
    issue = approve(actions.prepare(person("analyst")))
    tell_due()
    sent = issue.sent_at
    issue.title = "Con el título corregido"
    issue.save_revision().publish()
    tell_due()
    issue.refresh_from_db()
    assert issue.sent_at == sent and len(letters_to("ana@example.org", "issue")) == 1
    assert "Con el título corregido" in client.get("/boletin/1/").content.decode()
    last = Change.objects.filter(publication__kind="issue").latest("pk")
    assert last.what == "corrected"


def test_what_was_sent_is_not_deleted_but_taken_off(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    approve: Any,
    signed_in: Callable[[Any], Client],
    client: Client,
) -> None:
    issue = approve(actions.prepare(person("analyst")))
    root = get_user_model().objects.create_superuser("raiz", "raiz@example.org", "x")
    answer = signed_in(root).post(f"/admin/snippets/bulletin/issue/delete/{issue.pk}/", follow=True)
    assert "ya se envió y no se borra" in answer.content.decode() and Issue.objects.exists()
    staff = signed_in("publisher")
    staff.post(f"/admin/snippets/bulletin/issue/unpublish/{issue.pk}/")
    assert client.get("/boletin/1/").status_code == 410
    assert issue.title not in client.get("/boletin/").content.decode()
    assert client.get("/boletin/99/").status_code == 404


def test_a_silence_holds_it_and_lets_it_out_when_it_ends(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    approve: Any,
    follower: Callable[..., Subscriber],
    client: Client,
) -> None:
    follower("ana@example.org")
    draft = actions.prepare(person("analyst"))
    today = timezone.localdate()
    silence = Silence.objects.create(starts=today, ends=today, basis="Ley", reason="Elección")
    issue = approve(draft)
    tell_due()
    assert issue.sent_at is None and not letters_to("ana@example.org", "issue")
    assert client.get("/boletin/1/").status_code == 451
    silence.ends = silence.starts = today - timedelta(days=1)
    silence.save()
    publish_scheduled()
    tell_due()
    assert client.get("/boletin/1/").status_code == 200
    assert len(letters_to("ana@example.org", "issue")) == 1


def test_a_trial_goes_to_whoever_asks_and_to_nobody_else(
    news: dict[str, Publication],
    person: Callable[[str], Any],
    signed_in: Callable[[Any], Client],
    follower: Callable[..., Subscriber],
    home: Path,
) -> None:
    follower("ana@example.org")
    issue = actions.prepare(person("analyst"))
    page = signed_in("analyst").post(f"/admin/boletin/{issue.pk}/prueba/", follow=True)
    assert "analyst@example.org" in page.content.decode()
    [mail] = read_mail(home, "analyst@example.org")
    assert mail["Subject"].startswith("[Prueba]") and "[[" not in str(mail)
    assert not letters_to("ana@example.org", "issue")


def test_one_written_from_the_start_gets_its_number(
    lines: dict[str, Publication], person: Callable[[str], Any], approve: Any
) -> None:
    for title in ("Uno", "Otro"):
        Issue.objects.create(title=title, introduction="…", body=[("text", "Hola")], live=False)
    approve(Issue.objects.get(title="Uno"))
    assert list(Issue.objects.order_by("pk").values_list("number", "live")) == [
        (1, True),
        (2, False),
    ]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//otro.example", "http://x.mx", "a b"])
def test_a_link_leads_to_this_site_or_to_a_safe_one(link: str) -> None:
    with pytest.raises(ValidationError):
        valid_link(link)
    valid_link("/indicadores/x/")
    valid_link("https://www.inegi.org.mx/")
