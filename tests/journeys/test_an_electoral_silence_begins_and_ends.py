"""The one who answers sets an electoral silence; readers are told; it is lifted and all is back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.conftest import Demo
from tests.journeys.test_a_card_is_locked_retired_and_brought_back import status_of
from tests.journeys.test_an_error_is_reported_and_answered import wcag_of

pytestmark = pytest.mark.journey


def set_days(page: Any, first: Any, last: Any) -> None:
    """Write both days and save."""
    for field, day in (("starts", first), ("ends", last)):
        page.locator(f"#id_{field}").fill(f"{day:%Y-%m-%d}")
        page.keyboard.press("Escape")  # the calendar covers what comes below
    page.locator("footer button[type=submit]").first.click()


def test_readers_are_told_and_everything_comes_back(
    demo: Demo, sign_in: Callable[..., Any], new_context: Callable[..., Any]
) -> None:
    today = datetime.now(ZoneInfo("America/Monterrey")).date()
    admin = sign_in()
    admin.get_by_role("link", name="Veda electoral").click()
    admin.goto(f"{demo.url}/admin/snippets/publishing/silence/add/")
    admin.locator("#id_reason").fill("Elecciones de ejemplo")
    admin.locator("#id_basis").fill("Artículo de ejemplo")
    set_days(admin, today, today + timedelta(days=2))
    admin.wait_for_url(f"{demo.url}/admin/snippets/publishing/silence/")
    try:
        reader = new_context().new_page()
        reader.set_viewport_size({"width": 390, "height": 844})
        reader.wait_for_timeout(1000)  # what is decided is read within a second
        answer = reader.goto(f"{demo.url}/boletin/1/")
        assert answer.status == 451
        reader.get_by_text("Artículo de ejemplo").first.wait_for()
        assert wcag_of(reader) == []
        reader.goto(f"{demo.url}/boletin/")
        reader.get_by_text("Hasta el").first.wait_for()
        assert wcag_of(reader) == []
        assert b"Veda electoral" in demo.get("/boletin/feed.atom")
        for path in ("/indicadores/", "/analisis/", "/datos/", "/contacto/", "/boletin/suscribir/"):
            assert status_of(demo, path) == 200, path
        admin.goto(f"{demo.url}/admin/")
        admin.locator(".tz-desk").get_by_text("Veda electoral hasta el").wait_for()
    finally:
        admin.goto(f"{demo.url}/admin/snippets/publishing/silence/")
        admin.get_by_role("link", name="Elecciones de ejemplo").first.click()
        set_days(admin, today - timedelta(days=9), today - timedelta(days=8))
        admin.wait_for_url(f"{demo.url}/admin/snippets/publishing/silence/")
    reader.wait_for_timeout(1000)
    assert reader.goto(f"{demo.url}/boletin/1/").status == 200
    assert b"Veda electoral" not in demo.get("/boletin/feed.atom")
