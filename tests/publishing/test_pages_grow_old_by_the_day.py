"""A page says how old its figure is, so what is stored lasts a day at most."""

import datetime
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import call_command

from traza.publishing.revision import current_revision, new_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in_memory(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_the_revision_rises_once_a_day() -> None:
    before = current_revision()
    for day, expected in ((1, True), (1, False), (2, True), (2, False)):
        with patch("django.utils.timezone.localdate", return_value=datetime.date(2026, 3, day)):
            assert new_day() is expected
    assert current_revision() == before + 2


def test_the_minute_does_it() -> None:
    before = current_revision()
    call_command("tick")
    assert current_revision() == before + 1
