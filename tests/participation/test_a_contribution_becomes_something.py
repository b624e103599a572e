"""What people contribute becomes an import or a draft; both sides say so in the back office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from tests.participation import files
from tests.participation.files import named
from tests.site.small_site import build_small_site
from traza.foundation.models import AuditEntry
from traza.indicators.models import ImportJob
from traza.participation.models import Message, Outcome
from traza.site.models import StudyIndexPage, StudyPage

Received = Callable[..., tuple[Message, str]]
SignedIn = Callable[[Any], Client]
DATA = {"titulo": "Aforos", "fuente": "Conteo propio", "texto": "Calle 5"}


@pytest.fixture(autouse=True)
def own_home(home: Path) -> Path:
    """Keep the files of each test apart."""
    return home


def test_a_table_becomes_an_import_that_remembers_its_folio(
    received: Received, signed_in: SignedIn
) -> None:
    message, _address = received(
        "aportacion", **DATA,
        archivos=[named("foto.png", files.PNG), named("aforos.csv", files.CSV)],
    )  # fmt: skip
    analyst, base = signed_in("analyst"), f"/admin/contacto/{message.pk}/"
    page = analyst.get(base).content.decode()
    assert "Crear la importación" in page
    assert "<option" in page and "foto.png</option>" not in page
    table = message.files.get(name="aforos.csv")
    response = analyst.post(f"{base}convertir/import/", {"file": table.pk})
    job = ImportJob.objects.get()
    assert response.status_code == 302 and f"/importaciones/{job.pk}/" in response.url
    assert analyst.get(response.url).status_code == 200  # no series is chosen yet
    assert message.folio in job.title and job.snapshot.sha256 == table.sha256
    screen = analyst.get(f"/admin/importaciones/{job.pk}/").content.decode()
    assert f'href="{base}"' in screen and message.folio in screen
    page = analyst.get(base).content.decode()
    assert f"/admin/importaciones/{job.pk}/" in page and "Importación de datos" in page
    assert AuditEntry.objects.filter(action="message.became").exists()


def test_nothing_is_offered_that_cannot_be_made(received: Received, signed_in: SignedIn) -> None:
    analyst = signed_in("analyst")

    def table() -> list[Any]:
        return [named("aforos.csv", files.CSV)]

    without, _address = received("aportacion", **DATA)
    only_a_photo, _address = received("aportacion", **DATA, archivos=[named("f.png", files.PNG)])
    complaint, _address = received("queja", archivos=table())
    apart, _address = received("aportacion", **DATA, trampa="x", archivos=table())
    for message in (without, only_a_photo, complaint, apart):
        page = analyst.get(f"/admin/contacto/{message.pk}/").content.decode()
        assert "Crear la importación" not in page
        file = message.files.first()
        analyst.post(
            f"/admin/contacto/{message.pk}/convertir/import/", {"file": file.pk if file else ""}
        )
    # Who may not import is not offered it either.
    good, _address = received("aportacion", **DATA, archivos=table())
    reviewer = signed_in("reviewer")
    assert (
        "Crear la importación" not in reviewer.get(f"/admin/contacto/{good.pk}/").content.decode()
    )
    reviewer.post(f"/admin/contacto/{good.pk}/convertir/import/", {"file": good.files.get().pk})
    analyst.post(f"/admin/contacto/{good.pk}/convertir/nada/", {"file": good.files.get().pk})
    # A file of another message is not one of this.
    other, _address = received("aportacion", **DATA, archivos=table())
    analyst.post(f"/admin/contacto/{good.pk}/convertir/import/", {"file": other.files.get().pk})
    assert not ImportJob.objects.exists() and not Outcome.objects.exists()


def test_a_table_that_cannot_be_read_is_said(received: Received, signed_in: SignedIn) -> None:
    message, _address = received(
        "aportacion", **DATA, archivos=[named("rota.xlsx", files.XLSX)]
    )  # only looks like a spreadsheet
    response = signed_in("analyst").post(
        f"/admin/contacto/{message.pk}/convertir/import/",
        {"file": message.files.get().pk}, follow=True,
    )  # fmt: skip
    assert response.status_code == 200
    said = response.content.decode()
    assert "No se pudo seguir" in said and "«rota.xlsx» está dañado" in said
    assert message.outcomes.count() == 1  # the import itself shows what is wrong


STUDY = {"titulo": "El agua en la Laguna", "autoria": "A. Pérez, 2019", "texto": "El acuífero."}


@pytest.fixture
def catalogue(home: Path) -> StudyIndexPage:
    """Return the catalogue of studies of a small site."""
    build_small_site(home)
    found = StudyIndexPage.objects.first()
    if found is None:
        root = Site.objects.get(is_default_site=True).root_page
        found = root.add_child(instance=StudyIndexPage(title="Estudios", slug="estudios"))
    return found


def test_a_study_becomes_a_draft_that_says_where_it_came_from(
    catalogue: StudyIndexPage, received: Received, signed_in: SignedIn, client: Client
) -> None:
    message, _address = received("estudio", **STUDY, archivos=[named("e.pdf", files.PDF)])
    staff, base = signed_in("publisher"), f"/admin/contacto/{message.pk}/"
    assert "Crear el borrador del estudio" in staff.get(base).content.decode()
    response = staff.post(f"{base}convertir/study/")
    page = StudyPage.objects.get()
    assert response.url == f"/admin/pages/{page.pk}/edit/"
    assert (page.title, page.authors) == ("El agua en la Laguna", "A. Pérez")
    assert page.date.year == 2019 and message.folio in page.origin
    assert not page.live and client.get(page.url).status_code == 404
    editor = staff.get(response.url).content.decode()
    assert "Esta página se hizo a partir de" in editor and f'href="{base}"' in editor
    assert response.url in staff.get(base).content.decode()
    page.delete()
    shown = staff.get(base).content.decode()
    assert "El agua en la Laguna" in shown and response.url not in shown


@pytest.mark.parametrize(
    ("who", "year"), [("", None), ("INEGI", None), ("UNAM (2950)", None), ("A. 1998, B.", 1998)]
)
def test_a_draft_is_made_of_whatever_was_said(
    who: str, year: int | None, catalogue: StudyIndexPage, received: Received, signed_in: SignedIn
) -> None:
    message, _address = received(
        "estudio", **{**STUDY, "autoria": who or "—", "titulo": "x" * 300, "texto": "<b>" * 400}
    )
    analyst = signed_in("publisher")
    analyst.post(f"/admin/contacto/{message.pk}/recuperar/")
    analyst.post(f"/admin/contacto/{message.pk}/convertir/study/")
    page = StudyPage.objects.get()
    assert len(page.introduction) <= 500 and "&lt;b&gt;" in str(page.body)
    assert page.date.year == (year or timezone.localdate().year)
    assert len(page.title) <= 255


def test_who_may_not_write_pages_is_not_offered_a_draft(
    catalogue: StudyIndexPage, received: Received, signed_in: SignedIn
) -> None:
    message, _address = received("estudio", **STUDY)
    reviewer = signed_in("reviewer")
    base = f"/admin/contacto/{message.pk}/"
    assert "Crear el borrador" not in reviewer.get(base).content.decode()
    reviewer.post(f"{base}convertir/study/")
    assert not StudyPage.objects.exists()
