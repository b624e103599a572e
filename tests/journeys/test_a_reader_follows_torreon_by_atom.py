"""A reader takes the Atom address from Torreón's page; what changes there is in it, once."""

from collections.abc import Callable
from typing import Any

import feedparser
import pytest

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_goes_from_draft_to_public import PASSWORD, add_person
from tests.journeys.test_the_month_s_bulletin_comes_out import change_a_card

pytestmark = pytest.mark.journey


def test_what_changes_in_torreon_reaches_the_feed_reader(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    reader = new_context().new_page()
    reader.goto(f"{demo.url}/lugares/")
    reader.get_by_role("link", name="Torreón", exact=True).first.click()
    shown = reader.get_by_role("link", name="Atom", exact=True).first.get_attribute("href")
    found = reader.locator("link[type='application/atom+xml']").last.get_attribute("href")
    assert shown == found and shown is not None and shown.startswith("/lugares/05035-")
    before = [entry.id for entry in feedparser.parse(demo.get(shown)).entries]

    admin = sign_in()
    ana, luis = (
        sign_in(add_person(admin, demo, role), PASSWORD) for role in ("Analista", "Revisión")
    )
    changed = change_a_card(demo, ana, luis)
    reader.wait_for_timeout(1000)  # what is published is read within a second

    feed = feedparser.parse(demo.get(shown))
    assert not feed.bozo and feed.feed.title == "Novedades de Torreón"
    newest = feed.entries[0]
    assert changed in newest.title and newest.updated.endswith(("Z", "-06:00", "+00:00"))
    assert newest.id not in before and [entry.id for entry in feed.entries[1:]] == before
    reader.goto(newest.link)
    assert reader.get_by_role("heading", level=1).inner_text() == changed
    again = [entry.id for entry in feedparser.parse(demo.get(shown)).entries]
    assert again == [entry.id for entry in feed.entries]
