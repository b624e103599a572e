"""What the page of open data and the sitemap list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from traza.foundation.models import Institute
from traza.opendata.dumps import COLUMNS, DumpSet
from traza.publishing.models import Publication

#: A sitemap file may list 50,000 addresses; each publication gives two (Spanish, English).
URLS_PER_SITEMAP = 40_000


@dataclass(frozen=True)
class SitemapEntry:
    """One address with its other language and last meaningful change."""

    path: str
    changed: datetime


def sitemap_entries() -> Iterator[SitemapEntry]:
    """Yield every public page of the ledger, those of the rooms' indexes first."""
    rows = Publication.objects.filter(is_public=True).order_by("kind", "key")
    for path, changed in rows.values_list("path", "last_changed").iterator(chunk_size=2000):
        yield SitemapEntry(path, changed)


def data_package(institute: Institute, dumps: DumpSet | None) -> dict[str, Any]:
    """Return the Frictionless descriptor of the dumps (Data Package v2)."""
    base = settings.TRAZA_BASE_URL
    frictionless = {"string": "string", "double": "number", "int": "integer"}
    fields = [
        {"name": name, "type": frictionless[kind], "description": str(text)}
        for name, kind, text in COLUMNS
    ]
    resources = [
        {
            "name": dump.name.partition(".")[0] + ("-parquet" if "parquet" in dump.name else ""),
            "path": f"{base}/datos/{dump.name}",
            "format": "parquet" if dump.name.endswith("parquet") else "csv",
            "mediatype": dump.media_type,
            "encoding": "utf-8",
            "bytes": dump.size,
            "hash": f"sha256:{dump.sha256}",
            **(
                {"schema": {"fields": fields, "primaryKey": ["series", "TIME_PERIOD", "REF_AREA"]}}
                if dump.name.startswith("indicadores")
                else {}
            ),
        }
        for dump in (dumps.files if dumps else [])
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "indicadores",
        "title": f"Indicadores de {institute.name}",
        "id": f"{base}/datos/",
        **({"created": dumps.built_at, "version": str(dumps.revision)} if dumps else {}),
        "licenses": [
            {"title": institute.license_name, "path": f"{base}/terminos-de-la-informacion/"}
        ],
        "contributors": [{"title": institute.name, "roles": ["publisher"], "path": base}],
        "resources": resources,
    }
