"""The data package of the document is a whole institute, and its tables are the real ones."""

import re
from pathlib import Path

import pytest

from traza.foundation.models import Institute
from traza.indicators.intake.package import load_package
from traza.indicators.intake.package.layout import LAYOUTS
from traza.indicators.models import Indicator, Observation

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "data-package.md").read_text("utf-8")
FILE = re.compile(r"^`([a-z_.]+)`\n\n```(?:json|csv)\n(.*?)```", re.MULTILINE | re.DOTALL)


@pytest.mark.django_db
def test_it_loads_as_it_stands_and_again_changes_nothing(tmp_path: Path) -> None:
    for name, content in FILE.findall(DOCUMENT):
        (tmp_path / name).write_text(content, encoding="utf-8")
    release = load_package(tmp_path)
    assert release is not None and release.changes["added"] == 3
    assert Institute.load().short_name == "IMPLAN Río Hondo"
    assert Indicator.objects.get(slug="poblacion").live
    values = {(o.place.code, o.period.code): o.value for o in Observation.objects.all()}
    assert values == {("41001", "2010"): 1100, ("41001", "2020"): 1200, ("41002", "2020"): None}
    assert load_package(tmp_path) is None


@pytest.mark.pure
def test_its_list_of_tables_and_columns_is_that_of_the_code() -> None:
    written = {
        table: tuple(re.findall(r"`(\w+)`", columns))
        for table, columns in re.findall(r"^\| `(\w+)` \| (.*) \|$", DOCUMENT, re.MULTILINE)
    }
    assert written == {
        table: layout.required + layout.optional for table, layout in LAYOUTS.items()
    }
