"""What is published offers links that load nothing, a short address and its code."""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from tests.site.small_site import build_small_site
from traza.publishing.models import Publication

PAGES = ["/indicadores/homicidios/", "/lugares/05035-torreon/", "/temas/seguridad/"]


@pytest.fixture(autouse=True)
def published(db: None, home: Path) -> None:
    build_small_site(home)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("address", [*PAGES, "/terminos/", "/preguntas-frecuentes/"])
def test_a_page_offers_its_short_address(client: Client, address: str, prefix: str) -> None:
    code = Publication.objects.get(path=address).short

    page = client.get(f"{prefix}{address}").content.decode()

    assert f"http://testserver{prefix}/i/{code}</code>" in page
    for place in ("https://wa.me/?text=", "mailto:?subject=", "https://x.com/intent", "facebook"):
        assert f'href="{place}' in page or f'href="https://www.{place}' in page
    assert client.get(f"{prefix}/i/{code}", follow=True).redirect_chain == [
        (f"{prefix}{address}", 301)
    ]


@pytest.mark.parametrize("address", [*PAGES, "/terminos/"])
def test_a_page_has_a_card_of_its_own(client: Client, address: str) -> None:
    page = client.get(address).content.decode()

    found = re.search(r'property="og:image" content="http://testserver([^"]+)"', page)
    assert found is not None
    assert found[1] != "/tarjeta.png"
    card = client.get(found[1])
    assert card["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(card.content)).size == (1200, 630)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_page_names_its_three_feeds(client: Client, address: str, prefix: str) -> None:
    page = client.get(f"{prefix}{address}").content.decode()

    for kind, name in (("atom", "feed.atom"), ("rss", "rss.xml"), ("feed", "feed.json")):
        link = re.search(
            rf'type="application/{kind}\+\w+" title="[^"]+" href="({prefix}{address}{name})"', page
        )
        assert link is not None
        assert client.get(link[1]).status_code == 200


def test_pages_that_are_nothing_published_have_the_card_of_the_site(client: Client) -> None:
    for address in ("/", "/temas/", "/indicadores/homicidios/tabla/"):
        page = client.get(address).content.decode()
        assert 'id="compartir"' not in page
    assert 'content="http://testserver/tarjeta.png"' in client.get("/temas/").content.decode()


def test_a_search_is_narrowed_without_the_script(client: Client) -> None:
    page = client.get("/buscar/?q=homicidios").content.decode()
    assert 'href="?q=homicidios&amp;tipo=indicator"' in page
    assert 'href="?q=homicidios&amp;tema=seguridad"' in page

    chosen = client.get("/buscar/?q=homicidios&tipo=indicator&tema=seguridad").content.decode()
    assert 'href="?q=homicidios&amp;tema=seguridad" aria-current' not in chosen
    assert 'href="?q=homicidios&amp;tipo=indicator&amp;tema=seguridad" aria-current' in chosen
    assert 'name="robots" content="noindex"' in chosen

    nothing = client.get("/buscar/?q=homicidios&tema=sociedad").content.decode()
    assert 'href="?q=homicidios"' in nothing
    strange = client.get("/buscar/", {"q": "homicidios", "tema": "<xss>\0"})
    assert strange.status_code == 200
    assert b"<xss>" not in strange.content


def test_one_search_has_one_address(client: Client) -> None:
    answer = client.get("/buscar/?tema=seguridad&q=homicidios&otra=1")
    assert answer["Location"] == "/buscar/?q=homicidios&tema=seguridad"
