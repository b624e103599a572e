"""Approval publishes everything or nothing, and who writes does not approve."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories import observations
from tests.indicators.files import csv, fates, release, take, value_of
from traza.foundation.models import AuditEntry, Institute
from traza.indicators import actions, releases
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import (
    ImportJob,
    LatestValue,
    Observation,
    ObservationHistory,
    Series,
)
from traza.places.models import Place
from traza.publishing.models import Change, Publication, Release
from traza.publishing.revision import current_revision
from traza.stats.periods import parse_period

pytestmark = pytest.mark.usefixtures("home")

HEADER = ("Municipio", "Periodo", "Valor")


@pytest.fixture
def job(series: Series, analyst: Any) -> ImportJob:
    """An import of one new and one revised value."""
    observations(series, {"41001": {"2019-07": 10}})
    rows = [("Río Hondo", "2019-07", 12), ("Peña Alta", "2019-07", 3)]
    return take(csv(HEADER, *rows), series=series, user=analyst, title="Homicidios de julio")


def test_a_release_changes_everything_at_once(
    job: ImportJob, series: Series, analyst: Any, reviewer: Any
) -> None:
    before = current_revision()
    made = release(job, analyst, reviewer)
    job.refresh_from_db()
    assert job.state == "published" and job.release == made and job.reviewed_by == reviewer
    assert (made.prepared_by, made.approved_by) == (analyst, reviewer)
    assert value_of(series, "41001", "2019-07") == 12 and value_of(series, "41002", "2019-07") == 3
    old = ObservationHistory.objects.get(replaced_by=made)
    assert old.value == 10
    assert LatestValue.objects.filter(series=series).count() == 2
    version = made.indicators.get()
    assert (version.number, version.added, version.revised) == ("1.1", 1, 1)
    change = Change.objects.filter(publication__key="homicidios").latest("id")
    assert change.sentence.startswith("Homicidios: 1 dato nuevo y 1 corregido")
    assert current_revision() == before + 1
    entry = AuditEntry.objects.get(action="import.approved")
    assert entry.actor == reviewer and entry.detail["own_work"] is False


def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    job: ImportJob, series: Series, analyst: Any, reviewer: Any, monkeypatch: Any
) -> None:
    actions.submit_import(job, analyst)
    before = current_revision()

    def broken(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError("se fue la luz")

    monkeypatch.setattr(releases, "record", broken)
    with pytest.raises(RuntimeError):
        actions.approve_import(job, reviewer)
    job.refresh_from_db()
    assert job.state == "submitted" and job.release is None
    assert value_of(series, "41001", "2019-07") == 10
    assert value_of(series, "41002", "2019-07") is None
    assert Release.objects.count() == 1 and current_revision() == before


def test_who_wrote_does_not_approve(job: ImportJob, people: Callable[..., Any]) -> None:
    both = people("ana", "change_importjob", "submit_import", "approve_import")
    row = job.rows.get(fate="new")
    actions.correct_row(
        job,
        row,
        user=both,
        place=Place.objects.get(pk=row.place_id),
        period=parse_period("2019-07"),
        value=4,
    )
    actions.submit_import(job, both)
    with pytest.raises(IntakeError, match="Quien captura no aprueba lo suyo"):
        actions.approve_import(job, both)
    institute = Institute.load()
    institute.single_person = True
    institute.save()
    actions.approve_import(job, both)
    entry = AuditEntry.objects.get(action="import.approved")
    assert entry.detail["own_work"] is True and entry.detail["single_person"] is True


@pytest.mark.parametrize("verb", ["submit_import", "approve_import", "discard_import"])
def test_each_act_needs_its_permission(
    job: ImportJob, people: Callable[..., Any], verb: str
) -> None:
    with pytest.raises(IntakeError, match="no tiene permiso"):
        getattr(actions, verb)(job, people("nadie"))


def test_the_system_never_approves(job: ImportJob, analyst: Any) -> None:
    actions.submit_import(job, analyst)
    with pytest.raises(IntakeError, match="no tiene permiso"):
        actions.approve_import(job, None)


def test_nothing_is_sent_while_rows_are_refused(series: Series, analyst: Any) -> None:
    rows = [("Río Hondo", "2019-07", 12), ("Nadie", "2019-07", 3)]
    job = take(csv(HEADER, *rows), series=series, user=analyst)
    with pytest.raises(IntakeError, match="Queda 1 renglón rechazado"):
        actions.submit_import(job, analyst)


def test_nothing_is_sent_that_changes_nothing(series: Series, analyst: Any) -> None:
    observations(series, {"41001": {"2019-07": 12}})
    job = take(csv(HEADER, ("Río Hondo", "2019-07", 12)), series=series, user=analyst)
    with pytest.raises(IntakeError, match="No hay nada que publicar"):
        actions.submit_import(job, analyst)


def test_what_changed_meanwhile_is_looked_at_again(
    job: ImportJob, series: Series, analyst: Any, reviewer: Any
) -> None:
    actions.submit_import(job, analyst)
    observations(series, {"41002": {"2019-07": 8}})
    with pytest.raises(IntakeError, match="Otra entrega cambió"):
        actions.approve_import(job, reviewer)
    assert job.state == "checked" and fates(job) == {"revised": 2}
    assert value_of(series, "41002", "2019-07") == 8
    release(job, analyst, reviewer)
    assert value_of(series, "41002", "2019-07") == 3


def test_an_import_is_published_once(job: ImportJob, analyst: Any, reviewer: Any) -> None:
    release(job, analyst, reviewer)
    with pytest.raises(IntakeError, match="Publicado"):
        actions.approve_import(job, reviewer)
    with pytest.raises(IntakeError, match="Publicado"):
        actions.read_import(job)
    assert Release.objects.count() == 2


def test_a_preview_shows_the_values_and_leaves_no_trace(job: ImportJob, series: Series) -> None:
    before = current_revision(), Release.objects.count(), Change.objects.count()
    with actions.preview_import(job):
        assert value_of(series, "41001", "2019-07") == 12
        assert LatestValue.objects.filter(series=series).count() == 2
    assert value_of(series, "41001", "2019-07") == 10
    assert (current_revision(), Release.objects.count(), Change.objects.count()) == before


def test_a_preview_that_fails_leaves_no_trace(job: ImportJob, series: Series) -> None:
    with pytest.raises(RuntimeError), actions.preview_import(job):
        raise RuntimeError
    assert value_of(series, "41001", "2019-07") == 10


def test_withdrawing_restores_only_what_the_release_still_holds(
    job: ImportJob, series: Series, analyst: Any, reviewer: Any
) -> None:
    first = release(job, analyst, reviewer)
    later = take(csv(HEADER, ("Peña Alta", "2019-07", 5)), "otro.csv", series=series, user=analyst)
    release(later, analyst, reviewer)
    restoring = actions.withdraw_release(first, reviewer, "El archivo era de otro año.")
    assert restoring.withdraws == first and restoring.note == "El archivo era de otro año."
    assert value_of(series, "41001", "2019-07") == 10
    assert value_of(series, "41002", "2019-07") == 5
    for again in (first, restoring):
        with pytest.raises(IntakeError, match="ya se retiró"):
            actions.withdraw_release(again, reviewer, "otra vez")
    change = Change.objects.filter(publication__key="homicidios").latest("id")
    assert change.what == "withdrawn"


def test_withdrawing_the_first_release_leaves_the_indicator_without_values(
    series: Series, analyst: Any, reviewer: Any
) -> None:
    job = take(csv(HEADER, ("Río Hondo", "2019-07", 12)), series=series, user=analyst)
    made = release(job, analyst, reviewer)
    assert Publication.objects.get(key="homicidios").is_public
    actions.withdraw_release(made, reviewer, "No era público.")
    assert not Observation.objects.exists() and not LatestValue.objects.exists()
    assert not Publication.objects.get(key="homicidios").is_public
    again = take(csv(HEADER, ("Río Hondo", "2019-07", 11)), series=series, user=analyst)
    release(again, analyst, reviewer)
    assert Publication.objects.get(key="homicidios").is_public
    assert value_of(series, "41001", "2019-07") == 11


def test_withdrawing_needs_a_public_note(job: ImportJob, analyst: Any, reviewer: Any) -> None:
    made = release(job, analyst, reviewer)
    with pytest.raises(IntakeError, match="nota pública"):
        actions.withdraw_release(made, reviewer, "  ")


def correct(series: Series, user: Any, **changes: Any) -> ImportJob:
    what = {"value": 13.0, "status": "A", "comment": "La fuente corrigió.", **changes}
    return actions.correct_value(
        series, Place.objects.get(code="41001"), parse_period("2019-07"), user=user, **what
    )


def test_a_value_by_hand_goes_the_same_way(series: Series, analyst: Any, reviewer: Any) -> None:
    observations(series, {"41001": {"2019-07": 12}})
    job = correct(series, analyst)
    assert job.state == "checked" and fates(job) == {"revised": 1}
    made = release(job, analyst, reviewer)
    assert value_of(series, "41001", "2019-07") == 13
    assert made.note == "La fuente corrigió."
    assert Observation.objects.get().comment == "La fuente corrigió."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": 12.0, "comment": ""}, "ya está publicado"),
        ({"value": None}, "Falta el valor"),
        ({"status": "O"}, "Sin dato"),
    ],
)
def test_a_value_by_hand_that_makes_no_sense(
    series: Series, analyst: Any, changes: dict[str, Any], words: str
) -> None:
    observations(series, {"41001": {"2019-07": 12}})
    with pytest.raises(IntakeError, match=words):
        correct(series, analyst, **changes)
    assert not ImportJob.objects.exists()


def test_a_digit_too_many_by_hand_is_told(series: Series, analyst: Any) -> None:
    observations(series, {"41001": {"2019-07": 12}})
    job = correct(series, analyst, value=120.0)
    assert job.rows.get().issues[0]["code"] == "unit_scale"


def test_work_that_changes_hands(job: ImportJob, analyst: Any, people: Callable[..., Any]) -> None:
    heir = people("eva", "submit_import", "approve_import")
    assert actions.reassign_work(analyst, heir) == 1
    job.refresh_from_db()
    assert job.assigned_to == heir and job.created_by == analyst
    assert actions.wrote(job, heir)
