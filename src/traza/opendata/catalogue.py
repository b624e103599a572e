"""The catalogue of what is published, for machines that gather catalogues.

One list of data sets, written as DCAT 3 in JSON-LD and as the DCAT-US 1.1 ``data.json`` that
harvesters such as CKAN read: everything in one, then each indicator with its files.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.opendata.dumps import Dump, DumpSet
from traza.publishing.models import Publication

MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class File:
    """One way to take a data set away; ``size`` in bytes, None when it is made when asked for."""

    url: str
    title: str
    media_type: str
    size: int | None = None
    sha256: str = ""
    compressed: bool = False


@dataclass(frozen=True)
class DataSet:
    """One data set with its page, its files and when it last changed (ISO 8601)."""

    identifier: str
    title: str
    description: str
    page: str
    modified: str
    issued: str
    keywords: tuple[str, ...]
    files: tuple[File, ...]


def data_sets(institute: Institute, dumps: DumpSet | None) -> Iterator[DataSet]:
    """Yield the data set of everything, where it was built, then every public indicator."""
    base = settings.TRAZA_BASE_URL
    if dumps is not None:
        yield DataSet(
            identifier=f"{base}/datos/",
            title=_("Todos los indicadores de %(name)s") % {"name": institute.name},
            description=_("Todos los valores publicados, con unidad, fuente, estado y entrega."),
            page=f"{base}/datos/",
            modified=dumps.built_at,
            issued=dumps.built_at,
            keywords=(_("indicadores"),),
            files=tuple(_dump_file(dump) for dump in dumps.files),
        )
    rows = Publication.objects.filter(kind="indicator", is_public=True).order_by("key")
    for row in rows.prefetch_related("topics"):
        address = f"{base}{row.path}"
        yield DataSet(
            identifier=address,
            title=row.title,
            description=row.summary or row.title,
            page=address,
            modified=row.last_changed.isoformat(timespec="seconds"),
            issued=row.first_published.isoformat(timespec="seconds"),
            keywords=tuple(topic.name for topic in row.topics.all()),
            files=tuple(
                File(f"{address.rstrip('/')}.{ending}", ending.upper(), media_type)
                for ending, media_type in MEDIA_TYPES.items()
            ),
        )


def _dump_file(dump: Dump) -> File:
    return File(
        f"{settings.TRAZA_BASE_URL}/datos/{dump.name}",
        dump.name,
        dump.media_type,
        dump.size,
        dump.sha256,
        compressed=dump.name.endswith(".gz"),
    )


def dcat(institute: Institute, dumps: DumpSet | None) -> dict[str, Any]:
    """Return the catalogue as DCAT 3 (JSON-LD)."""
    base = settings.TRAZA_BASE_URL
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{base}/datos/catalogo.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": _catalogue_title(institute), "@language": "es"},
        "dct:publisher": {
            "@id": f"{base}/#instituto",
            "@type": "foaf:Agent",
            "foaf:name": institute.name,
        },
        "dct:language": "es",
        "dct:license": _licence(institute),
        "foaf:homepage": {"@id": f"{base}/"},
        "dcat:dataset": [_dcat_set(one, institute) for one in data_sets(institute, dumps)],
    }


def _dcat_set(one: DataSet, institute: Institute) -> dict[str, Any]:
    return {
        "@id": f"{one.identifier}#datos",
        "@type": "dcat:Dataset",
        "dct:identifier": one.identifier,
        "dct:title": {"@value": one.title, "@language": "es"},
        "dct:description": {"@value": one.description, "@language": "es"},
        "dct:issued": {"@value": one.issued, "@type": "xsd:dateTime"},
        "dct:modified": {"@value": one.modified, "@type": "xsd:dateTime"},
        "dct:publisher": {"@id": f"{settings.TRAZA_BASE_URL}/#instituto"},
        "dcat:landingPage": {"@id": one.page},
        "dcat:keyword": [{"@value": word, "@language": "es"} for word in one.keywords],
        "dcat:distribution": [_dcat_file(file, institute) for file in one.files],
    }


def _dcat_file(file: File, institute: Institute) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": file.url,
        "@type": "dcat:Distribution",
        "dct:title": file.title,
        "dcat:downloadURL": {"@id": file.url},
        "dcat:mediaType": {"@id": f"{_IANA}{file.media_type}"},
        "dct:license": _licence(institute),
    }
    if file.compressed:
        found["dcat:compressFormat"] = {"@id": f"{_IANA}application/gzip"}
    if file.size is not None:
        found["dcat:byteSize"] = {
            "@value": str(file.size),
            "@type": "xsd:nonNegativeInteger",
        }
        found["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        }
    return found


def _licence(institute: Institute) -> dict[str, str]:
    if institute.license_url:
        return {"@id": licence_address(institute)}
    return {"@type": "dct:LicenseDocument", "dct:title": institute.license_name}


def licence_address(institute: Institute) -> str:
    """Return the licence's address, complete; empty when the institute gave none."""
    url = institute.license_url
    return f"{settings.TRAZA_BASE_URL}{url}" if url.startswith("/") else url


def data_json(institute: Institute, dumps: DumpSet | None) -> dict[str, Any]:
    """Return the catalogue as ``data.json`` (DCAT-US 1.1)."""
    base = settings.TRAZA_BASE_URL
    publisher = {"@type": "org:Organization", "name": institute.name}
    contact = {
        "@type": "vcard:Contact",
        "fn": institute.name,
        "hasEmail": f"mailto:{institute.contact_email}",
    }
    sets = []
    for one in data_sets(institute, dumps):
        found: dict[str, Any] = {
            "@type": "dcat:Dataset",
            "identifier": one.identifier,
            "title": one.title,
            "description": one.description,
            "keyword": list(one.keywords) or [_("indicadores")],
            "modified": one.modified,
            "issued": one.issued,
            "landingPage": one.page,
            "accessLevel": "public",
            "language": ["es-MX"],
            "publisher": publisher,
            "distribution": [
                {
                    "@type": "dcat:Distribution",
                    "title": file.title,
                    "downloadURL": file.url,
                    "mediaType": file.media_type,
                }
                for file in one.files
            ],
        }
        if institute.contact_email:
            found["contactPoint"] = contact
        if institute.license_url:
            found["license"] = licence_address(institute)
        sets.append(found)
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@id": f"{base}/data.json",
        "@type": "dcat:Catalog",
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "describedBy": "https://project-open-data.cio.gov/v1.1/schema/catalog.json",
        "dataset": sets,
    }


def _catalogue_title(institute: Institute) -> str:
    return _("Datos abiertos de %(name)s") % {"name": institute.name}
