"""Topics and places made, renamed or deleted in the back office are found by what they are now."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from tests.factories import make_indicator, make_laguna, make_series, observations
from traza.publishing.models import Publication, Redirect, Topic
from traza.publishing.revision import public_change
from traza.publishing.search import search
from traza.publishing.standing import refresh_places, refresh_topics

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Any], Client]


def found(text: str) -> list[str]:
    return [item.url for item in search(text, kinds=["topic", "place"]).items]


def topic(**changes: Any) -> dict[str, Any]:
    blank = {"name_en": "", "parent": "", "order": 1, "scheme": "axis"}
    return {"name": "Agua", "code": "agua", **blank, **changes}


def test_a_topic_has_one_line_whatever_it_is_called(signed_in: SignedIn) -> None:
    browser = signed_in("publisher")
    made = Topic.objects.create(code="agua", scheme="axis", name="Agua")
    with public_change():
        refresh_topics([made])
    edit = reverse("wagtailsnippets_publishing_topic:edit", args=[made.pk])

    assert browser.post(edit, topic(name="Líquido", code="liquido")).status_code == 302

    assert found("agua") == []
    assert found("líquido") == ["/temas/liquido/"]
    assert Publication.objects.filter(kind="topic").count() == 1
    assert Redirect.objects.get(old_path="/temas/agua/").new_path == "/temas/liquido/"

    delete = reverse("wagtailsnippets_publishing_topic:delete", args=[made.pk])
    owner = get_user_model().objects.create_superuser("dueña", "d@example.org", "una clave larga 7")
    assert signed_in(owner).post(delete).status_code == 302
    assert found("líquido") == []


def test_a_place_is_found_by_its_new_name_and_its_other_names(signed_in: SignedIn) -> None:
    browser = signed_in("publisher")
    place = make_laguna()["05035"]
    with public_change():
        refresh_places([place])
    assert found("torreón") == ["/lugares/05035-torreon/"]
    edit = reverse("wagtailsnippets_places_place:edit", args=[place.pk])
    blank = dict.fromkeys(
        ("name_en", "population", "population_period", "area_km2", "lat", "lon", "valid_from",
         "valid_to"), ""
    )  # fmt: skip
    posted = {**blank, "name": "Puerto Seco", "code": "05035", "level": "municipality",
              "parent": place.parent_id}  # fmt: skip

    assert browser.post(edit, posted).status_code == 302

    assert found("torreón") == []
    assert found("puerto seco") == ["/lugares/05035-puerto-seco/"]

    add = reverse("wagtailsnippets_places_placename:add")
    name = {"place": place.pk, "name": "Perla", "kind": "alias", "lang": "es"}
    assert browser.post(add, name).status_code == 302
    assert found("perla") == ["/lugares/05035-puerto-seco/"]


def test_the_axis_of_a_new_indicator_is_found_once_it_has_values() -> None:
    make_laguna()
    axis = Topic.objects.create(code="agua", scheme="axis", name="Agua")
    assert found("agua") == []
    observations(make_series(make_indicator("pozos", "Pozos", axis=axis)), {"05035": {"2020": 3.0}})
    assert found("agua") == ["/temas/agua/"]
