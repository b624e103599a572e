"""What home and place pages say of themselves to search engines (schema.org)."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from traza.foundation.jsonld import jsonld
from traza.foundation.language import prefix
from traza.foundation.models import Institute
from traza.places.models import Level, Place
from traza.site.models import DirectoryPage

_TYPES = {Level.COUNTRY: "Country", Level.STATE: "State"}


def home_schema(institute: Institute, *, headline: str, lang: str) -> SafeString:
    """Describe the site, its search and who keeps it."""
    base = settings.TRAZA_BASE_URL
    root = f"{base}{prefix(lang)}"
    organisation = {
        "@type": "GovernmentOrganization",
        "@id": f"{base}/#instituto",
        "name": institute.name,
        "alternateName": institute.short_name if institute.short_name != institute.name else "",
        "url": f"{base}/",
        "email": institute.contact_email,
        "address": institute.address,
    }
    site = {
        "@type": "WebSite",
        "@id": f"{root}/#sitio",
        "url": f"{root}/",
        "name": institute.short_name,
        "description": headline,
        "inLanguage": "en" if lang == "en" else "es-MX",
        "publisher": {"@id": organisation["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{root}/buscar/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    catalogue = {
        "@type": "DataCatalog",
        "@id": f"{base}/datos/#catalogo",
        "name": _("Datos abiertos"),
        "url": f"{root}/datos/",
        "publisher": {"@id": organisation["@id"]},
        "license": institute.license_url,
    }
    return jsonld(site, organisation, catalogue)


def directory_schema(page: DirectoryPage, institute: Institute) -> SafeString:
    """Describe the offices of the institute and how each is reached."""
    base = settings.TRAZA_BASE_URL
    offices = [block.value for block in page.offices]
    return jsonld(
        {
            "@type": "GovernmentOrganization",
            "@id": f"{base}/#instituto",
            "name": institute.name,
            "url": f"{base}/",
            "department": [
                {
                    "@type": "GovernmentOffice",
                    "name": office["name"],
                    "description": office.get("does") or "",
                    "email": office.get("email") or "",
                    "telephone": office.get("phone") or "",
                    "address": office.get("address") or institute.address,
                }
                for office in offices
            ],
        }
    )


def place_schema(place: Place, ancestors: Sequence[Place], *, lang: str) -> SafeString:
    """Describe a place and where its page stands; ``ancestors`` come with the widest first."""
    root = f"{settings.TRAZA_BASE_URL}{prefix(lang)}"
    within = place.parent
    thing = {
        "@type": _TYPES.get(Level(place.level), "AdministrativeArea"),
        "@id": f"{settings.TRAZA_BASE_URL}{place.path}#lugar",
        "name": named(place, lang),
        "url": f"{root}{place.path}",
        "identifier": place.code,
        "geo": {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
        if place.lat is not None and place.lon is not None
        else None,
        "containedInPlace": {"@type": "Place", "name": named(within, lang)} if within else None,
    }
    trail = [(_("Lugares"), "/lugares/"), *((named(one, lang), one.path) for one in ancestors)]
    return jsonld(thing, breadcrumb([*trail, (named(place, lang), place.path)], lang=lang))


def breadcrumb(trail: Sequence[tuple[str, str]], *, lang: str) -> dict[str, Any]:
    """Return the way to a page as a BreadcrumbList; paths come without language prefix."""
    root = f"{settings.TRAZA_BASE_URL}{prefix(lang)}"
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": f"{root}{path}"}
            for at, (name, path) in enumerate(trail, start=1)
        ],
    }


def named(thing: Any, lang: str) -> str:
    """Return the name of a place or topic in a language, the Spanish one where there is none."""
    return str((thing.name_en if lang == "en" else "") or thing.name)
