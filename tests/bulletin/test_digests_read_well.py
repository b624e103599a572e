"""A digest is read on a phone and as plain text, in the reader's language, and watches nobody."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.bulletin.conftest import happens, links_in, read_mail
from tests.mail.judge import faults
from traza.bulletin.actions.cutting import cut
from traza.bulletin.actions.telling import tell_due
from traza.bulletin.models import Subscriber
from traza.bulletin.writing import MOST
from traza.foundation.mail.compose import POLICY
from traza.publishing.models import Publication

HOMICIDES, THEFT = "/indicadores/homicidios/", "/indicadores/robos/"


@pytest.fixture(autouse=True)
def addresses_here(settings: Any) -> None:
    """Let the judge see addresses as they are in earnest."""
    settings.TRAZA_BASE_URL = "https://implan.example"
    settings.DEFAULT_FROM_EMAIL = "Instituto <boletin@implan.example>"


def week(home: Path, email: str = "ana@example.org") -> Any:
    """Tell what happened and return the mail of somebody."""
    cut("weekly", timezone.now())
    tell_due()
    return read_mail(home, email)[-1]


def both(mail: Any) -> tuple[str, str]:
    text = mail.get_body(("plain",)).get_content()
    return text, mail.get_body(("html",)).get_content()


def test_news_are_grouped_by_what_they_happened_to_the_newest_first(
    lines: dict[str, Publication], follower: Callable[..., Subscriber], home: Path
) -> None:
    follower("ana@example.org", "/temas/seguridad/").subscriptions.update(
        confirmed_at=timezone.now() - timedelta(days=9)
    )
    for hours, line, said in ((30, HOMICIDES, "Homicidios: datos de 2024"),
                              (20, THEFT, "Robo de vehículos: corregido"),
                              (10, HOMICIDES, "Homicidios: datos de 2025")):  # fmt: skip
        happens(lines[line], said, timezone.now() - timedelta(hours=hours))
    mail = week(home)
    assert mail["Subject"] == "Lo nuevo de la semana · Instituto"
    text, html = both(mail)
    order = ["Homicidios: datos de 2025", "Homicidios: datos de 2024", "Robo de vehículos"]
    for body in (text, html):
        assert [body.index(one) for one in order] == sorted(body.index(one) for one in order)
        assert body.count("https://implan.example/indicadores/homicidios/") == 1
    assert "color-scheme" in html and "max-width:600px" in html and "viewport" in html
    assert faults(mail.as_bytes(policy=POLICY), listed=True) == []


def test_no_reader_is_watched(
    lines: dict[str, Publication], follower: Callable[..., Subscriber], home: Path
) -> None:
    for who in ("ana", "eva"):
        follower(f"{who}@example.org", "/temas/seguridad/")
    happens(lines[HOMICIDES], "Homicidios: datos de 2025")
    bodies = []
    for who in ("ana", "eva"):
        text, html = both(week(home, f"{who}@example.org"))
        assert not re.search(r"<img|<script|<link|url\(|@import|src=", html)
        own = re.compile(r"https://implan\.example/boletin/(baja|preferencias)/\S+?/(?=[\s\"])")
        assert {found[1] for found in own.finditer(text)} == {"baja", "preferencias"}
        bodies.append((own.sub("", text), own.sub("", html)))
    # Only what its owner acts by is different: no address says who opens it.
    assert bodies[0] == bodies[1]


def test_a_long_digest_is_cut_and_leads_to_all_of_it(
    lines: dict[str, Publication],
    follower: Callable[..., Subscriber],
    publish: Callable[..., Publication],
    home: Path,
    client: Client,
) -> None:
    follower("ana@example.org", "seccion.indicator")
    for number in range(MOST + 3):
        publish(f"n{number}", title=f"Número {number}", what="published", sentence=f"N{number}")
    text, html = both(week(home))
    assert text.count("* ") == MOST
    assert "Ver todo: hay 3 novedades más" in text and "Ver todo: hay 3 novedades más" in html
    assert "https://implan.example/boletin/novedades/" in text
    page = client.get("/boletin/novedades/").content.decode()
    assert all(f">N{number}<" in page for number in range(MOST + 3))


def test_who_reads_english_gets_english(
    lines: dict[str, Publication], follower: Callable[..., Subscriber], home: Path
) -> None:
    follower("ana@example.org", "/temas/seguridad/", language="en")
    change = happens(lines[HOMICIDES], "Homicidios: datos de 2025")
    change.sentence_en = "Homicides: data for 2025"
    change.save()
    mail = week(home)
    text, html = both(mail)
    assert mail["Subject"] == "This week's news · Instituto"
    for body in (text, html):
        assert "Homicides: data for 2025" in body
        assert "https://implan.example/en/indicadores/homicidios/" in body
        assert not re.search(r"Darse de baja|Cambiar|novedad", body)
    assert all(path.startswith("/en/") for path in links_in(mail))


def test_alone_at_once_the_subject_says_what_it_is(
    lines: dict[str, Publication], follower: Callable[..., Subscriber], home: Path
) -> None:
    follower("ana@example.org", HOMICIDES, often="now")
    happens(lines[HOMICIDES], "Homicidios: datos de 2025")
    cut("now", timezone.now())
    tell_due()
    assert read_mail(home, "ana@example.org")[-1]["Subject"].startswith("Homicidios: datos de 2025")


EVIL = [
    "[[unsubscribe_url]] y [[secreto]]",
    "<script>alert(1)</script> & «otros»",
    "Uno\nBcc: todos@example.org",
    "]] [[[[ {{ 7*7 }} {% now %}",
]


@pytest.mark.parametrize("said", EVIL)
def test_titles_are_words_whatever_they_hold(
    said: str, lines: dict[str, Publication], follower: Callable[..., Subscriber], home: Path
) -> None:
    follower("ana@example.org", HOMICIDES, often="now")
    happens(lines[HOMICIDES], said)
    cut("now", timezone.now())
    tell_due()
    mail = read_mail(home, "ana@example.org")[-1]
    text, html = both(mail)
    assert "<script" not in html and "[[" not in text + html and mail["Bcc"] is None
    assert text.count("/boletin/baja/") == 1
    assert faults(mail.as_bytes(policy=POLICY), listed=True) == []
