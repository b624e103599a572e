"""Fixtures that every room's tests may use."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

# Playwright keeps an event loop in the main thread; Django must not take it for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# In CI the same examples every time: whoever works on a machine of their own finds new ones.
hypothesis_settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis_settings.load_profile("ci")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the system's Chromium instead of one that Playwright would download."""
    return {
        "executable_path": os.environ.get("TRAZA_CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """Read as someone in Torreón would."""
    return {
        "locale": "es-MX",
        "timezone_id": "America/Monterrey",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Give the test a data folder of its own."""
    settings.TRAZA_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    yield tmp_path


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Let no test read what another one's database said under the same revision."""
    from traza.indicators.queries.memory import forget

    forget()


@pytest.fixture(autouse=True)
def roots(request: pytest.FixtureRequest) -> None:
    """Put back what Wagtail's migrations made, where a test that commits has emptied the tables."""
    if "db" not in request.fixturenames and request.node.get_closest_marker("django_db") is None:
        return
    request.getfixturevalue("db")
    put_roots_back()


def put_roots_back() -> None:
    """Make the roots of pages and collections where there are none."""
    from wagtail.models import Collection, Locale, Page

    if Page.get_first_root_node() is None:
        Locale.objects.get_or_create(language_code="es-mx")
        Page.add_root(title="Raíz", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Raíz")
