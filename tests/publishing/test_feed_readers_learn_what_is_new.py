"""Feeds in three formats: valid, absolute, permanent, in both languages."""

import json
from collections.abc import Callable
from email.utils import parsedate_to_datetime
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


@pytest.mark.parametrize("name", ["feed.atom", "rss.xml"])
def test_topics_and_places_have_their_own(
    client: Client,
    publish: Publish,
    topics: dict[str, Topic],
    places: dict[str, Place],
    name: str,
) -> None:
    publish(topics=[topics["delitos"]], places=[places["05035"]], sentence="Homicidios: nuevo")

    for base in ("/temas/delitos/", "/lugares/05035-torreon/", "/en/temas/delitos/"):
        parsed = feedparser.parse(client.get(f"{base}{name}").content)
        assert not parsed.bozo
        assert parsed.feed.link == f"http://testserver{base}"
        assert [entry.title for entry in parsed.entries] == ["Homicidios: nuevo"]
    other = client.get(f"/lugares/10007-gomez-palacio/{name}")
    assert feedparser.parse(other.content).entries == []
    assert client.get(f"/lugares/99999-nada/{name}").status_code == 404
    assert client.get(f"/temas/nada/{name}").status_code == 404


def test_a_topic_is_followed_as_json(
    client: Client, publish: Publish, topics: dict[str, Topic]
) -> None:
    publish(topics=[topics["delitos"]], sentence="Homicidios: nuevo")

    feed = json.loads(client.get("/temas/delitos/feed.json").content)

    assert feed["feed_url"] == "http://testserver/temas/delitos/feed.json"
    assert feed["home_page_url"] == "http://testserver/temas/delitos/"
    assert [item["title"] for item in feed["items"]] == ["Homicidios: nuevo"]


def test_an_rss_channel_has_what_its_version_requires(client: Client, news: Change) -> None:
    """RSS 2.0: title, link and description; dates of RFC 822; an identifier that is no address."""
    channel = ElementTree.fromstring(client.get("/rss.xml").content).find("channel")

    assert channel is not None
    for name in ("title", "link", "description"):
        assert channel.findtext(name)
    item = channel.find("item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"
    at = parsedate_to_datetime(item.findtext("pubDate") or "")
    assert at.utcoffset() is not None
    assert at == news.at.replace(microsecond=0)


def test_who_follows_a_topic_that_is_renamed_sees_nothing_twice(
    client: Client, publish: Publish, topics: dict[str, Topic]
) -> None:
    publish(topics=[topics["delitos"]], sentence="Homicidios: nuevo")
    before = feedparser.parse(client.get("/temas/delitos/feed.atom").content)

    topics["delitos"].code = "inseguridad"
    topics["delitos"].save()
    after = feedparser.parse(client.get("/temas/inseguridad/feed.atom").content)

    assert after.feed.id == before.feed.id
    assert [entry.id for entry in after.entries] == [entry.id for entry in before.entries]
    of_site = feedparser.parse(client.get("/feed.atom").content)
    in_english = feedparser.parse(client.get("/en/temas/inseguridad/feed.atom").content)
    assert len({after.feed.id, of_site.feed.id, in_english.feed.id}) == 3


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
        subject="sitio",
    )
    for format_name in ("atom", "rss"):
        ElementTree.fromstring(build_feed(feed, format_name))  # type: ignore[arg-type]
    assert json.loads(build_feed(feed, "json"))["items"][0]["id"].endswith("cambio/7")
