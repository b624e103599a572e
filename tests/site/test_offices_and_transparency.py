"""The directory by office, what the law asks to publish, and the statement of accessibility."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.models import Document
from wagtail.test.utils.form_data import nested_form_data, streamfield

from traza.foundation.roles import PUBLISHER, create_roles, group_of
from traza.site.actions import ensure_home, load_own_pages, load_pages
from traza.site.directory_blocks import ObligationBlock
from traza.site.models import DirectoryPage, TransparencyPage

pytestmark = pytest.mark.django_db

PAGES = Path("demo/laguna/pages")


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_offices_of_the_example_have_their_address_and_name_nobody() -> None:
    load_pages(PAGES)
    page = text("/directorio/")
    assert "Este directorio es un ejemplo" in page
    assert page.count('class="office"') == 7
    assert 'href="mailto:indicadores@example.org"' in page
    assert "Jefatura de proyectos" in page
    posts = [post for block in DirectoryPage.objects.get().offices for post in block.value["posts"]]
    assert posts
    assert not any(post["person"] for post in posts)
    assert '/directorio/"' in text("/buscar/?q=captura+y+revision")
    schema = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    graph = schema.get("@graph", [schema])
    assert {office["name"] for office in graph[0]["department"]} >= {"Proyectos"}


def test_each_obligation_leads_somewhere_or_says_why_not() -> None:
    load_pages(PAGES)
    load_own_pages()
    page = text("/transparencia/")
    items = page.split('class="obligations"')[1:]
    assert len(items) == 4
    for one in "".join(items).split("<li>")[1:]:
        assert "<a href" in one or "No está" in one
    for path in ("/directorio/", "/accesibilidad/", "/preguntas-frecuentes/", "/contacto/"):
        assert f'href="{path}"' in page
        text(path)
    assert 'href="/en/directorio/"' in text("/en/transparencia/")


def test_a_file_is_offered_with_its_kind_and_size() -> None:
    home = ensure_home()
    document = Document(title="Acta", file=ContentFile(b"a,b", name="acta.csv"))
    document.save()
    page = TransparencyPage(
        title="Transparencia",
        slug="transparencia",
        matters=[
            ("matter", {"title": "Actas", "items": [{"name": "Acta 1", "document": document}]})
        ],
    )
    home.add_child(instance=page)
    shown = text("/transparencia/")
    assert document.url in shown
    assert "CSV, 3" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "Acta"}, "aquí se dice por qué"),
        ({"name": "Acta", "url": "javascript:alert(1)"}, "empieza con"),
    ],
)
def test_what_leads_nowhere_is_refused(given: dict[str, str], said: str) -> None:
    block = ObligationBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python(given))
    assert said in str(error.value.block_errors)


def test_an_empty_page_says_what_will_be_there() -> None:
    home = ensure_home()
    home.add_child(instance=DirectoryPage(title="Directorio", slug="directorio"))
    home.add_child(instance=TransparencyPage(title="Transparencia", slug="transparencia"))
    assert "Aquí estarán las oficinas" in text("/directorio/")
    assert "The offices of the institute will be here" in text("/en/directorio/")
    assert "Aquí estará lo que la ley pide" in text("/transparencia/")


def test_a_publisher_writes_an_office_and_it_is_public(client: Client) -> None:
    create_roles()
    home = ensure_home()
    luis = get_user_model().objects.create_user("luis", password="x")
    luis.groups.add(group_of(PUBLISHER))
    client.force_login(luis)
    office = {
        "name": "Catastro <script>", "does": "", "email": "malo", "phone": "", "address": "",
        "hours": "", "posts-count": "0",
    }  # fmt: skip
    form = {
        "title": "Directorio", "slug": "directorio", "introduction": "", "seo_title": "",
        "search_description": "", "offices": streamfield([("office", office)]),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}, "action-publish": "1",
    }  # fmt: skip
    address = f"/admin/pages/add/site/directorypage/{home.pk}/"
    refused = client.post(address, nested_form_data(form)).content.decode()
    assert not DirectoryPage.objects.exists()
    assert "Catastro" in refused
    office["email"] = "catastro@example.org"
    client.post(address, nested_form_data(form | {"offices": streamfield([("office", office)])}))
    shown = text("/directorio/")
    assert "Catastro &lt;script&gt;" in shown
    assert "catastro@example.org" in shown


def test_the_statement_of_accessibility_comes_once_and_staff_words_win() -> None:
    assert load_own_pages() == ["/accesibilidad/"]
    assert load_own_pages() == []
    page = text("/accesibilidad/")
    assert "WCAG 2.2" in page
    assert 'href="/contacto/queja/"' in page
    assert 'href="/accesibilidad/"' in text("/")
