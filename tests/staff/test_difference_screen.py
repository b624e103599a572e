"""An import shows its way, what it would change, and only what this person may do with it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from traza.foundation.models import Institute
from traza.foundation.periods import ensure_periods
from traza.indicators.models import ImportJob, Indicator, Series, Source, Unit
from traza.indicators.staff.imports import queries
from traza.places.models import Place
from traza.stats.periods import parse_period


@pytest.fixture
def job(db: None) -> ImportJob:
    """An import with one row of each kind."""
    period = parse_period("2019-07")
    ensure_periods([period])
    place = Place.objects.create(code="99001", level="municipality", name="Río Hondo")
    series = Series.objects.create(
        code="homicidios",
        indicator=Indicator.objects.create(slug="homicidios", name="Homicidios"),
        unit=Unit.objects.create(code="homicidios", name="Homicidios"),
        source=Source.objects.create(code="s", producer="Productor"),
        freq="M",
    )
    job = ImportJob.objects.create(title="Homicidios de julio", state="checked", series=series)
    known = {"series": series, "place_id": place.pk, "period_id": period.key}
    job.rows.create(
        line=4,
        column="B",
        fate="refused",
        raw={"Municipio": "Rio Jondo", "jul-19": "12"},
        issues=[
            {
                "code": "unknown_place",
                "severity": "error",
                "message": "Renglón 4: no hay un lugar llamado «Rio Jondo».",
                "suggestions": ["Río Hondo"],
            }
        ],
        series=series,
    )
    job.rows.create(line=5, fate="revised", value=12, old_value=10, old_status="A", **known)
    job.rows.create(line=6, fate="equal", value=7, old_value=7, old_status="A", **known)
    job.rows.create(line=7, fate="new", value=1234, **known)
    return job


def shown(client: Client, job: ImportJob, **query: str) -> str:
    return client.get(reverse("traza_import", args=[job.pk]), query).content.decode()


def test_what_needs_attention_comes_first(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    page = shown(signed_in("analyst"), job)
    assert "Renglón 4: no hay un lugar llamado «Rio Jondo»." in page
    assert "Municipio: Rio Jondo" in page
    assert '<option value="Río Hondo">' in page
    assert "corregir o descartar 1 renglón rechazado" in page
    assert "Enviar a revisión" not in page


def test_old_and_new_stand_side_by_side_with_their_difference(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    page = shown(signed_in("analyst"), job, ver="revised")
    assert '<span class="tz-old">10</span>' in page
    assert "+2 (+20.0 %)" in page
    assert "julio de 2019" in page and "Río Hondo" in page
    assert "1,234" in shown(signed_in("reviewer"), job, ver="new")


def test_a_difference_in_unpublished_decimals_is_seen(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    job.rows.filter(fate="revised").update(value=10.25, old_value=10.21)
    page = shown(signed_in("analyst"), job, ver="revised")
    assert '<span class="tz-old">10.21' in page and "10.25" in page and "+0.04" in page


@pytest.mark.parametrize(
    ("text", "found"), [("7", 1), ("rio", 1), ("RÍO HONDO", 1), ("2019-07", 1), ("8", 0), ("x", 0)]
)
def test_rows_are_found_by_line_place_or_period(job: ImportJob, text: str, found: int) -> None:
    assert len(queries.rows_of(job, tab="new", text=text, page=1).object_list) == found


def test_the_way_of_an_import(job: ImportJob) -> None:
    def states() -> list[str]:
        return [step.state for step in queries.way_of(job, queries.fate_counts(job))]

    assert states() == ["done", "done", "done", "now", "ahead", "ahead"]
    job.state = "submitted"
    assert states() == ["done", "done", "done", "done", "now", "ahead"]
    job.state = "published"
    assert states() == ["done"] * 6
    job.state = "received"
    assert states()[:2] == ["done", "now"]
    job.state = "failed"
    assert "failed" in states()


def test_it_can_be_sent_once_nothing_is_refused(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    job.rows.filter(fate="refused").update(fate="discarded")
    assert "Enviar a revisión" in shown(signed_in("analyst"), job)
    assert "Enviar a revisión" not in shown(signed_in("reviewer"), job)


def test_a_file_that_changes_nothing_says_so(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    job.rows.exclude(fate="equal").delete()
    page = shown(signed_in("analyst"), job)
    assert "no hay nada que enviar" in page and "Enviar a revisión" not in page


def test_who_wrote_does_not_approve_unless_one_person_does_it_all(
    job: ImportJob, person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    reviewer = person("reviewer")
    job.rows.filter(fate="refused").delete()
    ImportJob.objects.filter(pk=job.pk).update(state="submitted", created_by=reviewer)
    browser = signed_in(reviewer)
    own = shown(browser, job)
    assert "quien captura no aprueba lo suyo" in own and "Aprobar y publicar" not in own

    institute = Institute.load()
    institute.single_person = True
    institute.save()
    assert "Aprobar y publicar 1 dato nuevo y 1 corregido" in shown(browser, job)

    institute.single_person = False
    institute.save()
    ImportJob.objects.filter(pk=job.pk).update(created_by=person("analyst"))
    assert "Aprobar y publicar" in shown(browser, job)


def test_a_row_that_cannot_be_understood_keeps_what_was_written(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    row = job.rows.get(fate="refused")
    typed = {"place": "99001", "period": "mañana", "value": "doce", "status": "P"}
    response = signed_in("analyst").post(
        reverse("traza_import_row", args=[job.pk, row.pk]),
        {**typed, "comment": "Lo dijo la fuente", "ver": "refused"},
    )
    page = response.content.decode()
    assert response.status_code == 400
    for words in ("mañana", "doce", "Lo dijo la fuente"):
        assert f'value="{words}"' in page
    assert '<option value="P" selected>' in page
    assert page.count('class="tz-error"') == 2 and page.count('aria-invalid="true"') == 2
    row.refresh_from_db()
    assert row.fate == "refused"


def test_a_period_of_another_frequency_keeps_what_was_written(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    row = job.rows.get(fate="refused")
    response = signed_in("analyst").post(
        reverse("traza_import_row", args=[job.pk, row.pk]),
        {"place": "99001", "period": "2019", "value": "12.75", "status": "A", "ver": "refused"},
    )
    page = response.content.decode()
    assert response.status_code == 400 and 'value="12.75"' in page
    assert "la serie se publica por mes" in page


def test_a_discarded_row_is_taken_back_as_it_was(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    row = job.rows.get(fate="refused")
    address = reverse("traza_import_row", args=[job.pk, row.pk])
    told = browser.post(address, {"descartar": "1", "ver": "refused"}, follow=True)
    assert "se puede recuperar" in told.content.decode()
    assert "Recuperar renglón" in shown(browser, job, ver="discarded")
    browser.post(address, {"recuperar": "1", "ver": "discarded"})
    row.refresh_from_db()
    assert row.fate == "refused" and row.issues[0]["code"] == "unknown_place"


@pytest.mark.parametrize(
    ("note", "words"),
    [("", "Falta la nota"), ("x" * 2001, "Caben 2000 caracteres")],
    ids=["empty", "long"],
)
def test_a_note_that_cannot_be_taken_is_not_lost(
    job: ImportJob, signed_in: Callable[[Any], Client], note: str, words: str
) -> None:
    job.rows.filter(fate="refused").delete()
    ImportJob.objects.filter(pk=job.pk).update(state="submitted")
    response = signed_in("reviewer").post(
        reverse("traza_import_return", args=[job.pk]), {"note": note}
    )
    page = response.content.decode()
    assert response.status_code == 400 and words in page
    assert f"{note}</textarea>" in page
    job.refresh_from_db()
    assert job.state == "submitted"


def test_refused_rows_are_not_counted_again_as_warnings(job: ImportJob) -> None:
    warned = {"code": "jump", "severity": "warning", "message": "Renglón 7: salto."}
    job.rows.filter(fate="new").update(issues=[warned])
    tabs = {tab.key: tab.count for tab in queries.tabs_of(job, queries.fate_counts(job))}
    assert (tabs["refused"], tabs["warned"]) == (1, 1)


def test_an_upload_with_an_error_keeps_what_was_written(
    job: ImportJob, signed_in: Callable[[Any], Client]
) -> None:
    response = signed_in("analyst").post(
        reverse("traza_import_new"), {"title": "Mi entrega", "series": "no-existe"}
    )
    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="Mi entrega"' in page and 'value="no-existe"' in page
    assert "Falta el archivo" in page
    assert "No hay una serie con la clave «no-existe»" in page
