"""What changed in each release can be read value by value, and followed by feed."""

import feedparser
import pytest
from django.test import Client

from tests.factories import observations
from tests.indicators_public.small_indicator import homicides, read, words

pytestmark = pytest.mark.django_db
VERSIONS = "/indicadores/homicidios/versiones/"


def test_a_correction_shows_what_it_said_and_what_it_says(client: Client) -> None:
    series = homicides()
    observations(series, {"10012": {"2018": 31, "2020": 20}}, title="Corrección", initial=False)
    page = read(client, VERSIONS)
    assert "1 dato nuevo, 1 dato corregido" in page
    assert "<del>26</del>" in page and "<ins>31</ins>" in page
    assert "primera publicación, 15 datos" in page
    english = words(client, f"/en{VERSIONS}")
    assert "1 new value, 1 corrected value" in english


def test_the_page_of_the_indicator_lists_its_latest_versions(client: Client) -> None:
    series = homicides()
    observations(series, {"10012": {"2018": 31}}, initial=False)
    page = words(client, "/indicadores/homicidios/")
    assert "1.1" in page and "1 dato corregido" in page


def test_the_feed_tells_changes_but_not_the_first_load(client: Client) -> None:
    series = homicides()
    feed = "/indicadores/homicidios/feed.atom"
    assert feedparser.parse(client.get(feed).content).entries == []
    observations(series, {"10012": {"2020": 20}}, initial=False)
    found = feedparser.parse(client.get(feed).content)
    assert [entry.title for entry in found.entries] == ["Homicidios: 1 dato nuevo (Lerdo, 2020)"]
    english = feedparser.parse(client.get(f"/en{feed}").content)
    assert english.entries[0].title == "Homicides: 1 new value (Lerdo, 2020)"
