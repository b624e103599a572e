"""A small invented territory and one indicator to bring data into."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from traza.indicators.models import Indicator, Series, Source, Unit
from traza.places.models import Membership, Place


@pytest.fixture
def territory(db: None) -> dict[str, Place]:
    """Make a country, two states, four municipalities and a metropolitan area of two of them."""
    made: dict[str, Place] = {}

    def add(code: str, level: str, name: str, parent: str = "") -> None:
        made[code] = Place.objects.create(
            code=code, level=level, name=name, parent=made.get(parent)
        )

    add("MEX", "country", "México")
    add("41", "state", "Sierra Alta", "MEX")
    add("42", "state", "Valle Bajo", "MEX")
    add("41001", "municipality", "Río Hondo", "41")
    add("41002", "municipality", "Peña Alta", "41")
    add("41003", "municipality", "San Pedro", "41")
    add("42001", "municipality", "El Llano", "42")
    add("42002", "municipality", "San Pedro", "42")
    add("zrh", "metro", "Zona de Río Hondo", "MEX")
    for member in ("41001", "42001"):
        Membership.objects.create(group=made["zrh"], member=made[member])
    return made


@pytest.fixture
def series(territory: dict[str, Place]) -> Series:
    """Make monthly homicides, a count that adds up."""
    return Series.objects.create(
        code="homicidios.fiscalia-m",
        indicator=Indicator.objects.create(
            slug="homicidios", name="Homicidios", direction="down", aggregation="sum"
        ),
        source=Source.objects.create(code="fiscalia", producer="Fiscalía"),
        unit=Unit.objects.create(code="homicidios", name="Homicidios", kind="count"),
        freq="M",
        is_headline=True,
    )


@pytest.fixture
def people(db: None) -> Callable[..., Any]:
    """Return a maker of people with the given permissions of this room."""

    def make(username: str, *codenames: str) -> Any:
        user = get_user_model().objects.create_user(username, password="una clave larga 7")
        user.user_permissions.set(
            Permission.objects.filter(codename__in=codenames, content_type__app_label="indicators")
        )
        return user

    return make


@pytest.fixture
def analyst(people: Callable[..., Any]) -> Any:
    """Make someone who captures and submits."""
    return people("rosa", "add_importjob", "change_importjob", "submit_import")


@pytest.fixture
def reviewer(people: Callable[..., Any]) -> Any:
    """Make someone who approves and withdraws."""
    return people("luis", "approve_import", "withdraw_release")
