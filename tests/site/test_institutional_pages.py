"""What staff publish, move or withdraw is in the ledger in the same breath."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from traza.publishing.models import Change, Publication, Redirect
from traza.publishing.revision import current_revision
from traza.site.actions import ensure_home
from traza.site.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


def add_page(home: HomePage, title: str = "Acerca", slug: str = "acerca") -> StandardPage:
    page = StandardPage(
        title=title, slug=slug, introduction="Quiénes somos.", body=[("heading", "Historia")]
    )
    home.add_child(instance=page)
    return page


def test_a_published_page_is_read_searched_and_listed(client: Client) -> None:
    page = add_page(ensure_home())

    response = client.get("/acerca/")

    assert response.status_code == 200
    assert "Quiénes somos." in response.content.decode()
    entry = Publication.objects.get(kind="page", key=str(page.pk))
    assert (entry.path, entry.is_public) == ("/acerca/", True)
    assert "Historia" in entry.search_text


def test_publishing_raises_the_revision_and_a_draft_does_not() -> None:
    page = add_page(ensure_home())
    before = current_revision()

    page.introduction = "Otra cosa"
    page.save_revision()
    assert current_revision() == before

    page.get_latest_revision().publish()
    assert current_revision() > before


def test_a_renamed_page_leaves_a_redirect(client: Client) -> None:
    page = add_page(ensure_home())

    page.slug = "quienes-somos"
    page.save_revision().publish()

    assert Redirect.objects.get(old_path="/acerca/").new_path == "/quienes-somos/"
    response = client.get("/acerca/")
    assert response.status_code == 301
    assert response["Location"].endswith("/quienes-somos/")


def test_pages_below_a_renamed_page_keep_their_old_address_alive(client: Client) -> None:
    parent = add_page(ensure_home())
    child = StandardPage(title="Historia", slug="historia")
    parent.add_child(instance=child)

    parent.slug = "institucion"
    parent.save_revision().publish()

    response = client.get("/acerca/historia/")
    assert response.status_code == 301
    assert response["Location"].endswith("/institucion/historia/")


def test_an_unpublished_page_is_withdrawn_not_erased(client: Client) -> None:
    page = add_page(ensure_home())

    page.unpublish()

    entry = Publication.objects.get(kind="page", key=str(page.pk))
    assert not entry.is_public
    assert entry.changes.filter(what=Change.What.WITHDRAWN).exists()
    assert client.get("/acerca/").status_code in (404, 410)


def test_a_deleted_page_is_withdrawn_too() -> None:
    page = add_page(ensure_home())
    key = str(page.pk)

    page.delete()

    assert not Publication.objects.get(kind="page", key=key).is_public


@pytest.mark.parametrize("slug", ["indicadores", "datos", "Admin", "en", "salud", "mapas"])
def test_a_page_cannot_take_the_address_of_a_room(slug: str) -> None:
    home = ensure_home()

    with pytest.raises(ValidationError, match="la usa el sistema"):
        home.add_child(instance=StandardPage(title="x", slug=slug))


def test_every_first_segment_of_the_rooms_is_reserved() -> None:
    from traza.indicators.pages import urlpatterns as indicators
    from traza.opendata.pages import urlpatterns as opendata
    from traza.publishing.pages import urlpatterns as publishing
    from traza.site.pages import urlpatterns as site
    from traza.site.reserved import is_reserved

    segments = {
        str(pattern.pattern).split("/")[0]
        for pattern in [*indicators, *opendata, *publishing, *site]
    }
    taken = {s for s in segments if re.fullmatch(r"[-\w]+", s)}  # a slug holds no dot
    assert {s for s in taken if not is_reserved(s)} == set()
