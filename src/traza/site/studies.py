"""The catalogue of studies and what the page of one shows: plain links narrow the list."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.publishing.models import Publication
from traza.site.models import ArchiveEntry, DocumentRecord, StudyPage
from traza.site.schema import named

PER_PAGE = 20
#: What narrows the catalogue; each is a parameter of its address.
PARAMS = ("tema", "lugar", "anio", "calidad", "fuente", "alcance")
#: Values of one facet that are offered; the rest are seldom used.
_OFFERED = 12
_LONGEST = 80


@dataclass(frozen=True)
class Choice:
    """A value that narrows the list, or widens it again where it is chosen."""

    name: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """What the list is narrowed by: its name and its values."""

    name: str
    choices: list[Choice]

    @property
    def is_open(self) -> bool:
        """Tell whether one of its values is chosen."""
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class _Row:
    """A study by what narrows the list."""

    pk: int
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class File:
    """A file as a reader sees it; ``record`` is what is known of it."""

    name: str
    url: str
    extension: str
    size: int
    record: DocumentRecord | None


def catalogue_context(query: Mapping[str, str]) -> dict[str, Any]:
    """Return the studies that a query chooses, the latest first, and the links that narrow."""
    asked = {name: query.get(name, "")[:_LONGEST].replace("\0", "") for name in PARAMS}
    rows, names = _rows()
    facets = [
        Facet(title, _choices(rows, asked, name, names, by_year=name == "anio"))
        for name, title in _titles()
    ]
    kept = [row.pk for row in rows if _matches(row, asked)]
    found = StudyPage.objects.filter(pk__in=kept).order_by("-date", "title")
    given = query.get("pagina", "")
    return {
        "listed": Paginator(found, PER_PAGE).get_page(given),
        "total": len(kept),
        "facets": [facet for facet in facets if facet.choices],
        "is_narrowed": any(asked.values()),
        "archived": ArchiveEntry.objects.count(),
        "chosen": [choice for facet in facets for choice in facet.choices if choice.is_chosen],
        "query": f"{urlencode({key: value for key, value in asked.items() if value})}&"
        if any(asked.values())
        else "",
    }


def _titles() -> list[tuple[str, str]]:
    return [
        ("tema", _("Tema")),
        ("lugar", _("Lugar")),
        ("anio", _("Año")),
        ("calidad", _("Calidad")),
        ("fuente", _("Fuente")),
        ("alcance", _("Alcance")),
    ]


def _rows() -> tuple[list[_Row], dict[tuple[str, str], str]]:
    """Return every public study by what narrows the list, and the names of the values."""
    lang = "en" if (get_language() or "").startswith("en") else "es"
    lines = {
        line.key: line
        for line in Publication.objects.filter(
            kind=StudyPage.ledger_kind, is_public=True
        ).prefetch_related("topics", "places")
    }
    names: dict[tuple[str, str], str] = {}
    for kind, choices in (
        ("calidad", StudyPage.Quality),
        ("fuente", StudyPage.Source),
        ("alcance", StudyPage.Scope),
    ):
        names |= {(kind, one.value): str(one.label) for one in choices}
    rows = []
    studies = StudyPage.objects.live().values("pk", "date", "quality", "source", "scope")
    for study in studies:
        line = lines.get(str(study["pk"]))
        topics = list(line.topics.all()) if line else []
        places = list(line.places.all()) if line else []
        names |= {("tema", one.code): named(one, lang) for one in topics}
        names |= {("lugar", one.code): named(one, lang) for one in places}
        names["anio", str(study["date"].year)] = str(study["date"].year)
        values = {
            "tema": [one.code for one in topics],
            "lugar": [one.code for one in places],
            "anio": [str(study["date"].year)],
            "calidad": [study["quality"]],
            "fuente": [study["source"]],
            "alcance": [study["scope"]],
        }
        kept = {name: frozenset(filter(None, found)) for name, found in values.items()}
        rows.append(_Row(study["pk"], kept))
    return rows, names


def _matches(row: _Row, asked: Mapping[str, str], *, but: str = "") -> bool:
    return all(value in row.values[name] for name, value in asked.items() if value and name != but)


def _choices(
    rows: Iterable[_Row],
    asked: Mapping[str, str],
    name: str,
    names: Mapping[tuple[str, str], str],
    *,
    by_year: bool,
) -> list[Choice]:
    """Return the values of a facet among what the other facets leave, the commonest first."""
    counted = Counter(
        value for row in rows if _matches(row, asked, but=name) for value in row.values[name]
    )
    if asked[name] and asked[name] not in counted:
        counted[asked[name]] = 0

    def first(value: str) -> tuple[bool, int, str]:
        rank = -int(value) if by_year and value.isdecimal() else -counted[value]
        return value != asked[name], rank, names.get((name, value), value)

    return [
        Choice(
            name=names.get((name, value), value),
            count=counted[value],
            url=_address(asked, **{name: "" if value == asked[name] else value}),
            is_chosen=value == asked[name],
        )
        for value in sorted(counted, key=first)[:_OFFERED]
    ]


def _address(asked: Mapping[str, str], **changed: str) -> str:
    narrowed = {key: value for key, value in (dict(asked) | changed).items() if value}
    return f"?{urlencode(narrowed)}" if narrowed else "."


def study_context(page: StudyPage, institute: Institute) -> dict[str, Any]:
    """Return what the page of a study shows besides what every story does."""
    return {
        "files": files_of(page),
        "classes": [
            (title, f"/estudios/?{urlencode({name: code})}", words)
            for title, name, code, words in (
                (_("Calidad"), "calidad", page.quality, page.get_quality_display()),
                (_("Fuente"), "fuente", page.source, page.get_source_display()),
                (_("Alcance"), "alcance", page.scope, page.get_scope_display()),
            )
            if code
        ],
        "citation": citation_of(page, institute),
        "licence": page.licence or institute.license_name,
    }


def files_of(page: StudyPage) -> list[File]:
    """Return the files of a study with what is known of each."""
    listed = page.listed
    known = {
        one.document_id: one
        for one in DocumentRecord.objects.filter(document__in=[one.document_id for one in listed])
    }
    found = []
    for one in listed:
        document, record = one.document, known.get(one.document_id)
        if document is not None:
            found.append(
                File(
                    name=one.title or document.title,
                    url=document.file.url,
                    extension=document.file_extension.upper(),
                    size=record.size if record else 0,
                    record=record,
                )
            )
    return found


def citation_of(page: StudyPage, institute: Institute) -> str:
    """Return how the study is cited: who made it, the year, the title, who publishes, where."""
    makers = page.signature() or institute.name
    publisher = "" if makers == institute.name else f" {institute.name}."
    address = f"{settings.TRAZA_BASE_URL}{page.public_path}"
    title = page.title.rstrip(".")
    return f"{makers.rstrip('.')} ({page.date.year}). {title}.{publisher} {address}"


def study_schema(page: StudyPage) -> dict[str, Any]:
    """Return what machines are told of a study besides what every story says."""
    base = settings.TRAZA_BASE_URL
    people = [name.strip() for name in page.authors.split(",") if name.strip()]
    team = {"@type": "Organization", "name": page.unit} if page.unit else None
    facts: dict[str, Any] = {
        "datePublished": page.date.isoformat(),
        "keywords": page.classes(),
        "encoding": [
            {
                "@type": "MediaObject",
                "name": one.name,
                "contentUrl": one.url if "://" in one.url else f"{base}{one.url}",
                "encodingFormat": one.record.media_type if one.record else "",
                "contentSize": str(one.size) if one.size else "",
                "sha256": one.record.sha256 if one.record else "",
            }
            for one in files_of(page)
        ],
    }
    if people:
        facts["author"] = [
            {"@type": "Person", "name": name, "affiliation": team} for name in people
        ]
    elif team:
        facts["author"] = team
    return facts
