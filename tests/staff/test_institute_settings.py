"""The institute's name, colour and places are set by its administrator, and explained."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_place
from traza.foundation.models import Institute


@pytest.fixture
def boss(signed_in: Callable[[Any], Client]) -> Client:
    make_place("05035")
    Institute.objects.create(country_code="")
    return signed_in("administrator")


def save(boss: Client, **typed: Any) -> str:
    url = reverse(
        "wagtailsettings:edit", args=["foundation", "institute", Institute.objects.get().pk]
    )
    form = {
        "name": "Instituto",
        "short_name": "Instituto",
        "accent": "#0e5a66",
        "license_name": "Uso libre",
        **typed,
    }
    return boss.post(url, form, follow=True).content.decode()


def test_a_colour_that_cannot_be_read_is_shown_darker_and_said(boss: Client) -> None:
    page = save(boss, accent="#ffff66")
    assert Institute.load().accent == "#ffff66"
    assert "no se lee bien sobre el fondo claro" in page


def test_what_is_no_colour_is_refused_as_it_was_typed(boss: Client) -> None:
    page = save(boss, accent="amarillo", name="Otro nombre")
    assert "«amarillo» no es un color. Se escribe como #0e5a66." in page
    assert 'value="Otro nombre"' in page
    assert Institute.load().name != "Otro nombre"


def test_places_that_do_not_exist_are_refused(boss: Client) -> None:
    assert "No hay un lugar con la clave «99999»." in save(boss, home_place_code="99999")
    page = save(boss, comparator_codes="05035, zml, MEX")
    assert "«zml», «MEX»" in page and "«05035»" not in page
    save(boss, home_place_code="05035", comparator_codes="05035")
    assert Institute.load().home_place_code == "05035"
