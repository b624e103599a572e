"""The institute's colour reaches the page only in a tone that can be read."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from traza.charts.colour import PAPER, contrast
from traza.foundation.models import Institute
from traza.site.brand import brand_css


def test_a_readable_accent_is_used_as_it_is() -> None:
    assert ":root{--accent:#0e5a66}" in brand_css(Institute(accent="#0e5a66"))


@pytest.mark.django_db
def test_programs_that_read_no_page_find_the_icon(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert b"<svg" in answer.content


def test_an_accent_that_cannot_be_read_is_darkened_and_explained() -> None:
    institute = Institute(accent="#ffee00")

    css = brand_css(institute)
    shown = css.split("--accent:")[1][:7]

    assert shown != "#ffee00"
    assert contrast(shown, PAPER) >= 4.5
    assert "no se lee bien" in institute.accent_as_shown


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValidationError, match="no es un color"):
        Institute(accent="verde").clean()
