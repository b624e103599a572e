"""What is remembered between two tabs never outlives the data it was read from."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories import observations
from tests.indicators_public.small_indicator import homicides, words
from traza.indicators.queries import memory

PAGE = "/indicadores/homicidios/"


@pytest.mark.django_db(transaction=True)
def test_a_new_value_is_on_every_tab_at_once(client: Client) -> None:
    series = homicides()
    assert not connection.in_atomic_block
    assert "129 homicidios en 2019" in words(client, PAGE)
    observations(series, {"05035": {"2020": 98}}, initial=False)
    for tab in ("", "comparar/", "mapa/", "tabla/"):
        assert "98 homicidios en 2020" in words(client, f"{PAGE}{tab}")


@pytest.mark.django_db(transaction=True)
def test_tabs_are_read_once_while_nothing_changes() -> None:
    calls = []

    @memory.per_revision(4)
    def read(name: str) -> str:
        calls.append(name)
        return name

    assert [read("a"), read("a"), read("b")] == ["a", "a", "b"]
    assert calls == ["a", "b"]


@pytest.mark.django_db
def test_inside_a_transaction_nothing_is_remembered() -> None:
    calls = []

    @memory.per_revision(4)
    def read() -> None:
        calls.append(1)

    read()
    read()
    assert len(calls) == 2
