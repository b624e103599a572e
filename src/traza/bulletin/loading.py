"""Issues that come with a data package: examples, or what an institute brings from elsewhere.

``issues/<number>.json`` holds ``title``, ``introduction`` and ``body``, a list of objects with
``type`` (heading, text or novelty) and ``value``; a novelty has ``title``, ``text``, ``link``.
"""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from traza.bulletin.actions.issuing import publish_example
from traza.bulletin.models import Issue
from traza.publishing.revision import public_change


class IssueFileError(Exception):
    """A file of an issue that cannot be read; the sentence names it and says what is missing."""


def load_issues(package: Path) -> list[str]:
    """Publish the issues of a package that do not exist yet; return their addresses.

    They are no news and nobody is mailed.

    Raises:
        IssueFileError: a file is not an issue.
    """
    made = []
    for file in sorted((package / "issues").glob("*.json")):
        if not file.stem.isdecimal():
            raise IssueFileError(f"{file.name}: el nombre es el número del boletín, como 1.json.")
        if Issue.objects.filter(number=int(file.stem)).exists():
            continue
        with public_change():
            issue = _read(file)
            publish_example(issue)
        made.append(issue.path)
    return made


def _read(file: Path) -> Issue:
    try:
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        body = [(block["type"], block["value"]) for block in content["body"]]
        issue = Issue(
            number=int(file.stem),
            title=content["title"],
            introduction=content["introduction"],
            body=body,
        )
        issue.body.stream_block.clean(issue.body)
    except (ValueError, KeyError, TypeError) as error:
        raise IssueFileError(f"{file.name}: no es un número del boletín ({error}).") from error
    except ValidationError as error:
        raise IssueFileError(f"{file.name}: el contenido no es válido ({error}).") from error
    return issue
