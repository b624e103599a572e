"""What people contribute becomes an import of data; both sides say so in the back office."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.participation import files
from tests.participation.files import named
from traza.foundation.models import AuditEntry
from traza.indicators.models import ImportJob
from traza.participation.models import Message, Outcome

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
