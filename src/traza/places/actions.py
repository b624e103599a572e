"""Writes of the territory: loading places, names, memberships and outlines, again and again.

Every load is idempotent: what is equal stays untouched, what differs is corrected, nothing is
removed. Whoever calls wraps it in ``public_change`` and writes the audit.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traza.places.models import Level, Membership, Place, PlaceGeometry, PlaceName
from traza.stats.text import fold

Row = Mapping[str, Any]
_BATCH = 400
_TEXT = ("level", "name", "name_en", "population_period")
_NUMBERS = {"population": int, "area_km2": float, "lon": float, "lat": float}
_DATES = ("valid_from", "valid_to")


class PlaceDataError(ValueError):
    """A row of territory that cannot be loaded; the message says which, why and what to do."""


@dataclass
class Loaded:
    """How many rows were created, corrected, or already as they should be."""

    created: int = 0
    updated: int = 0
    equal: int = 0


def load_places(
    places: Iterable[Row],
    *,
    names: Iterable[Row] = (),
    memberships: Iterable[Row] = (),
    outlines: Mapping[str, Iterable[Row]] | None = None,
) -> Loaded:
    """Load rows of ``places.csv`` and what belongs to them in one transaction.

    Rows are mappings with the columns of the data package; cells may be text. ``outlines`` maps a
    purpose (``map``, ``outline``) to GeoJSON features with the property ``code``.

    Raises:
        PlaceDataError: naming the resource and row, with nothing loaded.
    """
    with transaction.atomic():
        loaded = _load_places(list(places))
        load_names(names)
        load_memberships(memberships)
        for purpose, features in (outlines or {}).items():
            load_outlines(features, purpose=purpose)
    return loaded


def _load_places(rows: list[Row]) -> Loaded:
    loaded = Loaded()
    known = {place.code: place for place in Place.objects.all()}
    waiting: dict[str, tuple[int, Row]] = {}
    for line, row in enumerate(rows, 2):
        code = _cell(row, "code")
        if not code:
            raise _error("places", line, _("falta la clave («code»)"))
        if code in waiting:
            raise _error("places", line, _("la clave «%s» se repite") % code)
        waiting[code] = (line, row)
    while waiting:
        # A place is stored after the one it lies in, in as many rounds as there are levels.
        ready = {
            code: entry
            for code, entry in waiting.items()
            if _cell(entry[1], "parent") not in waiting
        }
        if not ready:
            line, row = next(iter(waiting.values()))
            raise _error("places", line, _("los lugares se contienen unos a otros («parent»)"))
        _store(ready, known, loaded)
        for code in ready:
            del waiting[code]
    return loaded


def _store(ready: dict[str, tuple[int, Row]], known: dict[str, Place], loaded: Loaded) -> None:
    new, changed, fields = [], [], set()
    for code, (line, row) in ready.items():
        values = _place_values(row, line, known)
        place = known.get(code)
        if place is None:
            place = Place(code=code, **values)
            place.derive_keys()
            new.append(place)
            continue
        different = {name: v for name, v in values.items() if getattr(place, name) != v}
        if not different:
            loaded.equal += 1
            continue
        for name, value in different.items():
            setattr(place, name, value)
        place.derive_keys()
        changed.append(place)
        fields |= set(different) | {"folded", "sort_key", "slug"}
    for place in Place.objects.bulk_create(new, batch_size=_BATCH):
        known[place.code] = place
    if changed:
        Place.objects.bulk_update(changed, sorted(fields), batch_size=_BATCH)
    loaded.created += len(new)
    loaded.updated += len(changed)


def _place_values(row: Row, line: int, known: dict[str, Place]) -> dict[str, Any]:
    values: dict[str, Any] = {name: _cell(row, name) for name in _TEXT if name in row}
    if values.get("level") not in Level.values:
        reason = _("el nivel «%(level)s» no existe; puede ser %(levels)s") % {
            "level": values.get("level", ""),
            "levels": ", ".join(Level.values),
        }
        raise _error("places", line, reason)
    if not values.get("name"):
        raise _error("places", line, _("falta el nombre («name»)"))
    if len(values["name"]) > 160 or len(_cell(row, "code")) > 60:
        raise _error("places", line, _("el nombre o la clave son demasiado largos"))
    for name, kind in _NUMBERS.items():
        if name in row:
            values[name] = _number(row, name, kind, line)
    for name in _DATES:
        if name in row:
            values[name] = _date(row, name, "places", line)
    if "parent" in row:
        values["parent_id"] = None
        if parent := _cell(row, "parent"):
            values["parent_id"] = _place(parent, known, "places", line).pk
    return values


def load_names(rows: Iterable[Row]) -> Loaded:
    """Add rows of ``place_names.csv``: code, name, kind, lang."""
    listed = list(rows)
    if not listed:
        return Loaded()
    known = {place.code: place for place in Place.objects.all()}
    existing = set(PlaceName.objects.values_list("place_id", "name", "kind"))
    loaded, new = Loaded(), []
    for line, row in enumerate(listed, 2):
        place = _place(_cell(row, "code"), known, "place_names", line)
        name = _cell(row, "name")
        kind = _cell(row, "kind") or PlaceName.Kind.ALIAS
        if not name or len(name) > 160:
            raise _error("place_names", line, _("falta el nombre o es demasiado largo"))
        if kind not in PlaceName.Kind.values:
            raise _error("place_names", line, _("la clase de nombre «%s» no existe") % kind)
        if (place.pk, name, kind) in existing:
            loaded.equal += 1
            continue
        existing.add((place.pk, name, kind))
        lang = _cell(row, "lang") or "es"
        new.append(PlaceName(place=place, name=name, folded=fold(name), kind=kind, lang=lang))
    PlaceName.objects.bulk_create(new, batch_size=_BATCH)
    loaded.created = len(new)
    return loaded


def load_memberships(rows: Iterable[Row]) -> Loaded:
    """Add or correct rows of ``memberships.csv``: group, member, valid_from, valid_to, source."""
    listed = list(rows)
    if not listed:
        return Loaded()
    known = {place.code: place for place in Place.objects.all()}
    existing = {(m.group_id, m.member_id, m.valid_from): m for m in Membership.objects.all()}
    loaded = Loaded()
    for line, row in enumerate(listed, 2):
        group = _place(_cell(row, "group"), known, "memberships", line)
        member = _place(_cell(row, "member"), known, "memberships", line)
        start = _date(row, "valid_from", "memberships", line)
        end = _date(row, "valid_to", "memberships", line)
        if start and end and end < start:
            raise _error("memberships", line, _("termina antes de empezar"))
        source = _cell(row, "source")[:240]
        found = existing.get((group.pk, member.pk, start))
        if found is None:
            existing[(group.pk, member.pk, start)] = Membership.objects.create(
                group=group, member=member, valid_from=start, valid_to=end, source=source
            )
            loaded.created += 1
        elif (found.valid_to, found.source) != (end, source):
            found.valid_to, found.source = end, source
            found.save()
            loaded.updated += 1
        else:
            loaded.equal += 1
    return loaded


def load_outlines(features: Iterable[Row], *, purpose: str = "map") -> Loaded:
    """Store GeoJSON features (property ``code``; Polygon or MultiPolygon) for one purpose."""
    known = {place.code: place for place in Place.objects.only("code")}
    existing = {row.place_id: row for row in PlaceGeometry.objects.filter(purpose=purpose)}
    loaded, new, changed = Loaded(), {}, []
    for number, feature in enumerate(features, 1):
        code = str((feature.get("properties") or {}).get("code") or "")
        place = _place(code, known, "geo", number)
        geometry = feature.get("geometry") or {}
        if geometry.get("type") not in ("Polygon", "MultiPolygon"):
            reason = _("el contorno de «%s» no es un polígono") % code
            raise _error("geo", number, reason)
        row = existing.get(place.pk)
        if row is None:
            new[place.pk] = PlaceGeometry(place=place, purpose=purpose, geometry=geometry)
        elif row.geometry != geometry:
            row.geometry = geometry
            changed.append(row)
        else:
            loaded.equal += 1
    PlaceGeometry.objects.bulk_create(new.values(), batch_size=_BATCH)
    PlaceGeometry.objects.bulk_update(changed, ["geometry"], batch_size=_BATCH)
    loaded.created, loaded.updated = len(new), len(changed)
    return loaded


def _error(resource: str, line: int, reason: str) -> PlaceDataError:
    return PlaceDataError(
        _(
            "%(resource)s, renglón %(line)d: %(reason)s. Se corrige en el archivo y se vuelve a "
            "cargar."
        )
        % {"resource": resource, "line": line, "reason": reason}
    )


def _cell(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value).strip()


def _number(row: Row, name: str, kind: Any, line: int) -> Any:
    text = _cell(row, name)
    if not text:
        return None
    try:
        value = kind(float(text))
    except (ValueError, OverflowError):
        reason = _("«%(text)s» no es un número (columna %(name)s)") % {"text": text, "name": name}
        raise _error("places", line, reason) from None
    if value != value or abs(value) > 9e18:
        raise _error("places", line, _("«%s» no es un número") % text)
    return value


def _date(row: Row, name: str, resource: str, line: int) -> datetime.date | None:
    value = row.get(name)
    if isinstance(value, datetime.date):
        return value
    text = _cell(row, name)
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        reason = _("«%s» no es una fecha; se escribe como 2020-03-15") % text
        raise _error(resource, line, reason) from None


def _place(code: str, known: Mapping[str, Place], resource: str, line: int) -> Place:
    place = known.get(code)
    if place is None:
        raise _error(resource, line, _("no hay ningún lugar con la clave «%s»") % code)
    return place
