"""The least territory and topics an institute needs where no package brings them."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from traza.cli.say import fail
from traza.foundation import audit
from traza.places.actions import PlaceDataError, load_places
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.revision import public_change
from traza.publishing.standing import refresh_places

COUNTRY = "MEX"
#: The states by INEGI's key, in its order.
STATES = (
    "Aguascalientes", "Baja California", "Baja California Sur", "Campeche", "Coahuila de Zaragoza",
    "Colima", "Chiapas", "Chihuahua", "Ciudad de México", "Durango", "Guanajuato", "Guerrero",
    "Hidalgo", "Jalisco", "México", "Michoacán de Ocampo", "Morelos", "Nayarit", "Nuevo León",
    "Oaxaca", "Puebla", "Querétaro", "Quintana Roo", "San Luis Potosí", "Sinaloa", "Sonora",
    "Tabasco", "Tamaulipas", "Tlaxcala", "Veracruz de Ignacio de la Llave", "Yucatán", "Zacatecas",
)  # fmt: skip


def municipalities_of(text: str) -> dict[str, str]:
    """Read ``32010=Fresnillo, 32017=Guadalupe``; ValueError says what is something else.

    A key without a name is kept with an empty one.
    """
    found = {}
    for part in text.split(","):
        if not part.strip():
            continue
        code, _equals, name = (piece.strip() for piece in part.partition("="))
        check_municipality(code)
        found[code] = name
    return found


def check_municipality(code: str) -> None:
    """Raise ValueError with a sentence where a key cannot be a municipality's."""
    if not (code.isdigit() and len(code) == 5):
        raise ValueError(
            f"La clave «{code}» no es de un municipio: son 5 cifras, por ejemplo 14039."
        )
    if not 1 <= int(code[:2]) <= len(STATES):
        raise ValueError(
            f"La clave «{code}» no es de un municipio: ningún estado tiene la clave {code[:2]}."
        )


def ensure_places(municipalities: Mapping[str, str], metro: str = "", metro_name: str = "") -> int:
    """Make the municipalities that have a name and are not there yet, with state and country.

    A metropolitan area with a name is made of all of them. Returns how many places were made.
    """
    known = set(Place.objects.values_list("code", flat=True))
    named = {code: name for code, name in municipalities.items() if name or code in known}
    rows: list[dict[str, Any]] = []
    if named:
        rows.append({"code": COUNTRY, "level": "country", "name": "México", "name_en": "Mexico"})
    for state in sorted({code[:2] for code in named}):
        name = STATES[int(state) - 1]
        rows.append({"code": state, "level": "state", "name": name, "parent": COUNTRY})
    for code, name in named.items():
        rows.append({"code": code, "level": "municipality", "name": name, "parent": code[:2]})
    memberships = []
    if metro and metro_name and metro not in known:
        rows.append({"code": metro, "level": "metro", "name": metro_name, "parent": COUNTRY})
        memberships = [{"group": metro, "member": code} for code in named]
    new = [row for row in rows if row["code"] not in known]
    if not new:
        return 0
    try:
        with public_change():
            load_places(new, memberships=memberships)
            made = Place.objects.filter(code__in=[row["code"] for row in new])
            refresh_places(made.select_related("parent"))
            audit.record(None, "place.created", None, codes=[row["code"] for row in new])
    except PlaceDataError as error:
        fail(f"No se pueden guardar los lugares: {error}")
    return len(new)


def ensure_axes(text: str) -> int:
    """Make the axes named in a comma-separated text, in their order; return how many were new."""
    known = set(Topic.objects.values_list("code", flat=True))
    named = {slugify(name)[:80]: name.strip()[:120] for name in text.split(",")}
    new = [
        Topic(code=code, scheme="axis", name=name, order=order)
        for order, (code, name) in enumerate(named.items(), start=1)
        if code and code not in known
    ]
    if new:
        with public_change():
            Topic.objects.bulk_create(new)
            audit.record(None, "topic.created", None, names=[topic.name for topic in new])
    return len(new)
