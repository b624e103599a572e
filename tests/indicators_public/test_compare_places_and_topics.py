"""Comparing: places on one indicator and one place on many, with one address each."""

import pytest
from django.test import Client

from tests.factories import make_place
from tests.indicators_public.small_laguna import SmallLaguna, make_small_laguna

pytestmark = pytest.mark.django_db
BASE = "/comparar/"


@pytest.fixture
def laguna() -> SmallLaguna:
    return make_small_laguna()


def test_places_are_drawn_and_said_at_one_period(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{BASE}?indicador=homicidios&lugares=05035,10007").content.decode()

    assert "En 2019 el valor más alto es el de Torreón, 129 personas" in page
    assert "y el más bajo el de Gómez Palacio, 64 personas" in page
    assert page.count("<svg") >= 4
    assert '<meta name="robots" content="noindex">' in page


def test_the_address_is_put_in_order(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"{BASE}?indicador=homicidios&lugares=10007,05035,10007")

    assert response.status_code == 302
    assert response["Location"] == f"{BASE}?indicador=homicidios&lugares=05035,10007"


def test_what_is_of_another_series_is_not_drawn_and_the_reason_is_said(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get(f"{BASE}?indicador=homicidios&lugares=05035,10007,MEX").content.decode()

    assert "No se agregó: México" in page
    assert "otra unidad y otra fuente" in page


def test_the_series_is_the_one_most_places_have(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{BASE}?indicador=homicidios&lugares=05,10,MEX").content.decode()

    assert "el valor más alto es el de México, 29.0" in page
    assert "No se agregó" not in page


def test_a_place_of_another_period_is_named_with_its_last(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get(f"{BASE}?indicador=internet&lugares=05017,05035,10007").content.decode()

    assert "No todos tienen dato de 2020" in page
    assert "Matamoros (2015)" in page


def test_a_place_is_added_by_its_name(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"{BASE}?indicador=homicidios&lugares=05035&lugar=gomez palacio")

    assert response.status_code == 302
    response = client.get(response["Location"])  # the parameters in their one order
    if response.status_code == 302:
        response = client.get(response["Location"])
    assert "Gómez Palacio" in response.content.decode()
    assert "05035,10007" in response.content.decode()


def test_a_name_of_several_places_offers_them(laguna: SmallLaguna, client: Client) -> None:
    make_place("28022", "Matamoros", parent=laguna.places["10"])
    page = client.get(f"{BASE}?indicador=poblacion&lugar=matamoros&lugares=05035", follow=True)

    text = page.content.decode()
    assert "puede ser más de un lugar" in text
    assert "05017" in text


def test_a_ninth_place_is_refused_with_what_to_do(laguna: SmallLaguna, client: Client) -> None:
    for number in range(8):
        make_place(f"2000{number}", f"Pueblo {number}")
    codes = ",".join(f"2000{number}" for number in range(8))
    page = client.get(f"{BASE}?indicador=internet&lugares={codes}&lugar=torreon", follow=True)

    assert "primero hay que quitar alguno" in page.content.decode()


def test_one_place_on_many_follows_its_own_series_and_period(
    laguna: SmallLaguna, client: Client
) -> None:
    page = client.get(f"{BASE}?lugar=05035").content.decode()

    assert "Torreón junto a otros lugares" in page
    assert "3 indicadores" in page
    assert "otra serie" in page
    assert ">Producto del país<" not in page


def test_one_place_on_a_topic(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{BASE}?lugar=05035&tema=seguridad").content.decode()

    assert ">Homicidios<" in page
    assert ">Población total<" not in page


def test_a_place_written_by_name_leads_to_its_code(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"{BASE}?lugar=Torreón")

    assert response.status_code == 302
    assert response["Location"] == f"{BASE}?lugar=05035"


def test_another_place_is_set_beside(laguna: SmallLaguna, client: Client) -> None:
    response = client.get(f"{BASE}?lugar=05035&q=lerdo")

    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Quitar Lerdo" in page


def test_a_place_that_is_none_says_so(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{BASE}?lugar=Zzyzx").content.decode()

    assert "No se encuentra «Zzyzx»" in page


def test_an_indicator_is_found_by_words(laguna: SmallLaguna, client: Client) -> None:
    page = client.get(f"{BASE}?q=poblacion").content.decode()

    assert f"{BASE}?indicador=poblacion&amp;lugares=05017,05035,10007,10012" in page


def test_an_unknown_indicator_says_so(laguna: SmallLaguna, client: Client) -> None:
    assert "No hay ningún indicador" in client.get(f"{BASE}?indicador=nada").content.decode()


def test_it_begins_without_anything_published(db: None, client: Client) -> None:
    assert client.get(BASE).status_code == 200
    assert client.get(f"/en{BASE}").status_code == 200
