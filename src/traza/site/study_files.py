"""What the front matter of a study in a data package says besides that of a story.

``date`` (ISO), ``authors``, ``unit``, ``licence``, ``origin``, the classes ``quality``, ``source``
and ``scope`` by their codes, and ``files``: names of files beside it, each with its title after a
colon, separated with ``|``.
"""

from datetime import date
from pathlib import Path

from django.core.files import File
from wagtail.documents.models import Document

from traza.foundation.front_matter import PageFileError
from traza.site.documents import note_document, read_document
from traza.site.models import StudyFile, StudyPage

_CLASSES = {
    "quality": StudyPage.Quality,
    "source": StudyPage.Source,
    "scope": StudyPage.Scope,
}


def take_study(page: StudyPage, fields: dict[str, str], file: Path) -> None:
    """Give a study, not yet stored, what its front matter says; its files are read at once."""
    try:
        page.date = date.fromisoformat(fields.get("date", ""))
    except ValueError:
        raise PageFileError(
            f"{file.name}: a un estudio le falta «date», por ejemplo «2021-03-18»."
        ) from None
    for name in ("authors", "licence", "origin"):
        setattr(page, name, fields.get(name, ""))
    for name, choices in _CLASSES.items():
        code = fields.get(name, "")
        if code and code not in choices.values:
            known = ", ".join(choices.values)
            raise PageFileError(f"{file.name}: «{code}» no es una clase. Las hay: {known}.")
        setattr(page, name, code)
    page.files = [
        StudyFile(document=_upload(file.parent / name, title, file), title=title, sort_order=at)
        for at, (name, title) in enumerate(_listed(fields.get("files", "")))
    ]


def _listed(text: str) -> list[tuple[str, str]]:
    parts = (part.partition(":") for part in text.split("|"))
    return [(name.strip(), title.strip()) for name, _colon, title in parts if name.strip()]


def _upload(path: Path, title: str, told_by: Path) -> Document:
    if path.parent != told_by.parent or not path.is_file():
        raise PageFileError(f"{told_by.name}: no está el archivo «{path.name}» junto a él.")
    with path.open("rb") as content:
        document = Document(title=title or path.stem, file=File(content, name=path.name))
        document.file_size = path.stat().st_size
        document.save()
    record = note_document(document)
    read_document.call(record.pk)
    return document
