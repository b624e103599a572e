"""News and analyses: written with live blocks, reviewed, published at their hour, withdrawn."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.factories import observations
from tests.site.small_site import build_small_site
from traza.foundation.models import Institute
from traza.foundation.roles import ANALYST, PUBLISHER, REVIEWER, create_roles, group_of
from traza.indicators.models import Indicator, Series
from traza.places.models import Place
from traza.publishing.models import Publication, Topic
from traza.publishing.queries import latest_changes
from traza.site.models import AnalysisIndexPage, AnalysisPage, NewsIndexPage, NewsPage
from traza.site.story_files import load_package_stories


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def write(places: dict[str, Place], *, live: bool = True, **fields: Any) -> AnalysisPage:
    """Write an analysis with a chart, a comparison, a figure and a table."""
    homicides = Indicator.objects.get(slug="homicidios")
    torreon, gomez = places["05035"], places["10007"]
    page = AnalysisPage(
        title="Qué pasó con los homicidios",
        slug="que-paso",
        introduction="Bajaron en seis años.",
        unit="Sistema de Indicadores",
        body=[
            ("text", "<p>Las palabras <em>chirimoyas</em>.</p>"),
            ("chart", {"indicator": homicides, "picture": "lines", "places": [torreon]}),
            ("chart", {"indicator": homicides, "picture": "lines", "places": [torreon]}),
            ("comparison", {"indicator": homicides, "places": [torreon, gomez]}),
            ("figure", {"indicator": homicides, "place": gomez}),
            ("values", {"indicator": homicides, "places": [torreon], "periods": 3}),
            ("quote", {"text": "Así fue", "source": "Un acta"}),
            ("table", {"title": "Escrita", "rows": "a | b\n1 | 2", "source": ""}),
        ],
        places=[("place", torreon)],
        live=live,
        **fields,
    )
    page.topics.set([Topic.objects.get(code="seguridad")])
    AnalysisIndexPage.objects.get().add_child(instance=page)
    if live:
        page.save_revision().publish()
        page.refresh_from_db()
    return page


def text(path: str, status: int = 200) -> str:
    """Return a public page as a reader gets it."""
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_empty_lists_say_what_will_be_there(places: dict[str, Place]) -> None:
    assert "Aquí se publica lo que hace el instituto" in text("/noticias/")
    assert "Aquí se publican textos firmados" in text("/analisis/")
    assert "Signed texts" in text("/en/analisis/")
    assert "Para entender los datos" not in text("/")


def test_live_blocks_are_drawn_on_the_server(places: dict[str, Place]) -> None:
    write(places)
    page = text("/analisis/que-paso/")
    assert page.count("<svg") >= 6
    assert "Sistema de Indicadores" in page
    assert "chirimoyas" in page
    assert '<p class="live-finding">' in page
    assert page.count('aria-label="Escrita"') == 1
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert 'href="#nota' not in page


def test_a_story_is_found_everywhere_it_belongs(places: dict[str, Place]) -> None:
    write(places)
    address = 'href="/analisis/que-paso/"'
    for path in (
        "/", "/analisis/", "/temas/seguridad/", places["05035"].path, "/buscar/?q=chirimoyas",
        "/indicadores/homicidios/",
    ):  # fmt: skip
        assert address in text(path), path
    assert address not in text(places["10012"].path)
    assert "/analisis/que-paso/" in text("/sitemap.xml")
    for feed in ("/feed.atom", "/analisis/feed.atom", "/en/analisis/feed.atom"):
        assert "Qué pasó con los homicidios" in text(feed), feed
    assert "Qué pasó con los homicidios" not in text("/noticias/feed.atom")


def test_machines_are_told_what_it_is(places: dict[str, Place]) -> None:
    write(places)
    page = text("/analisis/que-paso/")
    assert '"@type":"Article"' in page.replace(": ", ":")
    assert 'href="/analisis/feed.atom"' in page
    card = page.split('property="og:image" content="')[1].split('"')[0]
    path = "/" + card.split("/", 3)[3]
    assert card in page.split("application/ld+json")[1]
    assert Client().get(path).content.startswith(b"\x89PNG")


def test_a_story_says_that_its_data_changed_until_somebody_reads_it_again(
    places: dict[str, Place],
) -> None:
    page = write(places)
    assert "este texto se escribió con la versión" not in text("/analisis/que-paso/")
    written = page.written_on["homicidios"]["version"]

    series = Series.objects.get(indicator__slug="homicidios")
    observations(series, {"05035": {"2019": 140}}, title="Otra", initial=False)

    assert f"se escribió con la versión {written}." in text("/analisis/que-paso/")
    page.title = "Una errata menos"
    page.save_revision().publish()
    assert f"se escribió con la versión {written}." in text("/analisis/que-paso/")

    page.written_on = {}
    page.save_revision().publish()
    assert "este texto se escribió" not in text("/analisis/que-paso/")


@pytest.mark.parametrize("how", ["archived", "draft", "deleted"])
def test_an_indicator_that_is_gone_gives_way_to_a_sentence(
    places: dict[str, Place], how: str
) -> None:
    page = write(places)
    if how == "deleted":
        data = page.body.get_prep_value()
        for block in data:
            if isinstance(block["value"], dict) and "indicator" in block["value"]:
                block["value"]["indicator"] = 999_999
        page.body = page.body.stream_block.to_python(data)
        page.save_revision().publish()
    else:
        changed = {"is_archived": True} if how == "archived" else {"live": False}
        Indicator.objects.filter(slug="homicidios").update(**changed)
    shown = text("/analisis/que-paso/")
    assert "Aquí se mostraba" in shown
    assert "live-gone" in shown
    assert "chirimoyas" in shown


def test_places_without_data_are_not_replaced_by_others(places: dict[str, Place]) -> None:
    page = write(places)
    internet = Indicator.objects.get(slug="viviendas-con-internet")
    page.body = [("chart", {"indicator": internet, "picture": "bars", "places": [places["10"]]})]
    page.save_revision().publish()
    shown = text("/analisis/que-paso/")
    assert "no tiene datos publicados de lo que aquí se mostraba" in shown
    assert "live-gone" in shown


def test_it_comes_out_at_its_hour_with_its_line_in_the_ledger(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write(places, live=False)
    hour = timezone.now() + timedelta(hours=2)
    page.go_live_at = hour
    page.save_revision(approved_go_live_at=hour)

    call_command("tick")
    text("/analisis/que-paso/", 404)
    assert not Publication.objects.filter(kind="analysis").exists()

    monkeypatch.setattr("django.utils.timezone.now", lambda: hour + timedelta(minutes=1))
    call_command("tick")
    text("/analisis/que-paso/")
    change = latest_changes(1)[0]
    assert (change.publication.kind, change.what) == ("analysis", "published")
    assert change.at >= hour


def test_a_ledger_that_fails_keeps_the_page_from_coming_out(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = write(places, live=False)
    past = datetime(2026, 1, 1, tzinfo=UTC)
    page.go_live_at = past
    page.save_revision(approved_go_live_at=past)

    def fail(**_entry: Any) -> None:
        raise RuntimeError("no ledger")

    with monkeypatch.context() as broken:
        broken.setattr("traza.site.ledger.publish_entry", fail)
        call_command("tick")
    assert not AnalysisPage.objects.get().live
    call_command("tick")
    assert AnalysisPage.objects.get().live
    assert Publication.objects.get(kind="analysis").is_public


def test_withdrawn_is_410_with_its_reason_and_renamed_leads_on(places: dict[str, Place]) -> None:
    page = write(places)
    page.slug = "que-paso-en-la-laguna"
    page.save_revision().publish()
    moved = Client().get("/analisis/que-paso/")
    assert (moved.status_code, moved["Location"]) == (301, "/analisis/que-paso-en-la-laguna/")

    page.withdrawal_note = "La fuente retiró su estudio."
    page.save_revision()
    AnalysisPage.objects.get().unpublish()
    gone = text("/analisis/que-paso-en-la-laguna/", 410)
    assert "se retiró del sitio. La fuente retiró su estudio." in gone
    assert "/analisis/que-paso" not in text("/sitemap.xml")
    assert 'href="/analisis/que-paso' not in text("/indicadores/homicidios/")


def test_who_wrote_does_not_publish(places: dict[str, Place], client: Client) -> None:
    create_roles()
    ana = get_user_model().objects.create_user("ana", password="x")
    ana.groups.add(group_of(PUBLISHER))
    index, page = NewsIndexPage.objects.get(), write(places, live=False)
    assert not page.permissions_for_user(ana).can_publish()
    assert not index.permissions_for_user(ana).can_publish_subpage()
    client.force_login(ana)
    form = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in form
    assert 'name="action-submit"' in form

    institute = Institute.load()
    institute.single_person = True
    institute.save()
    assert page.permissions_for_user(ana).can_publish()


def test_the_address_of_a_list_is_its_own_and_stays_reserved(places: dict[str, Place]) -> None:
    NewsIndexPage.objects.get().full_clean()
    from django.core.exceptions import ValidationError

    from traza.site.models import StandardPage

    home = NewsIndexPage.objects.get().get_parent()
    with pytest.raises(ValidationError, match="noticias"):
        home.add_child(instance=StandardPage(title="Otra", slug="noticias"))


def test_rows_of_different_lengths_are_named(places: dict[str, Place]) -> None:
    from wagtail.blocks.struct_block import StructBlockValidationError

    from traza.site.story_blocks import TableBlock

    block = TableBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python({"title": "t", "rows": "a|b\n1|2|3", "source": ""}))
    assert "El renglón 2 tiene 3 celdas" in str(error.value.block_errors)


def test_a_package_brings_stories_once_and_they_are_no_news(
    places: dict[str, Place], tmp_path: Path
) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "a.md").write_text(
        "---\ntitle: Nota\nslug: nota\nkind: news\nintroduction: Qué pasó.\ntopics: sociedad\n"
        "places: 05035\n---\nAntes.\n\n```chart\nindicator: homicidios\nplaces: 05035\n"
        "since: 2016\n```\n\n## Después\n\nFin.\n",
        encoding="utf-8",
    )
    assert load_package_stories(tmp_path) == ["/noticias/nota/"]
    assert load_package_stories(tmp_path) == []
    page = NewsPage.objects.get()
    assert [block.block_type for block in page.body] == ["text", "chart", "heading", "text"]
    assert page.written_on["homicidios"]["version"]
    assert all(change.publication.kind != "news" for change in latest_changes(20))
    assert 'href="/noticias/nota/"' in text(places["05035"].path)
    assert '"@type":"NewsArticle"' in text("/noticias/nota/").replace(": ", ":")


@pytest.mark.parametrize(
    ("kind", "typed", "found", "other"),
    [
        ("indicators/indicator", "INTERNÉT", "Viviendas con internet", "Homicidios"),
        ("places/place", "torreon", "Torreón", "Lerdo"),
    ],
)
def test_an_analyst_finds_indicators_and_places_by_name(
    places: dict[str, Place], client: Client, kind: str, typed: str, found: str, other: str
) -> None:
    create_roles()
    ana = get_user_model().objects.create_user("ana", password="x")
    ana.groups.add(group_of(ANALYST))
    client.force_login(ana)
    address = f"/admin/snippets/choose/{kind}/results/"
    shown = client.get(address, {"q": typed}).content.decode()
    assert found in shown
    assert other not in shown
    assert other in client.get(address).content.decode()


@pytest.mark.parametrize(("typed", "kept"), [("", None), ("2010", 2010), ("hoy", "hoy")])
def test_a_form_that_nobody_touched_is_not_a_change(typed: str, kept: object) -> None:
    from traza.site.story_blocks import ChartBlock

    block = ChartBlock().child_blocks["since"]
    value = block.value_from_datadict({"since": typed}, {}, "since")
    assert block.get_prep_value(value) == kept


def test_a_reviewer_who_did_not_write_publishes_by_approving(places: dict[str, Place]) -> None:
    create_roles()
    ana, luis = (get_user_model().objects.create_user(name, password="x") for name in "al")
    ana.groups.add(group_of(ANALYST))
    luis.groups.add(group_of(REVIEWER))
    page = write(places, live=False)
    page.save_revision(user=ana, log_action=True)
    page.get_workflow().start(page, ana)

    page.current_workflow_task.on_action(page.current_workflow_task_state, luis, "approve")

    assert "chirimoyas" in text("/analisis/que-paso/")
