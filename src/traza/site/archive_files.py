"""The archive that a data package brings: ``archive.csv``."""

import re
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from traza.indicators.intake.package.tables import Row, open_package
from traza.publishing.models import Topic
from traza.publishing.revision import public_change
from traza.site.models import ArchiveEntry
from traza.site.models.archive import DATE, LENGTHS

_is_address = URLValidator(schemes=["http", "https"])


def load_archive(folder: Path) -> int:
    """Add the entries of a package that are not yet listed; return how many.

    An entry is known by its kind, title and date; one that is there stays as staff left it.
    """
    package = open_package(folder)
    if not package.has("archive"):
        return 0
    topics = {topic.code: topic for topic in Topic.objects.all()}
    known = set(ArchiveEntry.objects.values_list("kind", "title", "date"))
    made = 0
    with public_change():
        for row in package.rows("archive"):
            entry = _entry(row)
            about = _topics(row, topics)
            key = (entry.kind, entry.title, entry.date)
            if key in known:
                continue
            entry.save()
            entry.topics.set(about)
            known.add(key)
            made += 1
    return made


def _entry(row: Row) -> ArchiveEntry:
    if row["date"] and not re.match(DATE, row["date"]):
        raise row.wrong("date", "no es una fecha; se escribe 2016, 2016-05 o 2016-05-20.")
    if row["url"]:
        try:
            _is_address(row["url"])
        except ValidationError:
            raise row.wrong("url", "no es una dirección http o https.") from None
    for name, longest in LENGTHS.items():
        if len(row[name]) > longest:
            raise row.wrong(name, f"tiene {len(row[name])} letras y caben {longest}.")
    return ArchiveEntry(**{name: row[name] for name in LENGTHS})


def _topics(row: Row, topics: dict[str, Topic]) -> list[Topic]:
    codes = [code.strip() for code in row["topics"].split("|") if code.strip()]
    if unknown := [code for code in codes if code not in topics]:
        raise row.wrong("topics", f"no existe el tema {', '.join(unknown)}.")
    return [topics[code] for code in codes]
