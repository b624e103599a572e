"""What the page of open data says of its files, for tools and for search engines."""

from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traza.foundation.jsonld import jsonld
from traza.foundation.models import Institute
from traza.opendata.catalogue import data_sets, licence_address
from traza.opendata.dumps import COLUMNS, DEFINITIONS, Dump, DumpSet

_TYPES = {"string": "string", "double": "number", "int": "integer"}


def data_package(institute: Institute, dumps: DumpSet | None) -> dict[str, Any]:
    """Return the Frictionless descriptor of the files (Data Package 2.0)."""
    base = settings.TRAZA_BASE_URL
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "indicadores",
        "title": _("Indicadores de %(name)s") % {"name": institute.name},
        "id": f"{base}/datos/",
        "homepage": f"{base}/datos/",
        **({"created": dumps.built_at, "version": str(dumps.revision)} if dumps else {}),
        "licenses": [
            {
                "title": institute.license_name,
                "path": licence_address(institute) or f"{base}/datos/",
            }
        ],
        "contributors": [{"title": institute.name, "roles": ["publisher"], "path": base}],
        "resources": _resources(dumps) if dumps else [],
    }


def _resources(dumps: DumpSet) -> list[dict[str, Any]]:
    """Describe the tables; the Parquet file is the same table again, and stands with it."""
    tables = [_resource(dump) for dump in dumps.files if dump.name.endswith(".gz")]
    for dump in dumps.files:
        if dump.name.endswith(".parquet"):
            same = next(t for t in tables if t["name"] == dump.name.partition(".")[0])
            same["parquet"] = {
                "path": _address(dump),
                "mediatype": dump.media_type,
                "bytes": dump.size,
                "hash": f"sha256:{dump.sha256}",
            }
    return tables


def _resource(dump: Dump) -> dict[str, Any]:
    name = dump.name.partition(".")[0]
    return {
        "name": name,
        "path": _address(dump),
        "type": "table",
        "format": "csv",
        "mediatype": dump.media_type,
        # The mark at the beginning of the file lets spreadsheets read its accents.
        "encoding": "utf-8-sig",
        "compression": "gz",
        "hash": f"sha256:{dump.sha256}",
        "schema": _schema(name),
    }


def _address(dump: Dump) -> str:
    return f"{settings.TRAZA_BASE_URL}/datos/{dump.name}"


def _schema(name: str) -> dict[str, Any]:
    if name == "definiciones":
        return {
            "fields": [
                {"name": field, "type": "string", "description": str(text)}
                for field, text in DEFINITIONS
            ],
            "primaryKey": ["indicator"],
        }
    return {
        "fields": [
            {"name": field, "type": _TYPES[kind], "description": str(text)}
            for field, kind, text in COLUMNS
        ],
        "primaryKey": ["series", "TIME_PERIOD", "REF_AREA"],
    }


def datos_schema(institute: Institute, dumps: DumpSet | None, *, lang: str) -> SafeString | str:
    """Describe the files of everything for search engines (schema.org); empty without files."""
    if dumps is None:
        return ""
    base = settings.TRAZA_BASE_URL
    whole = next(data_sets(institute, dumps))
    return jsonld(
        {
            "@type": "Dataset",
            "@id": f"{base}/datos/#datos",
            "name": whole.title,
            "description": whole.description,
            "url": f"{base}{'/en' if lang == 'en' else ''}/datos/",
            "inLanguage": "es",
            "dateModified": whole.modified,
            "license": licence_address(institute) or institute.license_name,
            "isAccessibleForFree": True,
            "creator": {"@type": "Organization", "name": institute.name, "url": f"{base}/"},
            "variableMeasured": [str(text) for name, _kind, text in COLUMNS if name == "OBS_VALUE"],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.title,
                    "contentUrl": file.url,
                    "encodingFormat": file.media_type,
                    "contentSize": f"{file.size} B",
                    "sha256": file.sha256,
                }
                for file in whole.files
            ],
        }
    )
