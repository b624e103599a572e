"""Issues that come with a data package: examples, or what an institute brings from elsewhere.

``issues/<number>.md`` has ``title`` and ``introduction`` at its top. Below, parts are separated by
blank lines: ``## Encabezado``, ``[Título](/direccion/): qué hay de nuevo``, or plain words.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from traza.bulletin.actions.issuing import publish_example
from traza.bulletin.models import Issue
from traza.foundation.front_matter import PageFileError, read_front_matter
from traza.publishing.revision import public_change

_NOVELTY = re.compile(r"\[(?P<title>[^\]]+)\]\((?P<link>\S+)\)(?::\s*(?P<text>.+))?", re.DOTALL)


def load_issues(package: Path) -> list[str]:
    """Publish the issues of a package that do not exist yet; return their addresses.

    They are no news and nobody is mailed.

    Raises:
        PageFileError: a file is not an issue; the message says which and why.
    """
    made = []
    for file in sorted((package / "issues").glob("*.md")):
        if not file.stem.isdecimal():
            raise PageFileError(f"{file.name}: el nombre es el número del boletín, como 1.md.")
        if Issue.objects.filter(number=int(file.stem)).exists():
            continue
        with public_change():
            issue = _read(file)
            publish_example(issue)
        made.append(issue.path)
    return made


def _read(file: Path) -> Issue:
    fields, text = read_front_matter(file, needed=("title", "introduction"))
    issue = Issue(
        number=int(file.stem),
        title=fields["title"],
        introduction=fields["introduction"],
        body=list(_parts(text)),
    )
    try:
        issue.body.stream_block.clean(issue.body)
        issue.clean_fields()
    except ValidationError as error:
        raise PageFileError(f"{file.name}: el contenido no es válido ({error}).") from error
    return issue


def _parts(text: str) -> Iterator[tuple[str, Any]]:
    words: list[str] = []
    for part in [*re.split(r"\n\s*\n", text.strip()), "##"]:
        novelty = _NOVELTY.fullmatch(part.strip())
        if novelty is None and not part.startswith("##"):
            words.append(part.strip())
            continue
        if words:
            yield "text", "\n\n".join(words)
            words = []
        if novelty is not None:
            yield "novelty", {**novelty.groupdict(default="")}
        elif heading := part.removeprefix("##").strip():
            yield "heading", heading
