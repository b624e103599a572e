"""``traza import`` brings a file through the same gate as the back office, and says everything."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from tests.factories import observations
from tests.indicators.files import csv, value_of, xlsx
from tests.indicators.small_package import TABLES, write_package
from traza.cli.bring_in import run
from traza.foundation.models import AuditEntry, Institute
from traza.indicators.models import ImportJob, Indicator, Observation, Series
from traza.publishing.models import Release

pytestmark = pytest.mark.usefixtures("home")

HEADER = ("Municipio", "Periodo", "Valor")


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    def write(content: bytes, name: str = "homicidios.csv") -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return write


def refused(arguments: list[str], capsys: Any) -> str:
    """Run, expect it to end with an error, and return everything it said."""
    with pytest.raises(SystemExit) as end:
        run(arguments)
    assert end.value.code not in (0, None)
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return str(said.out + said.err)


def test_counts_problems_and_where_to_mend(
    series: Series, file: Callable[..., str], capsys: Any
) -> None:
    observations(series, {"41001": {"2019-06": 1, "2019-07": 2}, "41002": {"2019-07": 5}})
    rows = [
        ("Río Hondo", "2019-06", 1),
        ("Río Hondo", "2019-07", 3),
        ("El Llano", "2019-07", 4),
        ("Rio Jondo", "2019-07", 4),
        ("El Llano", "ayer", 4),
    ]
    said = refused([file(csv(HEADER, *rows)), "--series", series.code], capsys)
    assert "nuevos 1 · corregidos 1 · iguales 1 · faltan en el archivo 1 · rechazados 2" in said
    assert "Renglón 5" in said and "Rio Jondo" in said
    assert "Renglón 6" in said and "«ayer»" in said
    job = ImportJob.objects.get()
    assert job.state == "checked" and f"/admin/importaciones/{job.pk}/" in said
    assert value_of(series, "41001", "2019-07") == 2


def test_it_waits_for_approval(series: Series, file: Callable[..., str], capsys: Any) -> None:
    run([file(csv(HEADER, ("Río Hondo", "2019-07", 3))), "--series", series.code])
    assert "Enviada a revisión" in capsys.readouterr().out
    assert ImportJob.objects.get().state == "submitted" and not Observation.objects.exists()


def test_another_person_approves(
    series: Series, file: Callable[..., str], analyst: Any, reviewer: Any, capsys: Any
) -> None:
    path = file(csv(HEADER, ("Río Hondo", "2019-07", 3)))
    run([path, "--series", series.code, "--user", "rosa", "--approve", "luis"])
    assert "Publicado: 1 datos nuevos" in capsys.readouterr().out
    job = ImportJob.objects.get()
    assert (job.created_by, job.reviewed_by) == (analyst, reviewer)
    assert value_of(series, "41001", "2019-07") == 3


def test_nobody_approves_their_own(
    series: Series, file: Callable[..., str], people: Callable[..., Any], capsys: Any
) -> None:
    people("ana", "add_importjob", "change_importjob", "submit_import", "approve_import")
    path = file(csv(HEADER, ("Río Hondo", "2019-07", 3)))
    said = refused([path, "--series", series.code, "--user", "ana", "--approve"], capsys)
    assert "Quien captura no aprueba lo suyo" in said
    assert ImportJob.objects.get().state == "submitted" and not Observation.objects.exists()


def test_where_one_person_does_it_all_it_is_published(
    series: Series, file: Callable[..., str], capsys: Any
) -> None:
    get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    institute = Institute.load()
    institute.single_person = True
    institute.save()
    run([file(csv(HEADER, ("Río Hondo", "2019-07", 3))), "--series", series.code])
    said = capsys.readouterr().out
    assert "Publicado" in said and "/indicadores/homicidios/" in said
    assert value_of(series, "41001", "2019-07") == 3


def test_refused_rows_can_be_left_out(
    series: Series, file: Callable[..., str], capsys: Any
) -> None:
    path = file(csv(HEADER, ("Río Hondo", "2019-07", 3), ("Nadie", "2019-07", 3)))
    run([path, "--series", series.code, "--skip-refused"])
    said = capsys.readouterr().out
    assert "«Nadie»" in said and "descartaron: 1" in said
    assert ImportJob.objects.get().state == "submitted"


def test_a_file_that_changes_nothing(series: Series, file: Callable[..., str], capsys: Any) -> None:
    observations(series, {"41001": {"2019-07": 3}})
    run([file(csv(HEADER, ("Río Hondo", "2019-07", 3))), "--series", series.code])
    assert "no hay nada que enviar" in capsys.readouterr().out
    assert ImportJob.objects.get().state == "discarded"


def test_a_new_indicator_from_nothing(
    territory: Any, file: Callable[..., str], capsys: Any
) -> None:
    get_user_model().objects.create_superuser("admin", "a@example.org", "x")
    institute = Institute.load()
    institute.single_person = True
    institute.save()
    content = xlsx(("Clave", "Año", "Valor"), ("41001", 2023, 40), ("41001", 2024, 55))
    words = ["--new-indicator", "Árboles plantados", "--unit", "Árboles", "--source", "Vivero"]
    run([file(content, "arboles.xlsx"), *words])
    assert "/indicadores/arboles-plantados/" in capsys.readouterr().out
    assert Indicator.objects.get().live and Observation.objects.count() == 2


def test_what_is_not_understood_can_be_said(
    series: Series, file: Callable[..., str], capsys: Any
) -> None:
    path = file(csv(("Dónde", "Cuánto"), ("Río Hondo", 3), ("El Llano", 4)))
    said = refused([path, "--series", series.code], capsys)
    assert "de qué periodo son los datos" in said and "--period" in said
    run([path, "--series", series.code, "--period", "julio de 2019"])
    assert ImportJob.objects.latest("pk").state == "submitted"
    said = refused([path, "--series", series.code, "--column", "Quién=lugar"], capsys)
    assert "No hay una columna «Quién»" in said and "«Dónde»" in said
    run([path, "--series", series.code, "--period", "2019-07", "--column", "Dónde=lugar"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-existe.csv"], "No existe"),
        (["{file}", "--series", "nada"], "No hay una serie con la clave «nada»"),
        (["{file}", "--user", "nadie"], "No hay una cuenta activa llamada «nadie»"),
        (["{file}", "--new-indicator", "Uno"], "nombre, unidad y fuente"),
        (["{file}"], "de qué serie"),
        ([], "falta: ARCHIVO"),
        (["{broken}"], "no es lo que dice su nombre"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    series: Series, file: Callable[..., str], capsys: Any, arguments: list[str], words: str
) -> None:
    names = {
        "file": file(csv(HEADER, ("Río Hondo", "2019-07", 3))),
        "broken": file(b"hola", "libro.xlsx"),
    }
    said = refused([text.format(**names) for text in arguments], capsys)
    assert words in said
    assert not Observation.objects.exists()


def test_the_first_data_package_fills_an_empty_site_and_the_audit_says_how(
    db: None, tmp_path: Path, capsys: Any
) -> None:
    run([str(write_package(tmp_path / "paquete"))])
    assert "Publicado" in capsys.readouterr().out and Observation.objects.exists()
    told = AuditEntry.objects.get(action="package.completed").detail
    assert (told["approved_by"], told["second_person"]) == ("", False)
    assert told["shell"] == getpass.getuser()


def test_a_later_data_package_is_approved_by_another_person(
    tmp_path: Path, analyst: Any, reviewer: Any, capsys: Any
) -> None:
    folder = write_package(tmp_path / "paquete")
    run([str(folder)])
    rows = [list(row) for row in TABLES["observations.csv.gz"]]
    rows[1][3] = "14"
    folder = write_package(tmp_path / "paquete", observations=rows)

    assert "Falta quién aprueba" in refused([str(folder)], capsys)
    assert "no aprueba lo suyo" in refused([str(folder), "--approve", "luis"], capsys)
    own = [str(folder), "--user", "luis", "--approve", "luis"]
    assert "no aprueba lo suyo" in refused(own, capsys)
    turned = [str(folder), "--user", "luis", "--approve", "rosa"]
    assert "no tiene permiso" in refused(turned, capsys)
    assert Release.objects.count() == 1

    run([str(folder / "datapackage.json"), "--user", "rosa", "--approve", "luis"])
    release = Release.objects.latest("pk")
    assert (release.prepared_by, release.approved_by) == (analyst, reviewer)
    told = AuditEntry.objects.filter(action="package.loaded").latest("pk")
    assert (told.actor_name, told.detail["approved_by"]) == ("rosa", "luis")
    assert told.detail["second_person"] is True
    capsys.readouterr()

    run([str(folder), "--user", "rosa", "--approve", "luis"])
    assert "todo estaba ya" in capsys.readouterr().out


def test_with_a_single_person_that_person_brings_the_later_package(
    tmp_path: Path, people: Callable[..., Any]
) -> None:
    run([str(write_package(tmp_path / "paquete"))])
    people("ana", "submit_import", "approve_import")
    institute = Institute.load()
    institute.single_person = True
    institute.save()
    run([str(tmp_path / "paquete")])
    told = AuditEntry.objects.filter(action="package.completed").latest("pk")
    assert (told.detail["approved_by"], told.detail["second_person"]) == ("ana", False)


def test_a_long_file_shows_how_far_it_is(
    series: Series, file: Callable[..., str], capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("traza.cli.bring_in.LONG", 10)
    run([file(csv(HEADER, ("Río Hondo", "2019-07", 3))), "--series", series.code])
    said = capsys.readouterr()
    assert "Renglones leídos" in said.err and "Comparando" in said.out
