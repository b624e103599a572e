"""Staff compose the home page: which sections, in what order, and what is featured."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from tests.site.small_site import build_small_site
from tests.site.test_agenda import call, event, in_days
from traza.foundation.roles import PUBLISHER, create_roles, group_of
from traza.indicators.models import Indicator
from traza.places.models import Place
from traza.publishing.revision import current_revision
from traza.site.home_blocks import usual
from traza.site.models import HomePage


@pytest.fixture
def places(db: None, home: Path) -> dict[str, Place]:
    return build_small_site(home)


def home_page() -> str:
    response = Client().get("/")
    assert response.status_code == 200
    return response.content.decode()


def compose(blocks: list[Any]) -> None:
    page = HomePage.objects.get()
    page.composition = blocks
    page.save_revision().publish()


def order(page: str, *ids: str) -> list[str]:
    """Return the sections found, as they stand."""
    return sorted((one for one in ids if f'id="{one}"' in page), key=lambda i: page.index(f'"{i}"'))


IDS = ("agenda", "nuevo", "temas", "llevar")


def test_nothing_composed_is_the_usual_order(places: dict[str, Place]) -> None:
    event()
    assert order(home_page(), *IDS) == list(IDS)
    compose(usual())
    assert order(home_page(), *IDS) == list(IDS)


def test_sections_are_ordered_and_turned_off(places: dict[str, Place]) -> None:
    event()
    before = current_revision()
    compose(
        [
            ("section", {"which": "take", "shown": True}),
            ("section", {"which": "agenda", "shown": False}),
            ("section", {"which": "no-existe", "shown": True}),
        ]
    )
    assert current_revision() > before
    # What is not named, as a section of a later room, stands after what is.
    assert order(home_page(), *IDS) == ["llevar", "nuevo", "temas"]


def test_pages_and_figures_are_featured_while_they_are_public(places: dict[str, Place]) -> None:
    one, two = event("destacado"), call("destacada")
    homicides = Indicator.objects.get(slug="homicidios")
    figure = {"indicator": homicides, "place": places["05035"]}
    compose(
        [
            (
                "featured",
                {
                    "title": "Esta semana",
                    "items": [("page", one), ("page", two), ("figure", figure)],
                },
            )
        ]
    )
    shown = home_page().split('id="destacado-1"')[1].split("</section>")[0]
    assert "Esta semana" in shown
    assert 'href="/eventos/destacado/"' in shown
    assert "Abierta" in shown
    assert "Homicidios" in shown
    assert 'lang="es">Esta semana' in Client().get("/en/").content.decode()

    one.unpublish()
    two.delete()
    homicides.live = False
    homicides.save()
    assert "Esta semana" not in home_page()


def test_a_publisher_composes_previews_and_publishes(
    places: dict[str, Place], client: Client
) -> None:
    create_roles()
    luis = get_user_model().objects.create_user("luis", password="x")
    luis.groups.add(group_of(PUBLISHER))
    client.force_login(luis)
    one = event("visto", starts=in_days(2))
    page = HomePage.objects.get()
    form = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    for label in ("Lo nuevo y temas", "Para llevar", "Cifras del lugar propio"):
        assert label in form
    blocks = [
        ("section", {"which": "take", "shown": "on"}),
        ("featured", {"title": "Ya viene", "items": streamfield([("page", str(one.pk))])}),
        ("section", {"which": "new"}),
    ]
    data = {
        "title": page.title, "slug": page.slug, "headline": "", "introduction": "",
        "seo_title": "", "search_description": "", "composition": streamfield(blocks),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"},
    }  # fmt: skip
    address = f"/admin/pages/{page.pk}/edit/"
    client.post(address, nested_form_data(data))
    draft = HomePage.objects.get().get_latest_revision_as_object()
    preview = draft.make_preview_request(preview_mode="").content.decode()
    assert "Ya viene" in preview
    assert "Ya viene" not in home_page()

    client.post(address, nested_form_data(data | {"action-publish": "1"}))
    public = home_page()
    assert "Ya viene" in public
    assert public.index('id="llevar"') < public.index("Ya viene")
    assert 'id="nuevo"' not in public
