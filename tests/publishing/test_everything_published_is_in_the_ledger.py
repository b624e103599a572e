"""One line per thing published; what happened to it is added, never rewritten."""

from collections.abc import Callable

import pytest

from traza.places.models import Place
from traza.publishing.actions import OutsidePublicChange, publish_entry, withdraw_entry
from traza.publishing.models import Change, Publication, Redirect, SearchTerm, Topic
from traza.publishing.queries import latest_changes, publications_for, related
from traza.publishing.revision import current_revision, public_change

Publish = Callable[..., Publication]


@pytest.mark.django_db
def test_the_ledger_is_only_written_with_the_revision() -> None:
    with pytest.raises(OutsidePublicChange):
        publish_entry(kind="indicator", key="x", title="X", path="/indicadores/x/")

    assert not Publication.objects.exists()


def test_publishing_again_adds_a_change_to_the_same_line(publish: Publish) -> None:
    first = publish()
    before = current_revision()

    again = publish(what="corrected", sentence="Homicidios: 3 valores corregidos", title="Muertes")

    assert again.pk == first.pk
    assert current_revision() == before + 1
    assert Publication.objects.get().title == "Muertes"
    assert [c.what for c in Change.objects.order_by("id")] == ["published", "corrected"]
    assert again.first_published == first.first_published
    assert again.last_changed > first.last_changed


def test_topics_and_places_are_those_of_the_last_time(
    publish: Publish, topics: dict[str, Topic], places: dict[str, Place]
) -> None:
    publish(topics=[topics["seguridad"], topics["delitos"]], places=[places["05035"]])

    row = publish(topics=[topics["delitos"]], places=[places["10007"]])

    assert [topic.code for topic in row.topics.all()] == ["delitos"]
    assert [place.code for place in row.places.all()] == ["10007"]


def test_a_failed_change_leaves_nothing(publish: Publish) -> None:
    with pytest.raises(RuntimeError), public_change():
        publish()
        raise RuntimeError

    assert not Publication.objects.exists()
    assert current_revision() == 1


def test_an_unknown_happening_is_refused(publish: Publish) -> None:
    with pytest.raises(ValueError, match="unknown change"):
        publish(what="exploded")


def test_a_withdrawn_thing_stays_in_the_ledger_and_leaves_the_public(publish: Publish) -> None:
    publish()

    with public_change():
        row = withdraw_entry(kind="indicator", key="homicidios", sentence="Homicidios: se retiró")

    assert not row.is_public
    assert not SearchTerm.objects.exists()
    assert row.changes.first().what == "withdrawn"  # type: ignore[union-attr]
    assert latest_changes(5) == []
    assert publish().is_public


def test_a_first_load_is_not_news(ledger: dict[str, Publication], publish: Publish) -> None:
    assert latest_changes(5) == []

    publish("homicidios", what="new_data", sentence="Homicidios: 12 datos nuevos")
    publish("robos", what="corrected", sentence="Robo: un valor corregido")

    sentences = [change.sentence for change in latest_changes(5)]
    assert sentences == ["Robo: un valor corregido", "Homicidios: 12 datos nuevos"]
    assert latest_changes(5, before=latest_changes(1)[0].at)[0].sentence == sentences[1]
    assert latest_changes(5, kinds=["page"]) == []


def test_what_shares_topics_and_places_is_related(
    ledger: dict[str, Publication], topics: dict[str, Topic], places: dict[str, Place]
) -> None:
    assert [row.key for row in related(ledger["homicidios"], 2)] == ["robos", "poblacion"]
    assert {row.key for row in publications_for(topics["delitos"])} == {"homicidios", "robos"}
    assert {row.key for row in publications_for(places["05017"])} == {"poblacion", "05017"}


def test_a_long_title_is_shortened_not_refused(publish: Publish) -> None:
    assert len(publish(title="x" * 500, sentence="y" * 900).title) == 300


def test_a_moved_thing_leaves_a_redirect_and_may_move_back(publish: Publish) -> None:
    publish(path="/indicadores/a/")
    publish(path="/indicadores/b/")
    assert Redirect.objects.get().new_path == "/indicadores/b/"

    publish(path="/indicadores/a/")

    redirect = Redirect.objects.get()
    assert (redirect.old_path, redirect.new_path) == ("/indicadores/b/", "/indicadores/a/")
