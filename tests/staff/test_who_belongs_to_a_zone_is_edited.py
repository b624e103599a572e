"""Which municipalities make up a zone, and since when, is entered by staff without mistakes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.factories import make_place
from traza.places.models import Membership, Place

LIST = "/admin/snippets/places/membership/"


@pytest.fixture
def laguna(db: None) -> Membership:
    zone = make_place("zmx", "Zona", level="metro")
    town = make_place("99001", "Villa")
    return Membership.objects.create(group=zone, member=town, valid_from=date(2015, 1, 1))


def save(client: Client, one: Membership | None, **changed: object) -> str:
    group, member = Place.objects.get(code="zmx"), Place.objects.get(code="99001")
    typed = {"group": group.pk, "member": member.pk, "valid_from": "", "valid_to": "", "source": ""}
    address = f"{LIST}edit/{one.pk}/" if one else f"{LIST}add/"
    return client.post(address, {**typed, **changed}, follow=True).content.decode()


def test_the_list_leads_to_the_form(laguna: Membership, signed_in: Callable[..., Client]) -> None:
    html = signed_in("publisher").get(LIST).content.decode()
    assert f"{LIST}edit/{laguna.pk}/" in html


def test_a_date_is_changed(laguna: Membership, signed_in: Callable[..., Client]) -> None:
    html = save(signed_in("publisher"), laguna, valid_from="2010-01-01", source="Decreto")
    laguna.refresh_from_db()
    assert (laguna.valid_from, laguna.source) == (date(2010, 1, 1), "Decreto")
    assert "se guardaron los cambios" in html


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"valid_from": "2020-01-01", "valid_to": "2019-12-31"}, "Termina antes de que empiece."),
        ({"valid_from": "2020-01-01"}, "Ya pertenece a esa zona en esas fechas."),
        ({}, "Ya pertenece a esa zona en esas fechas."),
    ],
)
def test_a_mistake_is_told_and_what_was_typed_stays(
    laguna: Membership, signed_in: Callable[..., Client], typed: dict[str, str], said: str
) -> None:
    html = save(signed_in("publisher"), None, **typed, source="Decreto de ejemplo")
    assert "No se guardó (pertenencia): hay datos por corregir" in html
    assert said in html
    assert 'value="Decreto de ejemplo"' in html
    assert Membership.objects.count() == 1


def test_who_left_may_come_back(laguna: Membership, signed_in: Callable[..., Client]) -> None:
    Membership.objects.update(valid_to=date(2018, 12, 31))
    save(signed_in("publisher"), None, valid_from="2019-01-01")
    assert Membership.objects.count() == 2
