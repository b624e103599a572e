"""How a file is read: its layout, what each column is, and what is the same for all of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import ColumnMapping
from traza.stats.text import fold

#: One value a row; places down and periods across; periods down and places across; places down
#: and the codes of a breakdown across, with one period for all (as INEGI exports).
LAYOUTS = ("long", "areas_by_periods", "periods_by_areas", "areas_by_breakdown")
ROLES = (
    "ignore",
    "place",
    "state",
    "municipality",
    "period",
    "year",
    "month",
    "value",
    "status",
    "comment",
    "series",
    "breakdown",
    "lower",
    "upper",
)


@dataclass
class Column:
    """One column: its position from 0, its header as written, what it is, and why we think so."""

    index: int
    header: str
    role: str = "ignore"
    reason: str = ""
    confidence: float = 0.0


@dataclass
class Mapping:
    """How a file is read; goes to JSON and back.

    ``header_row`` is the line of the header as the file counts it, 0 where there is none.
    ``constants`` may hold ``period`` and ``series`` (its code) for files that do not say them in
    a column. ``decimal`` is the mark of each text column that leaves no doubt, by its index.
    ``titles`` are the texts above the header, which may name the unit.
    """

    layout: str = "long"
    header_row: int = 1
    columns: list[Column] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    decimal: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    confidence: float = 0.0
    reason: str = ""
    remembered: bool = False

    def of(self, role: str) -> list[Column]:
        """Return the columns with a role, in order."""
        return [column for column in self.columns if column.role == role]

    def first(self, role: str) -> Column | None:
        """Return the first column with a role."""
        return next(iter(self.of(role)), None)

    def missing(self, *, series_known: bool = False) -> list[str]:
        """Say, for people, what still has to be named before the file can be read."""
        wanted = []
        if self.layout == "periods_by_areas":
            has_place = bool(self.of("value"))
        else:
            has_place = bool(self.of("place") or self.of("municipality") or self.of("state"))
        if not has_place:
            wanted.append(_("qué columna dice el lugar"))
        if self.layout == "areas_by_breakdown":
            has_value = bool(self.of("breakdown") or self.of("value"))
        else:
            has_value = bool(self.of("value"))
        if not has_value:
            wanted.append(_("qué columna tiene el valor"))
        if self.layout == "areas_by_periods":
            has_period = bool(self.of("value"))
        else:
            has_period = bool(self.of("period") or self.of("year") or self.constants.get("period"))
        if not has_period:
            wanted.append(_("de qué periodo son los datos"))
        if not (series_known or self.of("series") or self.constants.get("series")):
            wanted.append(_("de qué serie son los datos"))
        return wanted

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Mapping:
        """Return the mapping that plain values describe; unknown roles are ignored columns."""
        if not isinstance(data, dict):
            raise IntakeError(_("La forma de leer el archivo no se entiende."))
        columns = [
            Column(
                index=int(entry["index"]),
                header=str(entry.get("header", "")),
                role=entry.get("role") if entry.get("role") in ROLES else "ignore",
                reason=str(entry.get("reason", "")),
                confidence=float(entry.get("confidence") or 0),
            )
            for entry in data.get("columns", [])
        ]
        layout = data.get("layout")
        return cls(
            layout=layout if layout in LAYOUTS else "long",
            header_row=int(data.get("header_row") or 0),
            columns=columns,
            constants={str(k): str(v) for k, v in (data.get("constants") or {}).items() if v},
            decimal={str(k): str(v) for k, v in (data.get("decimal") or {}).items()},
            titles=[str(text) for text in data.get("titles") or []],
            confidence=float(data.get("confidence") or 0),
            reason=str(data.get("reason") or ""),
            remembered=bool(data.get("remembered")),
        )


def signature(header: Iterable[str]) -> str:
    """Return the hash by which files of the same shape are recognised."""
    folded = [fold(cell) for cell in header]
    return hashlib.sha256(json.dumps(folded, ensure_ascii=False).encode()).hexdigest()


def remembered(header: list[str]) -> Mapping | None:
    """Return the mapping that was used with this header before, if any."""
    found = ColumnMapping.objects.filter(signature=signature(header)).first()
    if found is None:
        return None
    mapping = Mapping.from_json(found.mapping)
    mapping.remembered = True
    mapping.confidence = 1.0
    mapping.reason = _("Así se leyó la última vez un archivo con este encabezado.")
    return mapping


def remember(mapping: Mapping) -> None:
    """Keep a mapping that led to data, for the next file with the same header.

    What belongs to one file (its period, its series) is not kept.
    """
    header = [column.header for column in mapping.columns]
    kept = mapping.to_json() | {"constants": {}, "decimal": {}, "titles": []}
    ColumnMapping.objects.update_or_create(
        signature=signature(header), defaults={"header": header, "mapping": kept}
    )
