"""Monitors: alive with today's data, each edition kept as it was, with an accessible PDF."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from wagtail.models import Page

from tests.factories import observations
from tests.site.small_site import build_small_site
from traza.indicators.models import Indicator, Series
from traza.places.models import Place
from traza.publishing.models import Change, Publication, Topic
from traza.publishing.queries import latest_changes
from traza.site.editions import build_pdf
from traza.site.models import MonitorEdition, MonitorIndexPage, MonitorPage
from traza.site.story_files import load_package_stories

MAY, JUNE = "/monitores/seguridad/mayo-de-2026/", "/monitores/seguridad/junio-de-2026/"


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


@pytest.fixture
def monitor(places: dict[str, Place]) -> MonitorPage:
    """Publish the edition of May of a monitor with a block of every kind."""
    homicides = Indicator.objects.get(slug="homicidios")
    torreon, gomez = places["05035"], places["10007"]
    page = MonitorPage(
        title="Monitor de Seguridad",
        slug="seguridad",
        introduction="Los homicidios, mes a mes.",
        unit="Sistema de Indicadores",
        edition="mayo de 2026",
        body=[
            ("heading", "Homicidios"),
            ("text", '<p>Bajaron <b>#mucho</b> $x$ <a href="https://example.org/">aquí</a>.</p>'
             "<ul><li>Uno</li><li>*Dos*</li></ul>"),
            ("chart", {"indicator": homicides, "picture": "lines", "places": [torreon, gomez]}),
            ("figure", {"indicator": homicides, "place": torreon}),
            ("values", {"indicator": homicides, "places": [torreon], "periods": 3}),
            ("comparison", {"indicator": homicides, "places": [torreon, gomez]}),
            ("quote", {"text": "Así fue", "source": "Un acta"}),
            ("table", {"title": "Escrita", "rows": "a | b\n1 | 2", "source": "De aquí"}),
            ("notice", {"title": "Ojo", "text": "<p>Con cuidado.</p>"}),
        ],
        places=[("place", torreon)],
        live=False,
    )  # fmt: skip
    page.topics.set([Topic.objects.get(code="seguridad")])
    MonitorIndexPage.objects.get().add_child(instance=page)
    return publish(page)


def publish(page: MonitorPage, **fields: Any) -> MonitorPage:
    for name, value in fields.items():
        setattr(page, name, value)
    page.clean()
    page.save_revision().publish()
    return MonitorPage.objects.get(pk=page.pk)


def new_data() -> None:
    series = Series.objects.get(indicator__slug="homicidios")
    observations(series, {"05035": {"2019": 987}}, title="Otra", initial=False)


def text(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def paper(path: str) -> PdfReader:
    """Do what the worker does, and return the PDF as a reader gets it."""
    for edition in MonitorEdition.objects.all():
        build_pdf.call(edition.pk)
    address = f"{path}{path.split('/')[-2]}.pdf"
    assert f'href="{address}"' in text(path)
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def test_an_empty_list_says_what_will_be_there(places: dict[str, Place]) -> None:
    assert "Boletines por tema hechos de indicadores" in text("/monitores/")
    assert "Bulletins" in text("/en/monitores/")


def test_it_is_found_everywhere_it_belongs(monitor: MonitorPage, places: dict[str, Place]) -> None:
    address = 'href="/monitores/seguridad/"'
    for path in (
        "/monitores/", "/temas/seguridad/", places["05035"].path, "/buscar/?q=monitor",
        "/indicadores/homicidios/",
    ):  # fmt: skip
        assert address in text(path), path
    assert "Boletines por tema" in text("/monitores/")
    assert MAY in text("/sitemap.xml")
    assert MAY not in text(places["05035"].path)
    for feed in ("/feed.atom", "/monitores/feed.atom"):
        shown = text(feed)
        assert shown.count("Monitor de Seguridad: edición de mayo de 2026") == 1, feed
        assert "edición guardada" not in shown


def test_the_page_lives_and_the_edition_stays(monitor: MonitorPage) -> None:
    assert "<svg" in text(MAY)
    before = text(MAY)
    new_data()
    assert "987" in text("/monitores/seguridad/")
    assert "Los datos de «Homicidios» cambiaron" in text("/monitores/seguridad/")
    assert text(MAY) == before
    assert "987" not in text(MAY) and "987" not in text(f"/en{MAY}")
    assert MonitorEdition.objects.get().versions["homicidios"]["version"] in text(MAY)


def test_a_new_name_is_a_new_edition_and_news(monitor: MonitorPage) -> None:
    new_data()
    publish(monitor, edition="junio de 2026", written_on={})
    assert [one.slug for one in MonitorEdition.objects.all()] == ["junio-de-2026", "mayo-de-2026"]
    assert "987" in text(JUNE) and "987" not in text(MAY)
    assert "Hay una edición más reciente" in text(MAY)
    change = latest_changes(1, kinds=["monitor"])[0]
    assert (change.what, change.sentence) == (
        "published", "Monitor de Seguridad: edición de junio de 2026"
    )  # fmt: skip
    page = text("/monitores/seguridad/")
    assert page.index(JUNE) < page.index(MAY)


def test_the_same_name_corrects_the_words(monitor: MonitorPage) -> None:
    kept = MonitorEdition.objects.get()
    publish(monitor, introduction="Los homicidios, bien contados.")
    edition = MonitorEdition.objects.get()
    assert (edition.pk, edition.kept_at) == (kept.pk, kept.kept_at)
    assert edition.corrected_at is not None
    assert "bien contados" in text(MAY) and "Se corrigió el" in text(MAY)
    assert latest_changes(1)[0].sentence.endswith("edición de mayo de 2026 corregida")


def test_what_nobody_touched_is_not_drawn_again(monitor: MonitorPage) -> None:
    before = text(MAY)
    new_data()
    publish(monitor, seo_title="Otro título para buscadores")
    assert text(MAY) == before
    assert MonitorEdition.objects.get().corrected_at is None


def test_its_pdf_is_accessible_and_says_the_same(monitor: MonitorPage, settings: Any) -> None:
    assert "El PDF se está preparando" in text(MAY)
    read = paper(MAY)
    assert read.metadata is not None
    assert read.metadata.title == "Monitor de Seguridad, mayo de 2026"
    root: Any = read.trailer["/Root"]
    assert root["/Lang"] == "es-MX"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in str(root["/Metadata"].get_data())
    words = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for said in (
        "Monitor de Seguridad", "mayo de 2026", "Bajaron #mucho $x$ aquí", "*Dos*", "Así fue",
        "Escrita", "De aquí", "Con cuidado", "Fuente", "131", "Torreón",
        "Homicidios: versión", f"{settings.TRAZA_BASE_URL}{MAY}",
    ):  # fmt: skip
        assert said in words, said
    links = [
        note.get_object()["/A"]["/URI"]
        for page in read.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert "https://example.org/" in links
    assert str(_alternative_text(root)).count("Homicidios") >= 2


def _alternative_text(root: Any) -> list[str]:
    """Return the texts that stand for drawings."""
    found, waiting = [], [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if not hasattr(node, "get"):
            continue
        if "/Alt" in node:
            found.append(str(node["/Alt"]))
        kids = node.get("/K", [])
        waiting += kids if isinstance(kids, list) else [kids]
    return found


def test_a_correction_makes_the_pdf_again(monitor: MonitorPage) -> None:
    paper(MAY)
    publish(monitor, introduction="Dicho de otro modo.")
    assert "El PDF se está preparando" in text(MAY)
    assert "Dicho de otro modo" in paper(MAY).pages[0].extract_text()


def test_withdrawn_with_its_editions_and_back(monitor: MonitorPage) -> None:
    Page.objects.get(pk=monitor.pk).specific.unpublish()
    text("/monitores/seguridad/", 410)
    text(MAY, 410)
    assert MAY not in text("/sitemap.xml")
    page = MonitorPage.objects.get(pk=monitor.pk)
    page.save_revision().publish()
    text(MAY)
    assert MAY in text("/sitemap.xml")


def test_renamed_with_its_editions(monitor: MonitorPage) -> None:
    publish(monitor, slug="delitos")
    moved = Client().get(MAY)
    assert (moved.status_code, moved["Location"]) == (301, "/monitores/delitos/mayo-de-2026/")
    assert MonitorEdition.objects.get().corrected_at is None


def test_machines_are_told_what_an_edition_is(monitor: MonitorPage) -> None:
    page = text(MAY).replace(": ", ":")
    assert '"@type":"Report"' in page and '"CreativeWorkSeries"' in page
    assert "Cómo citar" in page
    card = page.split('property="og:image" content="')[1].split('"')[0]
    assert Client().get("/" + card.split("/", 3)[3]).content.startswith(b"\x89PNG")


def test_an_edition_that_is_not_there_is_404(monitor: MonitorPage) -> None:
    text("/monitores/seguridad/abril-de-2026/", 404)
    text("/monitores/otro/mayo-de-2026/", 404)
    text(f"{MAY}otra.pdf", 404)


def test_a_name_without_letters_is_refused(monitor: MonitorPage) -> None:
    from django.core.exceptions import ValidationError

    monitor.edition = "¿?"
    with pytest.raises(ValidationError, match="letras o números"):
        monitor.clean()


def test_a_package_brings_a_monitor_with_its_pdf(places: dict[str, Place], tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "m.md").write_text(
        "---\ntitle: Monitor\nslug: m\nkind: monitor\nintroduction: Qué.\nunit: U\n"
        "edition: mayo de 2026\nfrequency: anual\n---\nHola.\n\n```figure\nindicator: homicidios\n"
        "places: 05035\n```\n\n```chart\nindicator: homicidios\n```\n\n"
        "```values\nindicator: homicidios\n```\n",
        encoding="utf-8",
    )
    assert load_package_stories(tmp_path) == ["/monitores/m/"]
    edition = MonitorEdition.objects.get()
    assert edition.pdf_size > 1000
    assert edition.versions["homicidios"]["version"]
    assert latest_changes(5, kinds=["monitor", "edition"]) == []
    assert Publication.objects.get(kind="edition").changes.get().what == Change.What.INITIAL
