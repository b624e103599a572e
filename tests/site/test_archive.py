"""The archive of what was published before: listed, narrowed, taken away, kept out of search."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.site.small_site import build_small_site
from traza.foundation.roles import ANALYST, create_roles, group_of
from traza.indicators.intake.errors import IntakeError
from traza.places.models import Place
from traza.publishing.revision import current_revision
from traza.site.archive_files import load_archive
from traza.site.models import ArchiveEntry

TABLE = """kind,kind_en,title,date,url,topics,note
Análisis,Analysis,Abrió el café «Chirimoya»,2016-05-20,https://example.org/blog/cafe.html,sociedad,
Análisis,Analysis,<b>Empleo</b> en la laguna,2019-07,,sociedad|seguridad,Sin índice.
Mapa,Map,Áreas verdes,2014,,,
Mapa,Map,Sin fecha,,,,
"""


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def package(folder: Path, table: str) -> Path:
    (folder / "archive.csv").write_text(table, encoding="utf-8")
    descriptor = {"name": "p", "resources": [{"name": "archive", "path": "archive.csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.fixture
def archive(places: dict[str, Place], tmp_path: Path) -> Path:
    folder = package(tmp_path, TABLE)
    assert load_archive(folder) == 4
    return folder


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def titles(path: str) -> list[str]:
    page = text(path)
    return [part.split("<")[0] for part in page.split('archive-title" lang="es">')[1:]]


def test_an_empty_archive_says_what_would_be_there(places: dict[str, Place]) -> None:
    assert "Todavía no hay nada" in text("/archivo/")
    assert "/archivo/" not in text("/estudios/")


def test_it_lists_the_latest_first_and_says_that_it_is_only_a_list(archive: Path) -> None:
    page = text("/archivo/")
    assert titles("/archivo/")[1:] == ["Abrió el café «Chirimoya»", "Áreas verdes", "Sin fecha"]
    assert "4 títulos" in page and "de 2014 a 2019" in page
    assert "los textos no están aquí" in page
    assert "20 de mayo de 2016" in page and "julio de 2019" in page
    assert 'href="https://example.org/blog/cafe.html" rel="nofollow' in page
    assert "&lt;b&gt;Empleo" in page and "<b>Empleo" not in page
    assert "May 2016" in text("/en/archivo/") and "Map (2)" in text("/en/archivo/")
    assert "/archivo/" in text("/estudios/")
    assert "/archivo/" in text("/sitemap.xml")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=CAFE", 1),
        ("q=cafe+chirimoya", 1),
        ("q=%25", 0),
        ("clase=Mapa", 2),
        ("anio=2016", 1),
        ("tema=seguridad", 1),
        ("tema=sociedad&anio=2019", 1),
        ("clase=Nada", 0),
        ("q=%00", 4),
        ("pagina=99", 4),
    ],
)
def test_it_is_narrowed(archive: Path, query: str, found: int) -> None:
    assert len(titles(f"/archivo/?{query}")) == found


def test_it_stays_out_of_the_search(archive: Path) -> None:
    assert "Chirimoya" not in text("/buscar/?q=caf%C3%A9")


def test_it_is_taken_away_in_the_columns_in_which_it_came(archive: Path, tmp_path: Path) -> None:
    answer = Client().get("/archivo/archivo.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    (tmp_path / "again").mkdir()
    again = package(tmp_path / "again", answer.content.decode("utf-8-sig"))
    assert load_archive(again) == 0
    ArchiveEntry.objects.all().delete()
    assert load_archive(again) == 4


def test_what_staff_changed_stays(archive: Path) -> None:
    entry = ArchiveEntry.objects.get(title="Áreas verdes")
    entry.note = "Se perdió."
    entry.save()
    before = current_revision()
    assert load_archive(archive) == 0
    assert "Se perdió." in text("/archivo/")
    assert current_revision() > before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Mapa,,Uno,ayer,,,", "columna «date».*no es una fecha"),
        ("Mapa,,Uno,2016-13,,,", "no es una fecha"),
        ("Mapa,,Uno,,javascript:alert(1),,", "no es una dirección"),
        ("Mapa,,Uno,,,nada,", "no existe el tema nada"),
        (f"Mapa,,{'a' * 301},,,,", "tiene 301 letras y caben 300"),
        (",,Uno,,,,", "está vacía"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    places: dict[str, Place], tmp_path: Path, row: str, said: str
) -> None:
    head = TABLE.splitlines()[0]
    with pytest.raises(IntakeError, match=said):
        load_archive(package(tmp_path, f"{head}\nMapa,,Bueno,,,,\n{row}\n"))
    assert not ArchiveEntry.objects.exists()


def test_an_analyst_corrects_an_entry_and_readers_see_it(archive: Path, client: Client) -> None:
    create_roles()
    ana = get_user_model().objects.create_user("ana", password="x")
    ana.groups.add(group_of(ANALYST))
    client.force_login(ana)
    entry = ArchiveEntry.objects.get(title="Áreas verdes")
    address = f"/admin/snippets/site/archiveentry/edit/{entry.pk}/"
    form = {"title": "Áreas más verdes", "kind": "Mapa", "date": "2014-30"}
    assert "Se escribe así" in client.post(address, form).content.decode()
    assert client.post(address, form | {"date": "2014-03"}).status_code == 302
    assert "Áreas más verdes" in titles("/archivo/?q=mas+verdes")
    assert "marzo de 2014" in text("/archivo/")
