"""Installations for tests that run the command itself."""

from collections.abc import Iterator

import pytest

from tests.installation import Installation, Installations


@pytest.fixture(scope="session")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installations]:
    made = Installations(tmp_path_factory.mktemp("installations"))
    yield made
    made.close()


@pytest.fixture
def prepared(installations: Installations) -> Installation:
    """Return an installation on which ``traza init`` ran."""
    return installations.prepared()


@pytest.fixture
def empty(installations: Installations) -> Installation:
    """Return an installation with nothing in it."""
    return installations.empty()
