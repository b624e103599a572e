"""An address that holds nothing says what may have been meant; one that was withdrawn says so."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied, server_error

from tests.site.small_site import build_small_site
from traza.publishing.actions import Entry, publish_entries
from traza.publishing.revision import public_change
from traza.site.models import StandardPage

BARE_LAND = Entry(
    kind="page",
    key="suelo",
    title="Área no urbanizada",
    path="/suelo/",
    what="initial",
    sentence="Área no urbanizada: página publicada",
    at=datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.fixture
def published(db: None, home: Path) -> None:
    build_small_site(home)


def text(client: Client, address: str, status: int) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_mistaken_address_offers_what_was_meant(client: Client, published: None) -> None:
    page = text(client, "/indicadores/homicdios-torreon/", 404)
    assert 'href="/indicadores/homicidios/"' in page
    assert 'action="/buscar/"' in page


def test_an_address_that_resembles_nothing_offers_only_the_search(
    client: Client, published: None
) -> None:
    with public_change():
        publish_entries([BARE_LAND])
    # "no" is in the title, and means nothing.
    page = text(client, "/no-existe/", 404)
    assert "Quizá sea una de estas" not in page
    assert 'action="/buscar/"' in page


def test_in_english_too(client: Client, published: None) -> None:
    page = text(client, "/en/dwellings/internet/", 404)
    assert 'href="/en/indicadores/viviendas-con-internet/"' in page
    assert "This page does not exist" in page


@pytest.mark.parametrize("address", ["/%00/", "/" + "a" * 900 + "/", "/%F0%9F%98%80/", "/.env"])
def test_strange_addresses_are_only_not_found(
    client: Client, published: None, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_what_was_withdrawn_is_gone_and_says_so(client: Client, published: None) -> None:
    StandardPage.objects.get(slug="terminos").unpublish()
    page = text(client, "/terminos/", 410)
    assert "Términos de uso: se retiró del sitio" in page
    assert "noindex" in page


def test_what_comes_back_is_read_again(client: Client, published: None) -> None:
    page = StandardPage.objects.get(slug="terminos")
    page.unpublish()
    page.refresh_from_db()
    page.save_revision().publish()
    assert client.get("/terminos/").status_code == 200


def test_without_permission_the_page_says_where_to_ask(db: None) -> None:
    request = RequestFactory().get("/algo/")
    response = permission_denied(request, PermissionDenied())
    assert response.status_code == 403
    assert "pide un permiso" in response.content.decode()


def test_our_own_failure_is_said_without_the_database() -> None:
    response = server_error(RequestFactory().get("/algo/"))  # the test has no database
    assert response.status_code == 500
    assert "Algo falló de nuestro lado" in response.content.decode()
