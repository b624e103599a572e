"""Home and place pages say what they are (schema.org), have a card to share and feeds to follow."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.site.small_site import build_small_site
from traza.foundation.jsonld import jsonld
from traza.places.models import Place


@pytest.fixture
def published(db: None, home: Path) -> None:
    build_small_site(home)
    Place.objects.filter(code="05035").update(lon=-103.4, lat=25.5)


def things(client: Client, address: str) -> dict[str, Any]:
    page = client.get(address).content.decode()
    text = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    return {thing["@type"]: thing for thing in json.loads(text)["@graph"]}


def test_the_home_page_is_a_site_that_can_be_searched(client: Client, published: None) -> None:
    found = things(client, "/en/")
    assert found["WebSite"]["potentialAction"]["target"]["urlTemplate"] == (
        "http://testserver/en/buscar/?q={search_term_string}"
    )
    assert found["GovernmentOrganization"]["email"] == "a@example.org"


def test_a_place_has_its_code_its_position_and_the_way_to_it(
    client: Client, published: None
) -> None:
    found = things(client, "/lugares/05035-torreon/")
    assert found["AdministrativeArea"]["identifier"] == "05035"
    assert found["AdministrativeArea"]["geo"]["latitude"] == 25.5
    trail = found["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in trail] == ["Lugares", "México", "Coahuila", "Torreón"]


def test_nothing_in_it_can_end_the_element() -> None:
    text = jsonld({"name": "</script><script>alert(1)</script>", "empty": ""})
    assert "<" not in text
    assert json.loads(text)["@graph"] == [{"name": "</script><script>alert(1)</script>"}]


def test_every_page_has_a_card_and_feeds_in_its_language(client: Client, published: None) -> None:
    for prefix in ("", "/en"):
        page = client.get(f"{prefix}/temas/").content.decode()
        assert f'og:image" content="http://testserver{prefix}/tarjeta.png"' in page
        for name in ("feed.atom", "rss.xml", "feed.json"):
            assert f'href="{prefix}/{name}"' in page
            assert client.get(f"{prefix}/{name}").status_code == 200
        card = client.get(f"{prefix}/tarjeta.png")
        assert card["Content-Type"] == "image/png"
        assert card.content.startswith(b"\x89PNG")


def test_places_and_topics_offer_their_own_feed(client: Client, published: None) -> None:
    for address in ("/lugares/05035-torreon/", "/temas/seguridad/"):
        assert f'href="{address}feed.atom"' in client.get(address).content.decode()
        assert client.get(f"{address}feed.atom").status_code == 200


def test_places_are_proposed_in_the_language_of_the_page(client: Client, published: None) -> None:
    Place.objects.filter(code="MEX").update(name_en="Mexico")
    spanish = client.get("/lugares/sugerencias.json?q=mexic").json()["groups"][0]["items"][0]
    english = client.get("/en/lugares/sugerencias.json?q=mexic").json()["groups"][0]["items"][0]
    assert (spanish["title"], spanish["detail"]) == ("México", "País")
    assert (english["title"], english["detail"]) == ("Mexico", "Country")
    assert english["url"] == "/en/lugares/mex-mexico/"


@pytest.mark.parametrize("address", ["/", "/indicadores/homicidios/", "/lugares/05035-torreon/"])
def test_a_shared_page_says_each_thing_once(client: Client, published: None, address: str) -> None:
    head = client.get(address).content.decode().split("</head>")[0]
    for name in ("og:title", "og:description", "og:url", 'og:image"', "twitter:card"):
        assert head.count(name) == 1, name
