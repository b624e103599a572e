"""An issue that comes with a data package is an example: published, no news, mailed to nobody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.bulletin.conftest import letters_to
from traza.bulletin.actions.telling import tell_due
from traza.bulletin.loading import load_issues
from traza.bulletin.models import Issue
from traza.foundation.front_matter import PageFileError
from traza.publishing.models import Change

TOP = "---\ntitle: Uno\nintroduction: Entrada\n---\n"


def write(folder: Path, text: str, name: str = "1.md") -> Path:
    (folder / "issues").mkdir(exist_ok=True)
    (folder / "issues" / name).write_text(text, encoding="utf-8")
    return folder


def test_it_is_read_once_and_mailed_to_nobody(
    db: None, tmp_path: Path, client: Client, follower: object, lines: object
) -> None:
    assert callable(follower)
    follower("ana@example.org")
    package = write(
        tmp_path, f"{TOP}\nHola.\n\nOtra línea.\n\n## Datos\n\n[A](/a/): Dice\nalgo.\n\n[B](/b/)\n"
    )
    assert load_issues(package) == ["/boletin/1/"] and load_issues(package) == []
    issue = Issue.objects.get()
    assert [(part.block_type, dict(part.value) if part.block_type == "novelty" else part.value)
            for part in issue.body] == [
        ("text", "Hola.\n\nOtra línea."),
        ("heading", "Datos"),
        ("novelty", {"title": "A", "text": "Dice\nalgo.", "link": "/a/"}),
        ("novelty", {"title": "B", "text": "", "link": "/b/"}),
    ]  # fmt: skip
    tell_due()
    assert not letters_to("ana@example.org", "issue")
    assert Change.objects.get(publication__kind="issue").what == "initial"
    assert "Es un ejemplo" in client.get("/boletin/1/").content.decode()


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Hola", "1.md", "encabezado"),
        ("---\ntitle: Uno\n---\nHola", "1.md", "introduction"),
        (TOP, "1.md", "no es válido"),
        (f"{TOP}\n[A](javascript:x): Dice.\n", "1.md", "no es válido"),
        (f"{TOP}\nHola.\n", "uno.md", "número del boletín"),
    ],
)
def test_what_is_wrong_is_said_with_the_file(
    db: None, tmp_path: Path, text: str, name: str, said: str
) -> None:
    with pytest.raises(PageFileError, match=said) as error:
        load_issues(write(tmp_path, text, name))
    assert name in str(error.value)


def test_the_example_of_the_demo_leads_where_it_says(db: None) -> None:
    load_issues(Path("demo/laguna"))
    links = [
        part.value["link"] for part in Issue.objects.get().body if part.block_type == "novelty"
    ]
    slugs = Path("demo/laguna/indicators.csv").read_text(encoding="utf-8")
    assert len(links) == 5 and all(
        link.split("/")[2] in slugs for link in links if link.startswith("/indicadores/")
    )


def test_its_editor_does_not_say_that_it_was_sent(
    db: None, signed_in: Callable[[Any], Client]
) -> None:
    load_issues(Path("demo/laguna"))
    issue = Issue.objects.get()
    page = signed_in("analyst").get(f"/admin/snippets/bulletin/issue/edit/{issue.pk}/")
    text = page.content.decode()
    assert "no se envió a nadie" in text and "Se envió el" not in text
