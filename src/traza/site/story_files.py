"""News, analyses, studies and monitors that a data package brings: ``stories/*.md``.

Front matter (``title``, ``slug``, ``kind``, ``introduction``, ``unit``, ``topics``, ``places``; a
monitor also has its ``edition`` and ``frequency``; of a study see ``study_files``), then Markdown.
A fenced block named like a live block becomes one::

    ```chart
    indicator: seguridad-homicidios
    places: 05035, 10007
    ```
"""

import re
from pathlib import Path
from typing import Any

from django.utils import timezone

from traza.foundation.front_matter import PageFileError, read_front_matter
from traza.indicators.models import Indicator
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.revision import public_change
from traza.site.actions import ensure_home, html_of
from traza.site.agenda_files import take_call, take_event
from traza.site.editions import build_pdf
from traza.site.models import STORIES, CallPage, EventPage, MonitorPage, StoryPage, StudyPage
from traza.site.story_blocks import LIVE
from traza.site.study_files import take_study

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```\s*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^##\s+(.+)$", re.MULTILINE)
_NUMBERS = ("since", "until", "periods")


def load_package_stories(package: Path) -> list[str]:
    """Create the stories of a package that do not exist yet and return their addresses.

    They are no news: the package is an example, or what an institute brings from elsewhere.
    """
    made = []
    ensure_home()
    for file in sorted((package / "stories").glob("*.md")):
        fields, text = read_front_matter(file, needed=("title", "slug", "introduction"))
        wanted = fields.get("kind", "analysis")
        kind = next((story for story, _index in STORIES if story.ledger_kind == wanted), None)
        if kind is None:
            raise PageFileError(f"{file.name}: «{wanted}» no es una clase de texto.")
        if kind.objects.filter(slug=fields["slug"]).exists():
            continue
        made.append(_create(kind, fields, _body(text, file.name), file))
    return made


def _create(
    kind: type[StoryPage], fields: dict[str, str], body: list[tuple[str, Any]], file: Path
) -> str:
    index = next(index for story, index in STORIES if story is kind).objects.get()
    now = timezone.now()
    page = kind(
        title=fields["title"],
        slug=fields["slug"],
        introduction=fields["introduction"],
        body=body,
        places=[
            ("place", place) for place in _named(Place, "code", fields.get("places"), file.name)
        ],
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    page.topics.set(_named(Topic, "code", fields.get("topics"), file.name))
    for name in ("unit", "author"):
        if hasattr(page, name):
            setattr(page, name, fields.get(name, ""))
    if isinstance(page, StudyPage):
        take_study(page, fields, file)
    if isinstance(page, MonitorPage):
        take_monitor(page, fields, file.name)
    if isinstance(page, EventPage):
        take_event(page, fields, file.name)
    if isinstance(page, CallPage):
        take_call(page, fields, file.name)
    page.is_first_load = True
    page.keep_versions()
    with public_change():
        index.add_child(instance=page)
        page.live_revision = page.save_revision(changed=False)
        page.save(update_fields=["live_revision"])
    if isinstance(page, MonitorPage):
        for edition in page.editions.all():
            build_pdf.call(edition.pk)
    return page.public_path


def take_monitor(page: MonitorPage, fields: dict[str, str], file: str) -> None:
    """Give a monitor the name of its edition and how often it comes out."""
    page.edition = fields.get("edition", "")
    if not page.edition_slug:
        raise PageFileError(f"{file}: a un monitor le falta «edition», por ejemplo «mayo de 2026».")
    page.frequency = fields.get("frequency", page.frequency)
    if page.frequency not in MonitorPage.Frequency.values:
        known = ", ".join(MonitorPage.Frequency.values)
        raise PageFileError(f"{file}: «{page.frequency}» no es una frecuencia. Las hay: {known}.")


def _body(text: str, file: str) -> list[tuple[str, Any]]:
    """Cut Markdown at its fences and headings."""
    body: list[tuple[str, Any]] = []
    parts = _FENCE.split(text)
    for words, name, inside in zip(
        parts[0::3], [*parts[1::3], ""], [*parts[2::3], ""], strict=True
    ):
        body += _words(words)
        if name:
            body.append((name, _live(name, inside, file)))
    return body


def _words(text: str) -> list[tuple[str, Any]]:
    pieces = _HEADING.split(text)
    blocks: list[tuple[str, Any]] = [("text", html_of(pieces[0]))] if pieces[0].strip() else []
    for heading, words in zip(pieces[1::2], pieces[2::2], strict=True):
        blocks.append(("heading", heading.strip()))
        if words.strip():
            blocks.append(("text", html_of(words)))
    return blocks


def _live(name: str, text: str, file: str) -> dict[str, Any]:
    if name not in LIVE:
        raise PageFileError(f"{file}: «{name}» no es un bloque de datos.")
    given = {
        key.strip(): value.strip()
        for key, _colon, value in (line.partition(":") for line in text.splitlines())
    }
    places = _named(Place, "code", given.get("places"), file)
    found = _named(Indicator, "slug", given.get("indicator"), file)
    if not found:
        raise PageFileError(f"{file}: a un bloque «{name}» le falta «indicator».")
    value: dict[str, Any] = {"indicator": found[0], "places": places}
    if name == "figure":
        value = {"indicator": found[0], "place": places[0] if places else None}
    if name == "chart":
        value["picture"] = given.get("picture", "lines")
    return value | {key: int(given[key]) for key in _NUMBERS if given.get(key, "").isdecimal()}


def _named(model: Any, field: str, text: str | None, file: str) -> list[Any]:
    """Return the things that a line names, in its order."""
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    found = {getattr(row, field): row for row in model.objects.filter(**{f"{field}__in": names})}
    if missing := [name for name in names if name not in found]:
        raise PageFileError(f"{file}: no existe {', '.join(missing)}.")
    return [found[name] for name in names]
