"""A page that leaves the site leaves every list with it, whichever way it was taken off."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.site.small_site import build_small_site
from traza.publishing.models import Change
from traza.publishing.revision import current_revision
from traza.site.models import NewsIndexPage, NewsPage

PATH = "/noticias/se-entrego/"
LISTS = ("/", "/noticias/", "/buscar/?q=guayabas", "/feed.atom", "/sitemap.xml")


@pytest.fixture
def page(db: None, home: Path) -> NewsPage:
    build_small_site(home)
    page = NewsPage(title="Se entregó", slug="se-entrego", introduction="Con guayabas.", live=False)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    assert all(PATH in text(path) for path in LISTS)
    return page


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def left(before: int) -> None:
    """Check that nothing leads to the page any more and its address says that it was withdrawn."""
    assert current_revision() > before
    for path in ("/", "/noticias/", "/buscar/?q=guayabas", "/sitemap.xml"):
        assert PATH not in text(path), path
    assert Client().get(PATH).status_code == 410
    assert Change.objects.filter(publication__path=PATH, what="withdrawn").count() == 1


def test_it_expired(page: NewsPage) -> None:
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    before = current_revision()
    call_command("tick")
    left(before)


def test_somebody_took_off_several_at_once(page: NewsPage, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("eva", password="x"))
    before = current_revision()
    address = f"/admin/bulk/wagtailcore/page/unpublish/?id={page.pk}&next=/admin/"
    assert client.post(address, {"next": "/admin/"}).status_code == 302
    left(before)


def test_its_section_was_taken_off_with_all_that_is_below(page: NewsPage, client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("eva", password="x"))
    before = current_revision()
    index = NewsIndexPage.objects.get()
    client.post(f"/admin/pages/{index.pk}/unpublish/", {"include_descendants": "on"})
    assert not NewsPage.objects.get().live
    assert current_revision() > before
    assert Client().get(PATH).status_code == 410
    assert PATH not in text("/buscar/?q=guayabas")
