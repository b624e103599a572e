"""A load of the example cut short and started again ends in the same, with nothing twice."""

import pytest

from tests.demo.stock import stock
from tests.demo.tables import LAGUNA, table
from traza.indicators.intake.package import load_package
from traza.indicators.models import Observation
from traza.places.models import Place


class Cut(Exception):
    """The load was cut short."""


@pytest.mark.django_db
def test_cut_short_anywhere_it_continues_without_duplicates() -> None:
    told: list[str] = []

    def stop_at(step: int) -> None:
        told.clear()

        def progress(label: str, done: int, total: int) -> None:
            if label not in told:
                told.append(label)
                if len(told) == step:
                    raise Cut

        with pytest.raises(Cut):
            load_package(LAGUNA, progress=progress)

    stop_at(4)
    assert not Observation.objects.exists() and not Place.objects.exists()
    stop_at(9)
    assert Observation.objects.count() == len(table("observations"))
    load_package(LAGUNA)
    whole = stock()
    assert whole["Observation"] == len(table("observations"))
    assert whole["AlternateValue"] == len(table("observations_alternate"))
    assert whole["ObservationHistory"] == len(table("observations_previous"))
    assert whole["Release"] == 1
