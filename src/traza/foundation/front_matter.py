"""Texts of a data package: Markdown with some fields between two lines ``---`` at its top."""

import re
from pathlib import Path

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)


class PageFileError(Exception):
    """A text of a data package cannot be read; the message says which and why."""


def read_front_matter(file: Path, *, needed: tuple[str, ...]) -> tuple[dict[str, str], str]:
    """Return the fields between the lines ``---`` and the text below them.

    Raises:
        PageFileError: there are none, or one that is needed is missing.
    """
    match = _FRONT_MATTER.match(file.read_text(encoding="utf-8"))
    if match is None:
        raise PageFileError(f"{file.name}: falta el encabezado entre líneas «---».")
    fields: dict[str, str] = {}
    for line in match[1].splitlines():
        name, colon, value = line.partition(":")
        if colon:
            fields[name.strip()] = value.strip()
    missing = [name for name in needed if not fields.get(name)]
    if missing:
        raise PageFileError(f"{file.name}: falta en el encabezado: {', '.join(missing)}.")
    if "slug" in fields:
        fields["slug"] = fields["slug"].strip("/\"'")
    fields["title"] = fields["title"].strip("\"'")
    return fields, match[2]
