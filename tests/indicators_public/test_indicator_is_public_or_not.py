"""Drafts are not public, archived indicators say so, previews are marked and never kept."""

import pytest
from django.test import Client, RequestFactory

from tests.factories import make_institute
from tests.indicators_public.small_indicator import homicides, rates_of_states, words
from traza.indicators.indicator_paths import public_paths
from traza.indicators.views import render_indicator
from traza.publishing.models import Redirect

pytestmark = pytest.mark.django_db
PAGE = "/indicadores/homicidios/"


def test_a_draft_is_not_found(client: Client) -> None:
    indicator = homicides().indicator
    indicator.live = False
    indicator.save()
    for path in (PAGE, f"{PAGE}tabla/", f"{PAGE}versiones/", f"{PAGE}feed.atom",
                 "/indicadores/homicidios.csv", "/indicadores/homicidios.svg"):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_an_archived_indicator_says_so_and_gives_no_data(client: Client) -> None:
    indicator = homicides().indicator
    indicator.is_archived = True
    indicator.save()
    assert "se archivó" in words(client, PAGE, status=410)
    assert client.get("/indicadores/homicidios.csv").status_code == 404


def test_a_former_address_leads_to_the_present_one(client: Client) -> None:
    homicides()
    Redirect.objects.create(old_path="/indicadores/asesinatos/", new_path=PAGE)
    assert client.get("/indicadores/asesinatos/tabla/")["Location"] == f"{PAGE}tabla/"


def test_a_preview_is_marked_not_kept_and_not_indexed(rf: RequestFactory) -> None:
    indicator = homicides().indicator
    indicator.live = False
    found = render_indicator(rf.get("/"), indicator, preview=True)
    page = found.content.decode()
    assert "Vista previa" in page and "129" in page
    assert found["Cache-Control"] == "no-store" and 'content="noindex"' in page
    assert "ld+json" not in page


def test_an_indicator_nobody_knows_is_not_found(client: Client) -> None:
    make_institute()
    assert client.get("/indicadores/nada/").status_code == 404


def test_every_address_rendered_ahead_answers(client: Client) -> None:

    rates_of_states(homicides().indicator)
    paths = [path.path for path in public_paths()]
    assert {PAGE, f"/en{PAGE}", f"{PAGE}mapa/", "/indicadores/homicidios.xlsx"} <= set(paths)
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_the_page_reads_the_database_little(
    client: Client, django_assert_max_num_queries: object
) -> None:
    homicides()
    client.get(PAGE)
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        client.get(PAGE)
