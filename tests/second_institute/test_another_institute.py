"""One municipality, no metropolitan area, other axes, another colour: nothing of the example."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, Installations

SHEET = """Año,Municipio,Tomas
2020,Fresnillo,61000
2021,Fresnillo,62500
2022,Fresnillo,63900
"""
#: Reads every declared address in both languages, and every internal link found in what it reads.
CRAWL = """
import json, re
from django.test import Client
from traza.publishing.registry import registry
client = Client(HTTP_HOST="testserver", raise_request_exception=False)
seen, waiting, answers = set(), [p.path for p in registry.public_paths()], {}
while waiting and len(seen) < 400:
    path = waiting.pop()
    if path in seen:
        continue
    seen.add(path)
    response = client.get(path)
    if response.status_code in (301, 302):
        waiting.append(response.headers["Location"])
        answers[path] = [response.status_code, "", ""]
        continue
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    text = body.decode("utf-8", "replace") if "png" not in kind and "sheet" not in kind else ""
    answers[path] = [response.status_code, kind, text]
    if kind.startswith("text/html"):
        for link in re.findall(r'href="(/[^"#]*)', text):
            link = link.replace("&amp;", "&")
            if not link.startswith(("/admin", "/static", "/media")):
                waiting.append(link)
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str]]:
    """Make the institute as its people would, and keep what the commands said."""
    folder = tmp_path_factory.mktemp("otro")
    installations = Installations(folder)
    here = installations.empty()
    sheet = folder / "tomas.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    said = []
    for arguments in (
        ["--help"],
        ["init", "--help"],
        ["demo", "--help"],
        ["import", "--help"],
        [
            "init", "--no-input", "--name", "Instituto de Planeación de Fresnillo",
            "--short-name", "IMPLAF", "--accent", "#7a2e1f", "--municipality", "32010",
            "--municipality-name", "Fresnillo", "--axes", "Agua, Vivienda", "--single-person",
        ],
        [
            "import", str(sheet), "--new-indicator", "Tomas de agua", "--unit", "tomas",
            "--source", "Organismo de agua", "--user", "admin",
        ],
        ["publish"],
        ["check"],
    ):  # fmt: skip
        done = here.run(*arguments)
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        said.append(done.stdout + done.stderr)
    yield here, "\n".join(said)
    installations.close()


@pytest.fixture(scope="module")
def pages(made: tuple[Installation, str]) -> dict[str, tuple[int, str, str]]:
    found: dict[str, tuple[int, str, str]] = json.loads(made[0].script(CRAWL))
    return found


def test_every_page_answers(pages: dict[str, tuple[int, str, str]]) -> None:
    broken = {path: status for path, (status, _k, _t) in pages.items() if status >= 400}
    assert not broken
    assert len(pages) > 40
    assert "/indicadores/tomas-de-agua/" in pages
    assert "/en/indicadores/tomas-de-agua/" in pages


def test_nothing_speaks_of_the_example(
    made: tuple[Installation, str], pages: dict[str, tuple[int, str, str]]
) -> None:
    foreign = re.compile(r"Laguna|Torre[oó]n|Coahuila|Durango|zml", re.IGNORECASE)
    assert not foreign.search(made[1])
    assert not {path for path, (_s, _k, text) in pages.items() if foreign.search(text)}


def test_it_is_theirs(pages: dict[str, tuple[int, str, str]]) -> None:
    home = pages["/"][2]
    assert "Instituto de Planeación de Fresnillo" in home
    assert "#7a2e1f" in pages["/marca.css"][2].lower()
    page = pages["/indicadores/tomas-de-agua/"][2]
    assert "63,900" in page
    assert "Organismo de agua" in page


def test_the_other_axes_are_offered_to_staff(made: tuple[Installation, str]) -> None:
    axes = made[0].script("""
        from traza.publishing.models import Topic
        print(*Topic.objects.filter(scheme="axis").values_list("name", flat=True), sep=", ")
    """)
    assert axes == "Agua, Vivienda"


def test_init_again_changes_nothing(made: tuple[Installation, str]) -> None:
    count = """
        from traza.foundation.models import Institute
        from traza.places.models import Place
        from traza.publishing.models import Topic
        from traza.publishing.revision import current_revision
        row = Institute.objects.values().get()
        print(Place.objects.count(), Topic.objects.count(), current_revision(), row)
    """
    before = made[0].script(count)
    assert made[0].run("init", "--no-input").returncode == 0
    assert made[0].script(count) == before


def test_what_init_cannot_use_is_said(made: tuple[Installation, str], tmp_path: Path) -> None:
    for arguments, words in [
        (["--municipality", "123"], "son 5 cifras"),
        (["--municipality", "99001"], "ningún estado"),
        (["--accent", "verdoso"], "verdoso"),
        (["--others", "fresnillo"], "son 5 cifras"),
    ]:
        done = made[0].run("init", "--no-input", *arguments)
        assert done.returncode == 1
        assert words in done.stderr
        assert "Traceback" not in done.stderr
