"""A data package brings an institute's whole catalogue; again changes nothing; errors say where."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.indicators.small_package import TABLES, write_package
from traza.foundation.models import Institute
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package import load_package, open_package
from traza.indicators.models import (
    AlternateValue,
    Code,
    Indicator,
    IndicatorVersion,
    LatestValue,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Place, PlaceGeometry, PlaceName
from traza.publishing.models import Change, Publication, Redirect, Release, Topic
from traza.publishing.queries import latest_changes
from traza.publishing.revision import current_revision
from traza.publishing.search import search

pytestmark = pytest.mark.django_db


def test_everything_in_the_package_arrives(tmp_path: Path) -> None:
    release = load_package(write_package(tmp_path))
    assert release is not None and release.is_initial
    assert release.changes == {"added": 4, "revised": 0, "removed": 0, "indicators": 1}

    assert Place.objects.get(code="41001").parent == Place.objects.get(code="41")
    assert PlaceName.objects.filter(name="Hondo").exists()
    assert PlaceGeometry.objects.get(place__code="41001").purpose == "map"
    assert Topic.objects.get(code="violencia").parent == Topic.objects.get(code="seguridad")
    institute = Institute.load()
    assert (institute.short_name, institute.metro_code) == ("IRH", "zrh")
    assert institute.comparators() == ["zrh", "41", "MEX"]

    indicator = Indicator.objects.get(slug="homicidios")
    assert indicator.live and indicator.direction == "down"
    assert (indicator.update_days, indicator.next_release) == (30, date(2027, 3, 31))
    assert [topic.code for topic in indicator.topics.all()] == ["violencia"]
    assert [other.slug for other in indicator.related.all()] == ["robos"]
    other = Indicator.objects.get(slug="robos")
    assert other.is_archived and (other.update_days, other.next_release) == (None, None)
    assert Series.objects.get(code="homicidios.f-m-mujeres").dimensions == {"SEX": "F"}
    assert Code.objects.get(codelist__code="SEX", code="F").name == "Mujeres"

    values = {
        (o.series.code, o.period.code, o.place.code): (o.value, o.status, o.comment)
        for o in Observation.objects.select_related("series", "period", "place")
    }
    assert values[("homicidios.f-m", "2019-01", "41001")] == (12.0, "A", "")
    assert values[("homicidios.f-m", "2019-02", "41001")] == (15.5, "P", "")
    assert values[("homicidios.f-m", "2019-01", "41002")] == (None, "O", "Sin reporte")
    assert LatestValue.objects.get(series__code="homicidios.f-m").value == 15.5
    assert AlternateValue.objects.get().value == 13
    assert Redirect.objects.get().new_path == "/indicadores/homicidios/"


def test_the_ledger_knows_all_of_it_and_none_of_it_is_news(tmp_path: Path) -> None:
    load_package(write_package(tmp_path))
    keys = set(Publication.objects.values_list("kind", "key"))
    assert {("indicator", "homicidios"), ("topic", "seguridad"), ("place", "41001")} <= keys
    assert ("indicator", "robos") not in keys
    assert set(Change.objects.values_list("what", flat=True)) == {"initial"}
    linked = Publication.objects.get(kind="indicator").places.values_list("code", flat=True)
    assert sorted(linked) == ["41001", "41002"]
    assert IndicatorVersion.objects.get().number == "1.0"


def test_earlier_values_are_vintages_with_their_dates(tmp_path: Path) -> None:
    release = load_package(write_package(tmp_path))
    assert release is not None
    first, second = ObservationHistory.objects.order_by("valid_from")
    assert (first.value, first.valid_from) == (10.0, datetime(2019, 2, 20, tzinfo=UTC))
    assert first.valid_to == second.valid_from == datetime(2019, 5, 20, tzinfo=UTC)
    assert (second.value, second.valid_to) == (11.0, release.published_at)


def test_loading_it_again_changes_nothing(tmp_path: Path) -> None:
    folder = write_package(tmp_path)
    load_package(folder)
    models = (
        Observation,
        ObservationHistory,
        AlternateValue,
        Release,
        Change,
        Publication,
        IndicatorVersion,
        Place,
        Redirect,
    )
    before = [model.objects.count() for model in models]
    assert load_package(folder) is None
    assert [model.objects.count() for model in models] == before


def test_a_newer_package_is_news_of_what_differs(tmp_path: Path) -> None:
    load_package(write_package(tmp_path))
    rows = [list(row) for row in TABLES["observations.csv.gz"]]
    rows[1][3] = "14"
    rows.append(["homicidios.f-m", "2019-03", "41001", "9", "A", ""])
    before = current_revision()
    release = load_package(write_package(tmp_path, observations=rows))
    assert release is not None and not release.is_initial
    assert (release.changes["added"], release.changes["revised"]) == (1, 1)
    change = Change.objects.get(release=release)
    assert change.what == "new_data"
    assert change.sentence == (
        "Homicidios: 1 dato nuevo y 1 corregido (Río Hondo, enero–marzo de 2019)"
    )
    assert change.sentence_en.startswith("Homicides: 1 new and 1 corrected values (Río Hondo")
    assert IndicatorVersion.objects.latest("pk").number == "1.1"
    assert current_revision() > before


def test_a_package_that_changes_only_words_is_read_in_search_feeds_and_ledger(
    tmp_path: Path,
) -> None:
    load_package(write_package(tmp_path))
    indicators = [list(row) for row in TABLES["indicators.csv"]]
    indicators[0].append("definition")
    indicators[1][1] = "Asesinatos"
    indicators[1][4] = ""
    indicators[1].append("Personas privadas de la vida.")
    indicators[2].append("")
    topics = changed("topics.csv", 3, 3, "Tranquilidad")
    places = changed("places.csv", 3, 2, "Roca Blanca")
    before = current_revision()

    load_package(write_package(tmp_path, indicators=indicators, topics=topics, places=places))

    line = Publication.objects.get(kind="indicator")
    assert (line.title, line.summary) == ("Asesinatos", "Personas privadas de la vida.")
    assert [topic.code for topic in line.topics.all()] == ["seguridad"]
    change = latest_changes(5)[0]
    assert (change.what, change.sentence) == ("corrected", "Asesinatos: ficha actualizada")
    assert [item.title for item in search("asesinatos").items] == ["Asesinatos"]
    assert search("violencia", kinds=["indicator"]).items == []
    assert [item.title for item in search("tranquilidad").items] == ["Tranquilidad"]
    assert [item.title for item in search("roca", kinds=["place"]).items] == ["Roca Blanca"]
    assert search("peña", kinds=["place"]).items == []
    assert current_revision() > before
    assert Change.objects.exclude(what="initial").count() == 1


def test_a_package_that_archives_an_indicator_withdraws_it_and_may_bring_it_back(
    tmp_path: Path,
) -> None:
    load_package(write_package(tmp_path))
    load_package(write_package(tmp_path, indicators=changed("indicators.csv", 2, 6, "archived")))
    assert not Publication.objects.get(kind="indicator").is_public
    assert latest_changes(1) == []
    load_package(write_package(tmp_path))
    assert Publication.objects.get(kind="indicator").is_public
    assert latest_changes(1)[0].what == "published"


def test_a_card_that_staff_edited_is_left_as_it_is(tmp_path: Path) -> None:
    folder = write_package(tmp_path)
    load_package(folder)
    indicator = Indicator.objects.get(slug="homicidios")
    indicator.name = "Homicidios dolosos"
    indicator.save_revision().publish()
    load_package(folder)
    assert Indicator.objects.get(slug="homicidios").name == "Homicidios dolosos"


def changed(table: str, line: int, column: int, text: str) -> list[list[str]]:
    rows = [list(row) for row in TABLES[table]]
    rows[line - 1][column] = text
    return rows


@pytest.mark.parametrize(
    ("table", "line", "column", "text", "said"),
    [
        ("observations.csv.gz", 3, 1, "2019-13", "renglón 3, columna «TIME_PERIOD»"),
        ("observations.csv.gz", 3, 1, "2019", "frecuencia A y la serie es de M"),
        ("observations.csv.gz", 2, 2, "99999", "renglón 2, columna «REF_AREA»: «99999»"),
        ("observations.csv.gz", 2, 3, "doce", "columna «OBS_VALUE»: «doce» no es un número"),
        ("observations.csv.gz", 4, 4, "A", "está vacía y OBS_STATUS no dice por qué"),
        ("observations.csv.gz", 3, 1, "2019-01", "repite serie, periodo y lugar del renglón 2"),
        ("series.csv", 2, 1, "nada", "«nada» no está en indicators.csv"),
        ("series.csv", 2, 4, "mensual", "no es una frecuencia"),
        ("series.csv", 3, 6, "1", "ya tiene «homicidios.f-m» como serie principal"),
        ("indicators.csv", 2, 3, "salud", "«salud» no está en topics.csv"),
        ("indicators.csv", 2, 5, "lateral", "«lateral» no se admite"),
        ("indicators.csv", 2, 9, "mensual", "«mensual» no es un número entero"),
        ("indicators.csv", 2, 10, "marzo", "«marzo» no es una fecha"),
        ("places.csv", 2, 1, "ciudad", "renglón 2: el nivel «ciudad» no existe"),
        ("topics.csv", 1, 0, "clave", "faltan las columnas «code»"),
        ("redirects.csv", 2, 1, "nada", "«nada» no está en indicators.csv"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_column(
    tmp_path: Path, table: str, line: int, column: int, text: str, said: str
) -> None:
    rows = changed(table, line, column, text)
    with pytest.raises(IntakeError) as refused:
        load_package(write_package(tmp_path, **{table.split(".")[0]: rows}))
    assert said in str(refused.value)
    assert table.removesuffix(".csv").split(".")[0] in str(refused.value)
    if "observations" in table:
        assert not Observation.objects.exists() and not Release.objects.exists()


def test_a_package_may_bring_only_some_tables(tmp_path: Path) -> None:
    folder = write_package(
        tmp_path,
        memberships=None,
        place_names=None,
        observations_previous=None,
        observations_alternate=None,
        redirects=None,
    )
    assert load_package(folder) is not None


def test_a_folder_without_a_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"datapackage\.json"):
        open_package(tmp_path)


def test_a_package_cannot_reach_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"resources": [{"path": "../places.csv"}]}')
    with pytest.raises(IntakeError, match="fuera de su carpeta"):
        open_package(tmp_path)
