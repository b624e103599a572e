"""What Wagtail leaves in English is said in Spanish, and nothing in it is broken."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse

import traza

CATALOGUE = Path(traza.__file__).parent / "locale/es/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|{\w+}|</?\w+>")


@pytest.mark.pure
def test_placeholders_survive_and_the_compiled_file_is_fresh() -> None:
    with CATALOGUE.open("rb") as file:
        written = read_po(file)
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    for message in written:
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        spanish = [message.string] if isinstance(message.string, str) else list(message.string)
        for original, text in zip(originals, spanish, strict=True):
            assert text
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(original))
        twin = compiled.get(originals[0])
        assert twin is not None
        compiled_text = [twin.string] if isinstance(twin.string, str) else list(twin.string)
        assert compiled_text == spanish


def test_screens_speak_spanish(signed_in: Callable[[Any], Client]) -> None:
    browser = signed_in("administrator")
    for url in (
        "/admin/",
        reverse("traza_audit_log"),
        reverse("traza_imports"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailsnippets_indicators_indicator:list"),
    ):
        page = browser.get(url).content.decode()
        visible = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.S)
        words = re.sub(r"<[^>]+>", " ", visible)
        assert not re.search(r"\b(There are|No results|Show filters|Filter by|Search all)\b", words)
