"""An analyst uploads a spreadsheet with mistakes, mends them, and a reviewer publishes it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from traza.foundation.models import AuditEntry
from traza.indicators.models import ImportJob, Indicator, Observation, Series, Source, Unit
from traza.places.models import Place
from traza.publishing.models import Publication, Release
from traza.publishing.revision import current_revision
from traza.stats.periods import parse_period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def series(db: None) -> Series:
    for code, name in (("99001", "Río Hondo"), ("99002", "Peña Alta"), ("99003", "El Llano")):
        Place.objects.create(code=code, level="municipality", name=name)
    return Series.objects.create(
        code="homicidios",
        indicator=Indicator.objects.create(slug="homicidios", name="Homicidios"),
        unit=Unit.objects.create(code="homicidios", name="Homicidios", kind="count"),
        source=Source.objects.create(code="s", producer="Productor"),
        freq="A",
        is_headline=True,
    )


def spreadsheet(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book = Workbook()
    for row in (("Municipio", "Año", "Valor"), *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("homicidios.xlsx", file.getvalue(), XLSX)


def upload(browser: Client, file: SimpleUploadedFile) -> ImportJob:
    response = browser.post(
        reverse("traza_import_new"), {"file": file, "series": "homicidios", "title": "Homicidios"}
    )
    assert response.status_code == 302, response.content.decode()
    return ImportJob.objects.latest("pk")


def value_of(series: Series, place: str, year: str) -> float | None:
    found = Observation.objects.filter(
        series=series, place__code=place, period_id=parse_period(year).key
    ).first()
    return found.value if found else None


def test_three_mistakes_are_told_mended_and_published(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    analyst, reviewer = signed_in("analyst"), signed_in("reviewer")
    job = upload(
        analyst,
        spreadsheet(
            ("Río Hondo", 2019, 12),
            ("Rio Jondo", 2020, 14),
            ("Peña Alta", "abc", 3),
            ("El Llano", 2019, "#REF!"),
        ),
    )
    job.refresh_from_db()
    assert job.state == "checked"
    page = analyst.get(reverse("traza_import", args=[job.pk])).content.decode()
    for wrong in ("Rio Jondo", "abc", "#REF!"):
        assert wrong in page
    refused = {row.line: row for row in job.rows.filter(fate="refused")}
    assert sorted(refused) == [3, 4, 5]

    def mend(line: int, **form: Any) -> None:
        analyst.post(
            reverse("traza_import_row", args=[job.pk, refused[line].pk]), {"status": "A", **form}
        )

    mend(3, place="99001", period="2020", value="14")
    mend(4, place="Peña Alta", period="2019", value="3")
    mend(5, descartar="1")
    assert job.rows.filter(fate="refused").count() == 0

    analyst.post(reverse("traza_import_submit", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "submitted"
    before = current_revision()
    reviewer.post(reverse("traza_import_approve", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "published"
    assert value_of(series, "99001", "2019") == 12
    assert value_of(series, "99001", "2020") == 14
    assert value_of(series, "99002", "2019") == 3
    assert value_of(series, "99003", "2019") is None
    assert current_revision() == before + 1
    assert Publication.objects.filter(kind="indicator", key="homicidios").exists()
    assert AuditEntry.objects.filter(actor__username="reviewer", action__contains="approved")


def published(
    series: Series, signed_in: Callable[[Any], Client], *rows: tuple[Any, ...]
) -> ImportJob:
    job = upload(signed_in("analyst"), spreadsheet(*rows))
    signed_in("analyst").post(reverse("traza_import_submit", args=[job.pk]))
    signed_in("reviewer").post(reverse("traza_import_approve", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "published"
    return job


def test_a_release_is_withdrawn_with_a_public_note(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    published(series, signed_in, ("Río Hondo", 2019, 12))
    second = published(series, signed_in, ("Río Hondo", 2019, 15), ("Peña Alta", 2019, 4))
    browser = signed_in("publisher")
    url = reverse("traza_release_withdraw", args=[second.release_id])
    asked = browser.post(url, {"note": ""})
    assert asked.status_code == 400 and value_of(series, "99001", "2019") == 15

    browser.post(url, {"note": "El archivo era de otro año."})

    assert value_of(series, "99001", "2019") == 12
    assert value_of(series, "99002", "2019") is None
    restoring = Release.objects.get(withdraws=second.release)
    assert restoring.note == "El archivo era de otro año."
    again = browser.get(url, follow=True).content.decode()
    assert "ya se retiró" in again


def test_one_value_is_corrected_by_hand_through_the_same_way(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    published(series, signed_in, ("Río Hondo", 2019, 12))
    form = {
        "series": "homicidios",
        "place": "99001",
        "period": "2019",
        "value": "13",
        "status": "A",
        "comment": "La fuente corrigió un caso.",
    }
    response = signed_in("analyst").post(reverse("traza_correction_new"), form)
    assert response.status_code == 302
    assert value_of(series, "99001", "2019") == 12
    job = ImportJob.objects.latest("pk")
    signed_in("analyst").post(reverse("traza_import_submit", args=[job.pk]))
    signed_in("reviewer").post(reverse("traza_import_approve", args=[job.pk]))
    assert value_of(series, "99001", "2019") == 13


def test_a_returned_import_comes_back_with_the_note(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    analyst, reviewer = signed_in("analyst"), signed_in("reviewer")
    job = upload(analyst, spreadsheet(("Río Hondo", 2019, 12)))
    analyst.post(reverse("traza_import_submit", args=[job.pk]))
    reviewer.post(reverse("traza_import_return", args=[job.pk]), {"note": "Falta Peña Alta."})
    page = analyst.get(reverse("traza_import", args=[job.pk])).content.decode()
    assert "Falta Peña Alta." in page and "Enviar a revisión" in page


def test_a_file_that_is_not_what_it_says_leaves_nothing_behind(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    browser = signed_in("analyst")
    file = SimpleUploadedFile("datos.xlsx", b"esto no es una hoja de calculo", XLSX)
    response = browser.post(
        reverse("traza_import_new"), {"file": file, "series": "homicidios", "title": "Mía"}
    )
    job = ImportJob.objects.first()
    assert response.status_code == 400 or (job is not None and job.state == "failed")
    assert Observation.objects.count() == 0


def test_the_page_can_be_seen_before_it_changes(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    job = upload(signed_in("analyst"), spreadsheet(("Río Hondo", 2019, 4321)))
    page = signed_in("reviewer").get(reverse("traza_import_preview", args=[job.pk]))
    assert page.status_code == 200
    assert "4,321" in page.content.decode()
    assert value_of(series, "99001", "2019") is None


def test_a_spreadsheet_makes_its_own_indicator(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    analyst = signed_in("analyst")
    url = reverse("traza_import_new")
    assert "todavía no existe" in analyst.get(url).content.decode()
    form = {"new_name": "Árboles plantados", "new_unit": "Árboles", "new_freq": ""}

    half = analyst.post(url, {**form, "file": spreadsheet(("Río Hondo", 2019, 12))})
    assert half.status_code == 400
    page = half.content.decode()
    assert "un indicador nuevo lo necesita" in page and 'value="Árboles plantados"' in page

    both = {**form, "new_source": "Vivero", "series": "homicidios"}
    refused = analyst.post(url, {**both, "file": spreadsheet(("Río Hondo", 2019, 12))})
    assert "no en los dos" in refused.content.decode()
    assert not ImportJob.objects.exists()

    whole = {**form, "new_source": "Vivero"}
    done = analyst.post(url, {**whole, "file": spreadsheet(("Río Hondo", 2019, 12))})
    assert done.status_code == 302
    job = ImportJob.objects.get()
    assert job.state == "checked" and job.series is not None
    assert job.series.indicator.slug == "arboles-plantados"
    analyst.post(reverse("traza_import_submit", args=[job.pk]))
    signed_in("reviewer").post(reverse("traza_import_approve", args=[job.pk]))
    assert value_of(job.series, "99001", "2019") == 12


def test_columns_and_sheet_are_chosen_on_the_screen(
    series: Series, home: Any, signed_in: Callable[[Any], Client]
) -> None:
    book = Workbook()
    book.active.append(("Nota", "Nada"))
    book.active.append(("uno", "dos"))
    sheet = book.create_sheet("Datos")
    for row in (("Municipio", "Año", "Valor"), ("Río Hondo", 2019, 12)):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    browser = signed_in("analyst")
    response = browser.post(
        reverse("traza_import_new"),
        {
            "file": SimpleUploadedFile("libro.xlsx", file.getvalue(), XLSX),
            "series": "homicidios",
        },
    )
    job = ImportJob.objects.get()
    columns = reverse("traza_import_columns", args=[job.pk])
    assert response.url == columns
    page = browser.get(columns).content.decode()
    assert "Falta decir" in page and '<option value="Datos">' in page
    chosen = browser.post(columns, {"sheet": "Datos"})
    assert chosen.url == reverse("traza_import", args=[job.pk])
    job.refresh_from_db()
    assert job.state == "checked" and job.rows.get().value == 12


def test_a_large_file_is_read_by_the_worker(
    series: Series, home: Any, signed_in: Callable[[Any], Client], monkeypatch: Any
) -> None:
    from traza.indicators.staff.imports import steps

    monkeypatch.setattr(steps, "WAIT_BYTES", 10)
    job = upload(signed_in("analyst"), spreadsheet(("Río Hondo", 2019, 12)))
    job.refresh_from_db()
    assert job.state in {"received", "checked"}
    steps.read_in_background.call(job.pk, None, None)
    job.refresh_from_db()
    assert job.state == "checked" and job.rows.get().value == 12


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_how_far_the_reading_is_stands_on_the_screen(
    series: Series, home: Any, signed_in: Callable[[Any], Client], monkeypatch: Any, kind: str
) -> None:
    from traza.indicators.intake import reading, staging
    from traza.indicators.staff.imports import steps

    monkeypatch.setattr(steps, "WAIT_BYTES", 10)
    monkeypatch.setattr(staging, "_BATCH", 10)
    browser = signed_in("analyst")
    lines = [("Río Hondo", 1950 + number, number) for number in range(60)]
    file = spreadsheet(*lines)
    if kind == "csv":
        text = "\n".join(",".join(map(str, line)) for line in [("Lugar", "Año", "Valor"), *lines])
        file = SimpleUploadedFile("datos.csv", text.encode())
    job = upload(browser, file)
    address = reverse("traza_import", args=[job.pk])
    seen: list[str] = []
    if job.state == "received":
        seen.append(browser.get(address).content.decode())
        assert "En espera de su turno" in seen[0]
    tell = reading.tell

    def told(job_id: int, done: int, total: int) -> None:
        tell(job_id, done, total)
        known = reading.how_far(job_id)
        assert known is not None and known.total >= 60 and known.done == done
        seen.append(f"{done}")

    monkeypatch.setattr(reading, "tell", told)
    steps.read_in_background.call(job.pk, None, None)
    assert len(seen) >= 8 and int(seen[-1]) >= 61
    assert reading.how_far(job.pk) is None
    job.refresh_from_db()
    assert job.state == "checked"

    ImportJob.objects.filter(pk=job.pk).update(state="received")
    tell(job.pk, 30, 60)
    page = browser.get(address).content.decode()
    assert "Leyendo: 30 de 60 renglones" in page and "Leer otra vez" not in page
    reading.done(job.pk)
    assert "Leer otra vez" in browser.get(address).content.decode()


def test_who_approves_much_is_told_that_it_takes_long(
    series: Series,
    home: Any,
    signed_in: Callable[[Any], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    analyst, reviewer = signed_in("analyst"), signed_in("reviewer")
    job = upload(analyst, spreadsheet(("Río Hondo", 2019, 12), ("Peña Alta", 2019, 3)))
    analyst.post(reverse("traza_import_submit", args=[job.pk]))
    screen = reverse("traza_import", args=[job.pk])
    few = reviewer.get(screen).content.decode()
    assert "Publicando…" in few
    assert "Son muchos renglones" not in few
    monkeypatch.setattr("traza.indicators.staff.imports.compare._MANY", 2)
    assert "Son muchos renglones" in reviewer.get(screen).content.decode()
    assert "Son muchos renglones" not in analyst.get(screen).content.decode()
