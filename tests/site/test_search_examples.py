"""The examples under the search box are what a citizen would type, and each finds something."""

from pathlib import Path

import pytest

from tests.site.small_site import build_small_site
from traza.foundation.models import Institute
from traza.indicators.models import Indicator
from traza.publishing.search import search
from traza.site.queries import own_territory, search_examples

pytestmark = pytest.mark.django_db


def test_examples_name_figures_of_the_place_and_another_municipality(tmp_path: Path) -> None:
    build_small_site(tmp_path)
    territory = own_territory(Institute.load())
    spanish = search_examples(territory, lang="es")
    assert spanish[:2] == ["homicidios en Torreón", "viviendas con internet"]
    assert spanish[2] in {one.name for one in territory.municipalities} - {"Torreón"}
    english = search_examples(territory, lang="en")
    assert english[:2] == ["homicides in Torreón", "dwellings with internet"]
    for lang, examples in (("es", spanish), ("en", english)):
        assert all(search(example, lang=lang).items for example in examples)


def test_small_letters_leave_initials_alone(tmp_path: Path) -> None:
    build_small_site(tmp_path)
    Indicator.objects.filter(slug="homicidios").update(name="PIB a Precios Corrientes")
    examples = search_examples(own_territory(Institute.load()), lang="es")
    assert "PIB a precios corrientes" in examples


def test_a_site_without_a_place_has_no_examples() -> None:
    assert search_examples(own_territory(Institute.load()), lang="es") == []
