"""Feeds in three formats: valid, absolute, permanent, in both languages."""

import json
from collections.abc import Callable
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traza.foundation.models import Institute
from traza.places.models import Place
from traza.publishing.feeds import Feed, build_feed
from traza.publishing.models import Change, Publication, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.publishing.urls")]
ATOM = "{http://www.w3.org/2005/Atom}"
Publish = Callable[..., Publication]
ADDRESSES = ["/feed.atom", "/rss.xml", "/en/feed.atom", "/en/rss.xml"]


@pytest.fixture
def news(publish: Publish) -> Change:
    publish(what="initial", summary="Muertes <b>&</b> violencia")
    publish(
        what="new_data",
        summary="Muertes <b>&</b> violencia",
        sentence="Homicidios: 12 datos nuevos",
        sentence_en="Homicides: 12 new figures",
    )
    return Change.objects.get(what="new_data")


@pytest.mark.parametrize("address", ADDRESSES)
def test_readers_understand_every_feed(client: Client, news: Change, address: str) -> None:
    response = client.get(address)
    parsed = feedparser.parse(response.content)

    english = address.startswith("/en/")
    assert not parsed.bozo
    assert parsed.feed.link == "http://testserver/en/" if english else "http://testserver/"
    (entry,) = parsed.entries
    assert entry.title == (
        "Homicides: 12 new figures" if english else "Homicidios: 12 datos nuevos"
    )
    prefix = "/en" if english else ""
    assert entry.link == f"http://testserver{prefix}/indicadores/homicidios/"
    assert entry.id == f"tag:testserver,{news.at:%Y-%m-%d}:cambio/{news.pk}"


@pytest.mark.parametrize("published", [True, False])
def test_atom_has_what_the_standard_requires(
    client: Client, publish: Publish, published: bool
) -> None:
    """RFC 4287 §4.1.1 and §4.1.2: id, title, updated, author, self link; entries likewise."""
    if published:
        publish(sentence="Homicidios: indicador publicado")

    response = client.get("/feed.atom")
    root = ElementTree.fromstring(response.content)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert element.findtext(f"{ATOM}{name}")
    assert root.findtext(f"{ATOM}author/{ATOM}name") == Institute.load().name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/feed.atom"
    assert len(root.findall(f"{ATOM}entry")) == int(published)


def test_json_feed_has_what_its_version_requires(client: Client, news: Change) -> None:
    response = client.get("/feed.json")
    feed = json.loads(response.content)

    assert response["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://testserver/feed.json"
    (item,) = feed["items"]
    assert item["id"].startswith("tag:testserver,")
    assert item["content_text"] == "Muertes <b>&</b> violencia"


def test_a_first_load_is_in_no_feed(client: Client, publish: Publish) -> None:
    publish(what="initial")

    assert feedparser.parse(client.get("/feed.atom").content).entries == []
    assert feedparser.parse(client.get("/rss.xml").content).entries == []
    assert json.loads(client.get("/feed.json").content)["items"] == []


def test_a_feed_without_news_is_as_old_as_the_site(client: Client, publish: Publish) -> None:
    publish(what="initial")

    began = Change.objects.get().at.isoformat()
    assert feedparser.parse(client.get("/feed.atom").content).feed.updated == began


def test_the_same_state_gives_the_same_bytes(client: Client) -> None:
    assert client.get("/feed.atom").content == client.get("/feed.atom").content
    assert b"2000-01-01" in client.get("/feed.atom").content


def test_topics_and_places_have_their_own(
    client: Client, publish: Publish, topics: dict[str, Topic], places: dict[str, Place]
) -> None:
    publish(topics=[topics["delitos"]], places=[places["05035"]], sentence="Homicidios: nuevo")

    for address in ("/temas/delitos/feed.atom", "/lugares/05035-torreon/feed.atom"):
        assert len(feedparser.parse(client.get(address).content).entries) == 1
    other = client.get("/lugares/10007-gomez-palacio/feed.atom")
    assert feedparser.parse(other.content).entries == []
    assert client.get("/lugares/99999-nada/feed.atom").status_code == 404
    assert client.get("/temas/nada/feed.atom").status_code == 404


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_gives_well_formed_xml(text: str) -> None:
    import datetime

    publication = Publication(kind="page", key="1", title=text, summary=text, path="/ñandú/")
    at = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    change = Change(pk=7, publication=publication, sentence=text, at=at)
    feed = Feed(
        title=text,
        description=text,
        page_path="/",
        feed_path="/feed.atom",
        lang="es",
        changes=[change],
        author=text,
    )
    for format_name in ("atom", "rss"):
        ElementTree.fromstring(build_feed(feed, format_name))  # type: ignore[arg-type]
    assert json.loads(build_feed(feed, "json"))["items"][0]["id"].endswith("cambio/7")
