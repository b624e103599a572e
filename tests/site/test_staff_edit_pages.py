"""Staff write the institutional pages in the back office and see them before they are public."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.site.small_site import build_small_site
from traza.publishing.queries import latest_changes
from traza.site.models import ContactPage, FAQPage, HomePage


@pytest.fixture
def staff(client: Client, db: None, home: Path) -> Client:
    build_small_site(home)
    client.force_login(get_user_model().objects.create_superuser("ana", "a@example.org", "x"))
    return client


def test_the_kinds_of_page_have_spanish_names(staff: Client) -> None:
    root = HomePage.objects.get()
    page = staff.get(f"/admin/pages/{root.pk}/add_subpage/").content.decode()
    for name in ("Página institucional", "Preguntas frecuentes", "Contacto"):
        assert name in page


@pytest.mark.parametrize("kind", [FAQPage, ContactPage, HomePage])
def test_every_page_opens_for_editing(staff: Client, kind: type[HomePage]) -> None:
    assert staff.get(f"/admin/pages/{kind.objects.get().pk}/edit/").status_code == 200


def test_a_draft_is_seen_in_the_preview_and_by_nobody_else(staff: Client) -> None:
    page = FAQPage.objects.get()
    page.introduction = "Todavía en borrador"
    page.save_revision()

    draft = staff.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()

    assert "Todavía en borrador" in draft
    assert "¿De cuándo es cada cifra?" in draft
    assert "Todavía en borrador" not in Client().get("/preguntas-frecuentes/").content.decode()


def test_a_draft_of_the_home_page_is_previewed_too(staff: Client) -> None:
    page = HomePage.objects.get()
    page.headline = "Otro encabezado"
    page.save_revision()

    assert "Otro encabezado" in staff.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Otro encabezado" not in Client().get("/").content.decode()


def test_pages_of_the_first_load_are_no_news_and_edits_are(staff: Client) -> None:
    assert [c for c in latest_changes(20) if c.publication.kind == "page"] == []

    page = FAQPage.objects.get()
    page.introduction = "Nueva"
    page.save_revision().publish()

    change = latest_changes(1)[0]
    assert change.sentence == "Preguntas frecuentes: página actualizada"


def test_a_loaded_page_has_its_date_and_stands_in_the_footer(staff: Client) -> None:
    page = Client().get("/contacto/").content.decode()
    assert "Última actualización:" in page
    assert "mailto:a@example.org" in page
    assert '<a href="/terminos/">Términos de uso</a>' in page
