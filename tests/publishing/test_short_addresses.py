"""Everything published has a short address for ever, with a code that phones read and a card."""

import io
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from traza.charts import to_png
from traza.foundation.assets import font_dir
from traza.publishing import short
from traza.publishing.actions import withdraw_entry
from traza.publishing.models import Publication
from traza.publishing.revision import public_change
from traza.publishing.sharing import sharing_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.publishing.urls")]
Publish = Callable[..., Publication]


def read_code(png: bytes) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("RGB"))
    return str(found.text)


def test_it_leads_to_the_page_in_both_languages(client: Client, publish: Publish) -> None:
    code = publish().short

    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/i/{code}")
        assert answer.status_code == 301
        assert answer["Location"] == f"{prefix}/indicadores/homicidios/"


def test_it_is_derived_once_and_outlives_every_renaming(client: Client, publish: Publish) -> None:
    code = publish().short
    Publication.objects.update(key="asesinatos")

    assert publish(key="asesinatos", path="/indicadores/asesinatos/").short == code
    assert client.get(f"/i/{code}")["Location"] == "/indicadores/asesinatos/"


def test_the_same_thing_gets_the_same_code_elsewhere(publish: Publish) -> None:
    code = publish().short
    Publication.objects.all()[0].changes.all().delete()
    Publication.objects.all().delete()

    assert publish().short == code


def test_no_two_share_one(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short, "_letters", lambda name: f"bbbbb{name[-1]}zzzzzz")

    assert publish(key="uno-b").short == "bbbbb"
    assert publish(key="dos-c", path="/indicadores/dos/").short == "bbbbbc"


def test_what_was_published_before_gets_one(publish: Publish) -> None:
    publish()
    Publication.objects.update(short=None)
    row = Publication.objects.get()

    short.give_codes([row], Publication)

    assert row.short is not None
    assert set(row.short) <= set(short.ALPHABET)
    assert len(row.short) == short.SHORTEST


def test_an_unknown_one_leads_nowhere(client: Client, publish: Publish) -> None:
    publish()
    for end in ("", "/qr.svg", "/qr.png", "/tarjeta.png"):
        assert client.get(f"/i/nada{end}").status_code == 404


def test_what_was_withdrawn_is_led_to_where_that_is_said(client: Client, publish: Publish) -> None:
    code = publish().short
    with public_change():
        withdraw_entry(kind="indicator", key="homicidios")

    assert client.get(f"/i/{code}")["Location"] == "/indicadores/homicidios/"
    assert client.get(f"/i/{code}/tarjeta.png").status_code == 404
    assert sharing_of("/indicadores/homicidios/", "es") is None


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_phone_reads_its_code(client: Client, publish: Publish, prefix: str) -> None:
    code = publish().short
    address = f"http://testserver{prefix}/i/{code}"

    png = client.get(f"{prefix}/i/{code}/qr.png")
    svg = client.get(f"{prefix}/i/{code}/qr.svg")

    assert png["Content-Type"] == "image/png"
    assert read_code(png.content) == address
    assert Image.open(io.BytesIO(png.content)).width >= 800  # 7 cm at 300 dots an inch
    assert svg["Content-Type"] == "image/svg+xml"
    ElementTree.fromstring(svg.content)
    drawn = to_png(svg.content.decode(), width=400, font_dir=font_dir())
    assert read_code(drawn) == address


def test_its_card_is_drawn_from_what_it_says(client: Client, publish: Publish) -> None:
    one = publish(kind="page", key="1", title="Términos", path="/terminos/", summary="Qué se puede")
    other = publish(kind="page", key="2", title="Privacidad", path="/privacidad/")

    cards = [client.get(f"/i/{row.short}/tarjeta.png") for row in (one, other)]

    assert [card["Content-Type"] for card in cards] == ["image/png"] * 2
    assert Image.open(io.BytesIO(cards[0].content)).size == (1200, 630)
    assert cards[0].content != cards[1].content


def test_links_to_networks_carry_title_and_address(publish: Publish) -> None:
    code = publish(title="Agua & luz: 50 % más", title_en="Water").short

    sharing = sharing_of("/indicadores/homicidios/", "es")

    assert sharing is not None
    links = dict(sharing.links)
    said = "Agua%20%26%20luz%3A%2050%20%25%20m%C3%A1s"
    assert links["WhatsApp"] == f"https://wa.me/?text={said}%20http%3A%2F%2Ftestserver%2Fi%2F{code}"
    assert links["Correo"].startswith(f"mailto:?subject={said}&body={said}%0Ahttp%3A%2F%2F")
    english = sharing_of("/indicadores/homicidios/", "en")
    assert english is not None
    assert (english.title, english.short_url) == ("Water", f"http://testserver/en/i/{code}")
    assert sharing_of("/no-hay/", "es") is None
    assert sharing_of("/\0/", "es") is None
