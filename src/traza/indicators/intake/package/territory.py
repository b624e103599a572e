"""The territory of a data package: places, names, memberships and outlines."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package.tables import Package
from traza.places.actions import PlaceDataError, load_places

#: Outlines in more detail, for the page of a place; all other files of ``geo/`` are for maps.
_DETAILED = "metro.geojson"


def load_territory(package: Package) -> None:
    """Load places and what belongs to them; nothing when the package brings no places."""
    outlines: dict[str, list[dict[str, Any]]] = {}
    for file in sorted((package.folder / "geo").glob("*.geojson")):
        purpose = "outline" if file.name == _DETAILED else "map"
        outlines.setdefault(purpose, []).extend(_features(file))
    try:
        load_places(
            [row.cells for row in package.rows("places")],
            names=[row.cells for row in package.rows("place_names")],
            memberships=[row.cells for row in package.rows("memberships")],
            outlines=outlines,
        )
    except PlaceDataError as error:
        raise IntakeError(str(error)) from error


def _features(file: Path) -> Iterator[dict[str, Any]]:
    try:
        collection = json.loads(file.read_text(encoding="utf-8"))
        features = collection["features"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IntakeError(
            _("geo/%(file)s no se puede leer como GeoJSON: %(error)s.")
            % {"file": file.name, "error": error}
        ) from error
    yield from features
