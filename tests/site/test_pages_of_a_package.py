"""A data package may bring pages; what staff have wins over it."""

from pathlib import Path

import pytest

from traza.foundation.front_matter import PageFileError
from traza.site.actions import load_pages, read_page_file
from traza.site.models import FAQPage, StandardPage

QUESTIONS = """---
title: Preguntas
slug: preguntas-frecuentes
kind: faq
---
Lo que más se pregunta.

## ¿Puedo usar los datos?
Sí, **citando** la fuente. <script>alert(1)</script>

## ¿De cuándo son?
De la fecha que dice cada uno.
"""


@pytest.mark.django_db
def test_questions_become_a_page_once(tmp_path: Path) -> None:
    (tmp_path / "faq.md").write_text(QUESTIONS, encoding="utf-8")

    assert load_pages(tmp_path) == ["/preguntas-frecuentes/"]
    assert load_pages(tmp_path) == []

    page = FAQPage.objects.get()
    questions = [block.value["question"] for block in page.body if block.block_type == "question"]
    assert questions == ["¿Puedo usar los datos?", "¿De cuándo son?"]
    assert "<script" not in str(page.body)


@pytest.mark.django_db
def test_what_staff_wrote_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\nslug: a-b\n---\nUno.\n", encoding="utf-8")
    load_pages(tmp_path)
    page = StandardPage.objects.get()
    page.introduction = "Nuestra"
    page.save_revision().publish()

    load_pages(tmp_path)

    assert StandardPage.objects.get().introduction == "Nuestra"


def test_a_file_without_title_is_named(tmp_path: Path) -> None:
    file = tmp_path / "roto.md"
    file.write_text("---\nslug: x\n---\nhola", encoding="utf-8")

    with pytest.raises(PageFileError, match=r"roto\.md.*title"):
        read_page_file(file)


def test_a_file_without_front_matter_is_named(tmp_path: Path) -> None:
    file = tmp_path / "suelto.md"
    file.write_text("hola", encoding="utf-8")

    with pytest.raises(PageFileError, match=r"suelto\.md"):
        read_page_file(file)
