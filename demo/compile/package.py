"""Writing the data package: CSV tables, compressed where large, and ``datapackage.json``."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from traza.indicators.intake.package.layout import LAYOUTS

Row = Mapping[str, str]

#: Tables of more bytes than this are compressed.
_LARGE = 400_000
_TYPES = {
    "integer": "order decimals multiplier population direction_reviewed headline update_days",
    "number": "OBS_VALUE lon lat area_km2",
    "date": "valid_from valid_to vintage next_release",
}
_KEYS = {
    "places": ["code"],
    "topics": ["code"],
    "units": ["code"],
    "sources": ["code"],
    "indicators": ["slug"],
    "series": ["series"],
    "observations": ["series", "TIME_PERIOD", "REF_AREA"],
    "redirects": ["old_slug"],
    "archive": ["kind", "title", "date"],
}
_LINKS = {
    ("places", "parent"): ("", "code"),
    ("place_names", "code"): ("places", "code"),
    ("memberships", "group"): ("places", "code"),
    ("memberships", "member"): ("places", "code"),
    ("topics", "parent"): ("", "code"),
    ("indicators", "axis"): ("topics", "code"),
    ("series", "indicator"): ("indicators", "slug"),
    ("series", "source"): ("sources", "code"),
    ("series", "unit"): ("units", "code"),
    **{
        (table, column): target
        for table in ("observations", "observations_alternate", "observations_previous")
        for column, target in {
            "series": ("series", "series"),
            "REF_AREA": ("places", "code"),
        }.items()
    },
}


def write_package(
    folder: Path,
    tables: Mapping[str, Iterable[Row]],
    geo: Mapping[str, str],
    description: Mapping[str, Any],
    papers: Mapping[str, bytes],
) -> None:
    """Write tables, outlines, PDFs and the descriptor; the same input gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.csv"), *folder.glob("*.csv.gz"), *folder.glob("geo/*.geojson"),
                *folder.glob("stories/*.pdf")]:  # fmt: skip
        old.unlink()
    resources = []
    for name, rows in tables.items():
        columns, content = _table(name, list(rows))
        path = f"{name}.csv"
        if len(content) > _LARGE:
            path, content = f"{path}.gz", gzip.compress(content, 9, mtime=0)
        (folder / path).write_bytes(content)
        resources.append(_resource(name, path, content, columns))
    (folder / "geo").mkdir(exist_ok=True)
    for name, text in sorted(geo.items()):
        content = text.encode()
        (folder / "geo" / name).write_bytes(content)
        resources.append(
            {
                "name": name.removesuffix(".geojson"),
                "path": f"geo/{name}",
                "format": "geojson",
                "mediatype": "application/geo+json",
                "encoding": "utf-8",
                **_fixity(content),
            }
        )
    (folder / "stories").mkdir(exist_ok=True)
    for name, content in sorted(papers.items()):
        (folder / "stories" / name).write_bytes(content)
        resources.append(
            {
                "name": name.removesuffix(".pdf"),
                "path": f"stories/{name}",
                "format": "pdf",
                "mediatype": "application/pdf",
                **_fixity(content),
            }
        )
    descriptor = {**description, "resources": resources}
    text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _table(name: str, rows: list[Row]) -> tuple[list[str], bytes]:
    """Return the columns that hold anything, in the order of the layout, and the CSV."""
    layout = LAYOUTS[name]
    known = [*layout.required, *layout.optional]
    strange = {key for row in rows for key in row} - set(known)
    if strange:
        raise ValueError(f"{name}: columns that a package does not have: {sorted(strange)}")
    used = {key for row in rows for key, cell in row.items() if cell}
    columns = [key for key in known if key in layout.required or key in used]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([row.get(key, "") for key in columns] for row in rows)
    return columns, file.getvalue().encode()


def _resource(name: str, path: str, content: bytes, columns: list[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(name, column) for column in columns],
        "missingValues": [""],
    }
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    links = [
        {"fields": [column], "reference": {"resource": table, "fields": [target]}}
        for (owner, column), (table, target) in _LINKS.items()
        if owner == name and column in columns
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "name": name.replace("_", "-"),
        "type": "table",
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({"compression": "gz"} if path.endswith(".gz") else {}),
        **_fixity(content),
        "schema": schema,
    }


def _field(table: str, column: str) -> dict[str, Any]:
    kind = next((kind for kind, names in _TYPES.items() if column in names.split()), "string")
    field: dict[str, Any] = {"name": column, "type": kind}
    if column in LAYOUTS[table].filled:
        field["constraints"] = {"required": True}
    return field


def _fixity(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
