"""A small data package of an invented institute, written to a folder."""

import csv
import gzip
import io
import json
from pathlib import Path

TABLES: dict[str, list[list[str]]] = {
    "places.csv": [
        ["code", "level", "name", "name_en", "parent", "population", "lon", "lat"],
        ["41001", "municipality", "Río Hondo", "", "41", "1200", "-101.5", "24.5"],
        ["41002", "municipality", "Peña Alta", "", "41", "800", "-101.7", "24.6"],
        ["41", "state", "Sierra Alta", "", "MEX", "2000", "", ""],
        ["MEX", "country", "México", "Mexico", "", "", "", ""],
        ["zrh", "metro", "Zona de Río Hondo", "", "MEX", "", "", ""],
    ],
    "place_names.csv": [["code", "name", "kind", "lang"], ["41001", "Hondo", "alias", "es"]],
    "memberships.csv": [
        ["group", "member", "valid_from", "valid_to", "source"],
        ["zrh", "41001", "2005-01-01", "", "Delimitación de prueba"],
    ],
    "topics.csv": [
        ["code", "scheme", "parent", "name", "name_en", "order"],
        ["violencia", "tag", "seguridad", "Violencia", "Violence", "1"],
        ["seguridad", "axis", "", "Seguridad", "Safety", "1"],
    ],
    "units.csv": [
        ["code", "name", "kind", "decimals", "position"],
        ["homicidios", "Homicidios", "count", "0", "suffix"],
    ],
    "sources.csv": [["code", "producer", "title"], ["fiscalia", "Fiscalía", "Incidencia"]],
    "indicators.csv": [
        [
            "slug",
            "name",
            "name_en",
            "axis",
            "tags",
            "direction",
            "status",
            "aggregation",
            "related",
            "update_days",
            "next_release",
        ],
        [
            "homicidios",
            "Homicidios",
            "Homicides",
            "seguridad",
            "violencia",
            "down",
            "published",
            "sum",
            "robos",
            "30",
            "2027-03-31",
        ],
        ["robos", "Robos", "", "seguridad", "violencia", "down", "archived", "sum", "", "", ""],
    ],
    "series.csv": [
        ["series", "indicator", "source", "unit", "freq", "dimensions", "headline", "processing"],
        ["homicidios.f-m", "homicidios", "fiscalia", "homicidios", "M", "", "1", ""],
        ["homicidios.f-m-mujeres", "homicidios", "fiscalia", "homicidios", "M", "SEX=F", "0", ""],
    ],
    "observations.csv.gz": [
        ["series", "TIME_PERIOD", "REF_AREA", "OBS_VALUE", "OBS_STATUS", "COMMENT_OBS"],
        ["homicidios.f-m", "2019-01", "41001", "12", "A", ""],
        ["homicidios.f-m", "2019-02", "41001", "15.5", "P", ""],
        ["homicidios.f-m", "2019-01", "41002", "", "O", "Sin reporte"],
        ["homicidios.f-m-mujeres", "2019-01", "41001", "3", "", ""],
    ],
    "observations_alternate.csv": [
        ["series", "TIME_PERIOD", "REF_AREA", "OBS_VALUE", "reason"],
        ["homicidios.f-m", "2019-01", "41001", "13", "La fuente da dos cifras"],
    ],
    "observations_previous.csv": [
        ["series", "TIME_PERIOD", "REF_AREA", "OBS_VALUE", "vintage"],
        ["homicidios.f-m", "2019-01", "41001", "10", "2019-02-20"],
        ["homicidios.f-m", "2019-01", "41001", "11", "2019-05-20"],
    ],
    "redirects.csv": [["old_slug", "new_slug"], ["asesinatos", "homicidios"]],
}
INSTITUTE = {
    "name": "Instituto de Río Hondo",
    "short_name": "IRH",
    "home_place": "41001",
    "metro": "zrh",
    "comparators": ["zrh", "41", "MEX"],
}
SQUARE = [[[-102, 24], [-101, 24], [-101, 25], [-102, 25], [-102, 24]]]


def write_package(folder: Path, **changed: list[list[str]] | None) -> Path:
    """Write the package; ``observations=…`` replaces a table, None leaves it out."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = dict(TABLES)
    for key, rows in changed.items():
        name = next(n for n in TABLES if n.split(".")[0] == key)
        if rows is None:
            del tables[name]
        else:
            tables[name] = rows
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        content = text.getvalue().encode()
        (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    (folder / "geo").mkdir(exist_ok=True)
    feature = {
        "type": "Feature",
        "properties": {"code": "41001"},
        "geometry": {"type": "Polygon", "coordinates": SQUARE},
    }
    (folder / "geo" / "municipios.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [feature]})
    )
    (folder / "datapackage.json").write_text(
        json.dumps(
            {
                "name": "prueba",
                "title": "Paquete de prueba",
                "traza": {"institute": INSTITUTE},
                "resources": [
                    {"name": name.split(".")[0].replace("_", "-"), "path": name} for name in tables
                ],
            }
        )
    )
    return folder
