"""The page store of this installation, put together from its settings."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections

from traza.publishing.revision import current_revision
from traza.publishing.store.application import PageStore
from traza.publishing.store.disk import PageDisk
from traza.publishing.store.files import FileServer
from traza.publishing.store.hosts import Hosts
from traza.publishing.store.revision_watch import TOO_OLD

#: Settings that change what a page says without changing any data.
_IN_PAGES = (
    "TRAZA_BUILD",
    "TRAZA_BASE_URL",
    "LANGUAGE_CODE",
    "TIME_ZONE",
    "DEBUG",
    "STATIC_URL",
    "MEDIA_URL",
)


def build_key() -> str:
    """Return a short hash of the build and of the settings that pages depend on."""
    values: dict[str, Any] = {name: str(getattr(settings, name)) for name in _IN_PAGES}
    values["static"] = _front_end()
    text = json.dumps(values, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _front_end() -> str:
    found = finders.find("traza/build/manifest.json")
    return Path(str(found)).read_text(encoding="utf-8") if found else ""


def page_disk() -> PageDisk:
    """Return the stored pages of this build."""
    return PageDisk(Path(settings.TRAZA_HOME) / "pages", build_key())


def page_store(django: Any, *, watch: bool = True, max_age: float = TOO_OLD) -> PageStore:
    """Return the store in front of ``django`` (a WSGI application)."""
    files = FileServer(
        static_url=settings.STATIC_URL,
        static_root=Path(settings.STATIC_ROOT),
        media_url=settings.MEDIA_URL,
        media_root=Path(settings.MEDIA_ROOT),
        find=lambda name: finders.find(name) or None,
    )
    return PageStore(
        django,
        disk=page_disk(),
        read_revision=current_revision,
        hosts=Hosts(settings.ALLOWED_HOSTS, settings.TRAZA_BASE_URL),
        files=files,
        close_connections=connections.close_all,
        watch=watch,
        max_age=max_age,
    )
