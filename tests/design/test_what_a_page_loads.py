"""The style sheet, the script and the fonts stay small, complete and our own."""

import gzip
import json
import re

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template

from traza.foundation.assets import asset_path, asset_url, font_dir

pytestmark = pytest.mark.pure


def test_fonts_weigh_60_kb_at_most() -> None:
    total = sum(asset_path(name).stat().st_size for name in ("sans.woff2", "serif.woff2"))
    assert 20_000 < total <= 60_000


def test_style_sheet_weighs_12_kb_at_most() -> None:
    css = asset_path("main.css").read_bytes()
    assert b"--accent" in css
    assert len(brotli.compress(css, quality=5)) <= 12_000


def test_script_weighs_10_kb_at_most() -> None:
    assert 1_000 < len(gzip.compress(asset_path("frame.js").read_bytes())) <= 10_000


def test_nothing_is_asked_from_elsewhere() -> None:
    for name in ("main.css", "frame.js"):
        text = (
            asset_path(name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        )
        assert not re.search(r"(https?:)?//[a-z]", text), name


def test_every_font_the_style_sheet_names_is_there() -> None:
    css = asset_path("main.css").read_text(encoding="utf-8")
    named = re.findall(r"url\(\"?\./([^)\"]+)", css)
    assert len(named) == 2
    for name in named:
        assert (asset_path("main.css").parent / name).exists()


def test_image_fonts_carry_the_names_that_charts_write() -> None:
    found = {path.name for path in font_dir().glob("*.ttf")}
    assert {"IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"} <= found
    assert "SourceSerif4-SemiBold.ttf" in found
    for path in font_dir().glob("*.ttf"):
        assert path.read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_the_tag_gives_the_hashed_address() -> None:
    written = Template("{% load traza_static %}{% asset 'main.css' %}").render(Context())
    assert re.fullmatch(r"/static/traza/build/main-[0-9a-f]{10}\.css", written)
    manifest = json.loads((asset_path("main.css").parent / "manifest.json").read_text())
    assert written.endswith(manifest["main.css"])


def test_a_file_that_was_not_built_is_said_so() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"npm run build"):
        asset_url("otra.css")
