"""The mock-ups of every kind of page: no rule of WCAG broken, no page wider than its window."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = sorted(p.stem for p in Path("src/traza/design/gallery").glob("*.html"))

pytestmark = [pytest.mark.journey, pytest.mark.pure]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(gallery: str, page: Any, name: str, scheme: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if "Content Security" in m.text else None)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{gallery}/{name}.html")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert errors == []


@pytest.mark.parametrize("width", [360, 1280, 3840])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_its_window(gallery: str, page: Any, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{gallery}/{name}.html")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_is_pressed_on_a_phone_is_44_px_high(gallery: str, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{gallery}/indicator.html")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, input, select, summary, .tabs a, .site-nav a, .brand, .chip a, .downloads a')]
            .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_paper_unfolds_words_but_not_long_tables(gallery: str, page: Any) -> None:
    page.goto(f"{gallery}/indicator.html")
    page.evaluate(
        """() => document.querySelector('main').insertAdjacentHTML('beforeend',
            '<details><summary>más</summary><table><tr><td id="folded">1</td></tr></table>'
            + '</details><details open><summary>más</summary>'
            + '<table><tr><td id="opened">1</td></tr></table>'
            + '</details><details><summary>cómo</summary><p id="words">1</p></details>')"""
    )
    page.emulate_media(media="print")
    shown = page.evaluate(
        """() => Object.fromEntries(['folded', 'opened', 'words'].map(id =>
            [id, document.getElementById(id).checkVisibility({contentVisibilityAuto: true})]))"""
    )
    assert shown == {"folded": False, "opened": True, "words": True}
    assert not page.locator(".downloads").first.is_visible()
