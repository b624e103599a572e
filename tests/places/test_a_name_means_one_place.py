"""Analysts write places in many ways; each means one place, or a message says what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traza.places.models import Place, PlaceName
from traza.places.queries import (
    AmbiguousPlace,
    PlaceResolver,
    UnknownPlace,
    chosen_place,
    resolve_place,
)


@pytest.mark.parametrize(
    "written",
    [
        "Gómez Palacio",
        "GOMEZ PALACIO",
        " gómez  palacio ",
        "10007",
        "10 007",
        " 10 007 ",
        "10-007",
        "10007.0",
        "7 of state 10",
        "7 del estado 10",
        "Gómez Palacio, Durango",
        "Gómez Palacio (Dur.)",
        "Municipio de Gómez Palacio",
    ],
)
def test_one_place_written_in_many_ways(territory: dict[str, Place], written: str) -> None:
    assert resolve_place(written).code == "10007"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("5035", "05035"),
        ("5", "05"),
        ("Coahuila de Zaragoza", "05"),
        ("zona metropolitana de la laguna", "zml"),
        ("mex", "MEX"),
        ("Nacional", "MEX"),
        ("Torreón", "05035"),
        ("Matamoros, Coahuila", "05017"),
        ("Estado de Coahuila", "05"),
    ],
)
def test_codes_aliases_and_states(territory: dict[str, Place], written: str, code: str) -> None:
    assert resolve_place(written).code == code


def test_a_state_and_a_level_decide_between_homonyms(territory: dict[str, Place]) -> None:
    assert resolve_place("Matamoros", state="Tamaulipas").code == "28022"
    assert resolve_place("Matamoros", state="05").code == "05017"
    assert resolve_place("Durango", level="state").code == "10"
    assert resolve_place("Durango", level="municipality").code == "10005"
    assert resolve_place("7", state="10").code == "10007"
    assert resolve_place("México", level="state").code == "15"


def test_the_institutes_own_places_may_be_preferred(territory: dict[str, Place]) -> None:
    assert PlaceResolver(prefer=["zml"]).resolve("Matamoros").code == "05017"


def test_several_places_are_named_with_their_codes(territory: dict[str, Place]) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        resolve_place("San Pedro")

    assert [place.code for place in caught.value.candidates] == ["05033", "10029"]
    assert "San Pedro (municipio, Coahuila, 05033)" in str(caught.value)
    assert "San Pedro (municipio, Durango, 10029)" in str(caught.value)


def test_a_place_in_another_state_is_not_taken(territory: dict[str, Place]) -> None:
    with pytest.raises(UnknownPlace):
        resolve_place("Torreón", state="Durango")


def test_a_mistaken_name_is_refused_with_a_suggestion(territory: dict[str, Place]) -> None:
    with pytest.raises(UnknownPlace, match=r"¿Será Gómez Palacio \(Durango, 10007\)"):
        resolve_place("Gomes Palasio Sur")


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Gomes Palasio del Norte", "10007"),
        ("Gomez Palasio, Dgo", "10007"),
        ("Toreon", "05035"),
        ("Matamorros", "05017"),
        ("Pedro San", "05033"),
    ],
)
def test_the_suggestion_is_alike_and_near(
    territory: dict[str, Place], written: str, first: str
) -> None:
    for code, name in (("MNP", "Islas Marianas del Norte"), ("TON", "Tonga")):
        Place.objects.create(code=code, level="country", name=name)
    Place.objects.create(
        code="28999", level="municipality", name="Batopilas de Gómez", parent=territory["28"]
    )
    resolver = PlaceResolver(prefer=["zml"])
    found = [place.code for place in resolver.suggest(written)]
    assert found[:1] == [first]
    assert not {"MNP", "TON", "28999"} & set(found)


@pytest.mark.parametrize("written", ["Atlántida", "Fuente: INEGI", "Zona norte del estado"])
def test_what_is_like_no_place_suggests_none(territory: dict[str, Place], written: str) -> None:
    Place.objects.create(code="MNP", level="country", name="Islas Marianas del Norte")
    assert PlaceResolver(prefer=["zml"]).suggest(written) == []


def test_what_is_no_place_asks_for_a_name_or_code(territory: dict[str, Place]) -> None:
    with pytest.raises(UnknownPlace, match="Se escribe con su nombre oficial o su clave"):
        resolve_place("Fuente: INEGI 2020 %%")


@pytest.mark.django_db
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(max_size=60), state=st.none() | st.text(max_size=6))
def test_any_text_gives_a_place_or_a_message(
    territory: dict[str, Place], text: str, state: str | None
) -> None:
    try:
        assert resolve_place(text, state=state).pk
    except (UnknownPlace, AmbiguousPlace) as error:
        assert str(error)


def test_a_reader_means_the_place_that_bears_the_name(territory: dict[str, Place]) -> None:
    PlaceName.objects.create(place=territory["10007"], name="Torreón", kind="official")
    with pytest.raises(AmbiguousPlace):
        resolve_place("Torreón")
    assert chosen_place("torreon").code == "05035"
    with pytest.raises(AmbiguousPlace):
        chosen_place("Matamoros")
