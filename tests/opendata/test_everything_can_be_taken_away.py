"""One CSV and one Parquet of every public value, described so that tools read them."""

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult
from frictionless import Package

from tests.factories import make_source, observations
from tests.site.small_site import build_small_site
from traza.indicators.models import Indicator, Observation, Series
from traza.opendata import dumps
from traza.opendata.tasks import refresh_dumps
from traza.publishing.revision import current_revision


@pytest.fixture
def published(db: None, home: Path) -> None:
    build_small_site(home)


def read_csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_before_the_first_building_the_page_says_so(client: Client, published: None) -> None:
    assert "después de la primera publicación" in client.get("/datos/").content.decode()
    assert client.get("/datos/indicadores.csv").status_code == 404


def test_csv_and_parquet_hold_every_public_value(client: Client, published: None) -> None:
    built = dumps.build()

    packed = b"".join(client.get("/datos/indicadores.csv.gz").streaming_content)
    rows = read_csv(gzip.decompress(packed))
    table = pq.read_table(dumps.path_of("indicadores.parquet"))

    assert len(rows) == Observation.objects.count() == table.num_rows == built.files[0].rows
    torreon = next(r for r in rows if r["REF_AREA"] == "05035" and r["TIME_PERIOD"] == "2019")
    assert (torreon["OBS_VALUE"], torreon["UNIT_MEASURE"]) == ("131.0", "Víctimas")
    assert torreon["license"] == "Uso libre citando la fuente"
    assert torreon["period_end"] == "2019-12-31"
    assert table.schema.field("OBS_VALUE").type == "double"


def test_a_browser_gets_a_plain_csv_whatever_it_can_unpack(client: Client, published: None) -> None:
    dumps.build()

    plain = client.get("/datos/indicadores.csv")
    packed = client.get("/datos/indicadores.csv", headers={"accept-encoding": "gzip"})

    whole = b"".join(plain.streaming_content)
    assert plain["Content-Type"].startswith("text/csv")
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed.streaming_content)) == whole
    assert len(read_csv(whole)) == Observation.objects.count()


def test_what_is_not_for_the_public_stays_out(published: None) -> None:
    Observation.objects.filter(place__code="10012").update(conf="C")
    hidden = Series.objects.get(indicator__slug="viviendas-con-internet")
    hidden.source = make_source("cerrada", redistributable=False)
    hidden.save()

    dumps.build()

    rows = read_csv(gzip.decompress(Path(dumps.path_of("indicadores.csv.gz")).read_bytes()))
    assert {r["indicator"] for r in rows} == {"homicidios"}
    assert "10012" not in {r["REF_AREA"] for r in rows}


def test_an_archived_indicator_leaves_values_and_definitions(published: None) -> None:
    Indicator.objects.filter(slug="homicidios").update(is_archived=True)

    dumps.build()

    for name in ("indicadores.csv.gz", "definiciones.csv.gz"):
        rows = read_csv(gzip.decompress(Path(dumps.path_of(name)).read_bytes()))
        assert {r["indicator"] for r in rows} == {"viviendas-con-internet"}


def test_a_new_set_takes_the_place_of_the_old_one_at_once(published: None, home: Path) -> None:
    dumps.build()
    reading = Path(dumps.path_of("indicadores.csv.gz"))
    before = reading.read_bytes()
    Observation.objects.filter(place__code="05017").update(value=7)

    dumps.build()

    assert reading.read_bytes() == before  # who was reading the old one reads on
    assert Path(dumps.path_of("indicadores.csv.gz")).read_bytes() != before
    assert not list((home / "dumps").glob("new-*"))


def test_a_building_that_fails_leaves_the_old_set(
    published: None, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = dumps.build()

    def broken(into: Path) -> int:
        (into / "definiciones.csv.gz").write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(dumps, "_write_definitions", broken)
    with pytest.raises(OSError, match="disk full"):
        dumps.build()

    assert dumps.current() == first
    assert not list((home / "dumps").glob("new-*"))


def test_equal_data_give_equal_files(published: None) -> None:
    first, second = dumps.build(), dumps.build()
    assert [f.sha256 for f in first.files] == [f.sha256 for f in second.files]


def test_files_are_asked_for_again_only_when_data_change(published: None) -> None:
    def waiting() -> Any:
        return DBTaskResult.objects.filter(task_path="traza.opendata.tasks.build_dumps")

    dumps.build()
    refresh_dumps()
    assert not waiting().exists()

    observations(
        Series.objects.get(code="homicidios.principal"), {"05035": {"2019": 130}}, initial=False
    )
    refresh_dumps()
    refresh_dumps()
    assert waiting().count() == 1


def test_no_other_file_can_be_asked_for(client: Client, published: None) -> None:
    dumps.build()
    for name in ("dumps.json", "..%2Fdb.sqlite3", "..%2F..%2Fsecret", "nada.csv"):
        assert client.get(f"/datos/{name}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_frictionless_reads_and_validates_the_package(
    home: Path, settings: Any, live_server: Any
) -> None:
    settings.TRAZA_BASE_URL = live_server.url
    build_small_site(home)
    dumps.build()

    package = Package(f"{live_server.url}/datos/datapackage.json")
    report = package.validate()

    assert report.valid, report.to_summary()
    rows = package.get_resource("indicadores").read_rows()
    assert len(rows) == Observation.objects.count()
    assert rows[0]["OBS_VALUE"] == pytest.approx(241)
    descriptor = json.loads(Client().get("/datos/datapackage.json").content)
    assert descriptor["version"] == str(current_revision())
