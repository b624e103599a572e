"""Studies: their files are read, searched and cited; the catalogue is narrowed by plain links."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
import typst
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from tests.site.small_site import build_small_site
from traza.places.models import Place
from traza.publishing.models import Change, Publication, Topic
from traza.publishing.revision import current_revision
from traza.site import pdf_words
from traza.site.documents import read_document
from traza.site.models import DocumentRecord, StudyFile, StudyIndexPage, StudyPage
from traza.site.story_files import load_package_stories

State = DocumentRecord.State


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def pdf(*words: str) -> bytes:
    """Return a PDF with a page for each text."""
    source = "\n#pagebreak()\n".join(words)
    made: bytes = typst.compile({"main.typ": source.encode()}, format="pdf")
    return made


def upload(content: bytes, name: str = "estudio.pdf") -> Document:
    document = Document(title=name, file=ContentFile(content, name=name))
    document.file_size = len(content)
    document.save()
    return document


def read(document: Document) -> DocumentRecord:
    """Do what the worker does, and return what is known of a file."""
    read_document.call(DocumentRecord.objects.get(document=document).pk)
    return DocumentRecord.objects.get(document=document)


def publish(known: dict[str, Place], *documents: Document, **fields: Any) -> StudyPage:
    given = {
        "title": "Desigualdad en La Laguna",
        "slug": "desigualdad",
        "introduction": "Qué tan desigual es el empleo.",
        "authors": "Ana Ruiz, Luis Paz",
        "unit": "Universidad de Ejemplo",
        "date": "2021-03-18",
        "quality": "diagnostico",
        "source": "personas",
        "scope": "describe",
        "places": [("place", known["05035"])],
        "live": False,
    }
    page = StudyPage(**given | fields)
    page.topics.set([Topic.objects.get(code="sociedad")])
    page.files = [
        StudyFile(document=document, title=f"Documento {at}", sort_order=at)
        for at, document in enumerate(documents)
    ]
    StudyIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return StudyPage.objects.get(pk=page.pk)


def text(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_an_empty_catalogue_says_what_will_be_there(places: dict[str, Place]) -> None:
    assert "Aquí se publican los estudios" in text("/estudios/")
    assert "Todavía no hay ninguno" in text("/estudios/")


def test_a_study_shows_who_made_it_its_class_and_its_files(places: dict[str, Place]) -> None:
    content = pdf("Uno", "Dos")
    document = upload(content)
    read(document)
    publish(places, document, upload(b"a,b\n1,2\n", "tabla.csv"))
    page = text("/estudios/desigualdad/")
    for words in (
        "Ana Ruiz, Luis Paz", "Universidad de Ejemplo", "18 de marzo de 2021", "Diagnóstico",
        "Primaria: personas", "Descriptivo", "Documento 0", "2 páginas", "CSV, 8",
        hashlib.sha256(content).hexdigest(),
        "Ana Ruiz, Luis Paz, Universidad de Ejemplo (2021). Desigualdad en La Laguna.",
    ):  # fmt: skip
        assert words in page, words
    assert f'href="{document.file.url}" download' in page


def test_a_study_is_found_everywhere_it_belongs(places: dict[str, Place]) -> None:
    publish(places)
    address = 'href="/estudios/desigualdad/"'
    for path in ("/estudios/", "/temas/sociedad/", places["05035"].path, "/buscar/?q=desigualdad"):
        assert address in text(path), path
    assert "/estudios/desigualdad/" in text("/sitemap.xml")
    assert f'href="{places["05035"].path}"' in text("/estudios/desigualdad/")
    for feed in (
        "/feed.atom",
        "/estudios/feed.atom",
        "/estudios/rss.xml",
        "/en/estudios/feed.json",
    ):
        assert "Desigualdad en La Laguna" in text(feed), feed


def test_machines_are_told_what_it_is(places: dict[str, Place]) -> None:
    content = pdf("Uno")
    document = upload(content)
    publish(places, document)
    page = text("/estudios/desigualdad/").replace(": ", ":")
    assert '"@type":"Report"' in page
    assert '"datePublished":"2021-03-18"' in page
    assert '"name":"Ana Ruiz"' in page
    assert f'"contentUrl":"{settings.TRAZA_BASE_URL}{document.file.url}"' in page
    assert f'"sha256":"{hashlib.sha256(content).hexdigest()}"' in page


def test_the_words_of_a_pdf_find_the_study_once_they_are_read(places: dict[str, Place]) -> None:
    document = upload(pdf("Sobre las chirimoyas", "y los tejoco-\\ \ntes del norte"))
    publish(places, document)
    assert 'href="/estudios/desigualdad/"' not in text("/buscar/?q=chirimoyas")
    before, changes = current_revision(), Change.objects.count()

    record = read(document)

    assert (record.state, record.pages) == (State.READ, 2)
    assert current_revision() > before
    assert Change.objects.count() == changes
    for word in ("chirimoyas", "tejocotes"):
        assert 'href="/estudios/desigualdad/"' in text(f"/buscar/?q={word}&tipo=study"), word


def test_words_deep_in_a_long_file_are_found(places: dict[str, Place]) -> None:
    many = " ".join(f"palabra{number}ñu" for number in range(1500))
    document = upload(pdf(many, "zarigüeya"))
    publish(places, document)
    read(document)
    assert 'href="/estudios/desigualdad/"' in text("/buscar/?q=zarig%C3%BCeya")


def test_a_file_put_in_its_place_is_read_anew(places: dict[str, Place]) -> None:
    document = upload(pdf("chirimoyas"))
    publish(places, document)
    read(document)
    document.title = "Otro nombre"
    document.save()
    assert DocumentRecord.objects.get().state == State.READ

    document.file = ContentFile(pdf("tejocotes"), name="nuevo.pdf")
    document.save()
    assert DocumentRecord.objects.get().state == State.WAITING
    read(document)
    assert 'href="/estudios/desigualdad/"' in text("/buscar/?q=tejocotes")
    assert 'href="/estudios/desigualdad/"' not in text("/buscar/?q=chirimoyas")


def test_a_file_taken_away_leaves_the_study_whole(places: dict[str, Place]) -> None:
    document = upload(pdf("chirimoyas"))
    publish(places, document)
    document.delete()
    assert "Archivos" not in text("/estudios/desigualdad/")


def broken(kind: str) -> bytes:
    """Return a file that means harm, or is none."""
    if kind == "empty":
        return b""
    if kind == "cut":
        return pdf("chirimoyas")[:400]
    if kind == "not a pdf":
        return b"<script>alert(1)</script>"
    if kind == "no text":
        return pdf("#rect()")
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    if kind == "bomb":
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 12 Tf (a) Tj ET " + b" " * 200_000_000)
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if kind == "script":
        action = DictionaryObject(
            {
                NameObject("/S"): NameObject("/JavaScript"),
                NameObject("/JS"): TextStringObject("app.alert(1)"),
            }
        )
        writer.root_object[NameObject("/OpenAction")] = action
    if kind == "locked":
        writer.encrypt("clave")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("empty", State.OTHER),
        ("not a pdf", State.OTHER),
        ("cut", State.REFUSED),
        ("no text", State.EMPTY),
        ("script", State.EMPTY),
        ("locked", State.REFUSED),
        ("bomb", State.EMPTY),
    ],
)
def test_a_hostile_file_changes_nothing_for_its_study(
    places: dict[str, Place], kind: str, state: str
) -> None:
    document = upload(broken(kind))
    publish(places, document)
    if DocumentRecord.objects.get().state == State.WAITING:
        read(document)
    assert DocumentRecord.objects.get().state == state
    page = text("/estudios/desigualdad/")
    assert "Documento 0" in page
    assert 'href="/estudios/desigualdad/"' in text("/buscar/?q=desigualdad")


def test_a_file_that_never_ends_is_stopped(
    places: dict[str, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = upload(pdf("chirimoyas"))
    monkeypatch.setattr("traza.site.documents._PATIENCE", 0.001)
    assert read(document).state == State.REFUSED


def test_the_reader_of_pdf_is_bound(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from {pdf_words.__name__} import limit, MEMORY
limit()
assert resource.getrlimit(resource.RLIMIT_AS) == (MEMORY, MEMORY)
assert 0 < resource.getrlimit(resource.RLIMIT_CPU)[0] < 300
import sys
assert not [name for name in sys.modules if name.startswith("django")]
try:
    open({str(tmp_path / "x")!r}, "wb", buffering=0).write(b"a")
except OSError:
    print("bound")
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == "bound", done.stderr


def test_uploads_never_run_on_the_site(places: dict[str, Place]) -> None:
    from traza.publishing.store.files import FileServer

    document = upload(b"<script>alert(1)</script>", "malo.html")
    root = Path(document.file.path).parents[2]
    told: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        told.update(headers)

    server = FileServer(
        static_url="/static/", static_root=root, media_url="/media/", media_root=root
    )
    environ = {"PATH_INFO": document.file.url, "REQUEST_METHOD": "GET"}
    list(server(environ, start))
    assert "sandbox" in told["Content-Security-Policy"]
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Disposition"].startswith("attachment")


def test_staff_choose_a_document_and_link_to_one(places: dict[str, Place], client: Client) -> None:
    document = upload(pdf("chirimoyas"), "liga.pdf")
    boss = get_user_model().objects.create_superuser("eva", password="x")
    client.force_login(boss)
    shown = client.get("/admin/documents/chooser/")
    assert shown.status_code == 200
    assert "liga.pdf" in shown.json()["html"]
    words = f'<p>Ver el <a linktype="document" id="{document.pk}">documento</a>.</p>'
    publish(places, body=[("text", words)])
    assert f'href="{document.file.url}"' in text("/estudios/desigualdad/")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("estudio.pdf", b"<html>", "no lo es"),
        ("estudio.pdf", b"%PDF-1.7 " + b" " * 1_100_000, "caben 1 MB"),
        ("tabla.csv", b"a" * 1_100_000, "caben 1 MB"),
        ("pagina.html", b"<html>", "html"),
        ("estudio.pdf", b"%PDF-1.7 ", ""),
    ],
)
def test_an_upload_that_cannot_be_is_told(
    places: dict[str, Place], client: Client, settings: Any, name: str, content: bytes, said: str
) -> None:
    settings.TRAZA_MAX_UPLOAD_MB = 1
    client.force_login(get_user_model().objects.create_superuser("eva", password="x"))
    file = ContentFile(content, name=name)
    answer = client.post("/admin/documents/add/", {"title": "Uno", "file": file})
    assert (answer.status_code == 302) == (said == "")
    assert Document.objects.count() == (said == "")
    assert said in answer.content.decode()


@pytest.fixture
def shelf(places: dict[str, Place]) -> dict[str, Place]:
    """Publish three studies that differ."""
    publish(places)
    publish(
        places, title="Los ríos", slug="rios", date="2016-05-01", quality="observacion",
        source="cosas", places=[("place", places["10007"])], scope="explora",
    )  # fmt: skip
    publish(
        places, title="Los cerros", slug="cerros", date="2016-08-01", quality="", scope="explora"
    )
    return places


def listed(path: str) -> list[str]:
    """Return the addresses of the studies that a page lists, in order."""
    page = text(path)
    return [part.split("/")[0] for part in page.split('story-title"><a href="/estudios/')[1:]]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["desigualdad", "cerros", "rios"]),
        ("?anio=2016", ["cerros", "rios"]),
        ("?calidad=diagnostico", ["desigualdad"]),
        ("?fuente=cosas", ["rios"]),
        ("?alcance=explora", ["cerros", "rios"]),
        ("?lugar=10007", ["rios"]),
        ("?tema=sociedad&anio=2021", ["desigualdad"]),
        ("?tema=sociedad&anio=1999", []),
        ("?anio=%00", ["desigualdad", "cerros", "rios"]),
    ],
)
def test_the_catalogue_is_narrowed(shelf: dict[str, Place], query: str, slugs: list[str]) -> None:
    assert listed(f"/estudios/{query}") == slugs


def test_facets_count_what_the_others_leave(shelf: dict[str, Place]) -> None:
    page = text("/estudios/?anio=2016")
    assert 'href="?anio=2016&amp;calidad=observacion"' in page
    assert "diagnostico" not in page
    assert 'href="."' in page
    assert "noindex" in page and "noindex" not in text("/estudios/")
    nothing = text("/estudios/?anio=2021&fuente=cosas")
    assert "Ningún estudio tiene todo lo elegido" in nothing


def test_the_catalogue_in_english_has_its_own_words(shelf: dict[str, Place]) -> None:
    page = text("/en/estudios/")
    assert "Diagnosis" in page
    assert 'href="/en/estudios/desigualdad/"' in page


def test_a_package_brings_a_study_with_its_file_read(
    places: dict[str, Place], tmp_path: Path
) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "e.pdf").write_bytes(pdf("tejocotes"))
    (folder / "e.md").write_text(
        "---\ntitle: Estudio\nslug: estudio\nkind: study\nintroduction: Qué.\ndate: 2020-02-01\n"
        "authors: Ana Ruiz\nscope: explica\nfiles: e.pdf: El texto\n---\nNada.\n",
        encoding="utf-8",
    )
    assert load_package_stories(tmp_path) == ["/estudios/estudio/"]
    assert load_package_stories(tmp_path) == []
    assert Document.objects.count() == 1
    assert 'href="/estudios/estudio/"' in text("/buscar/?q=tejocotes")
    assert "El texto" in text("/estudios/estudio/")
    assert Publication.objects.get(kind="study").changes.get().what == "initial"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("date: ayer", "le falta «date»"),
        ("date: 2020-01-01\nscope: mucho", "«mucho» no es una clase"),
        ("date: 2020-01-01\nfiles: falta.pdf", "no está el archivo «falta.pdf»"),
        ("date: 2020-01-01\nfiles: ../e.pdf", "no está el archivo"),
    ],
)
def test_what_is_wrong_in_a_package_is_told(
    places: dict[str, Place], tmp_path: Path, line: str, said: str
) -> None:
    from traza.foundation.front_matter import PageFileError

    folder = tmp_path / "stories"
    folder.mkdir()
    (tmp_path / "e.pdf").write_bytes(b"")
    (folder / "e.md").write_text(
        f"---\ntitle: E\nslug: e\nkind: study\nintroduction: Q.\n{line}\n---\nNada.\n",
        encoding="utf-8",
    )
    with pytest.raises(PageFileError, match=said):
        load_package_stories(tmp_path)
    assert not StudyPage.objects.exists()
