"""Every screen that a role reaches from its menu, and every form: no rule of WCAG 2.2 AA broken."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.site.small_site import build_small_site
from traza.bulletin.actions import ask
from traza.bulletin.loading import load_issues
from traza.bulletin.models import Issue, Subscriber
from traza.bulletin.streams import BULLETIN
from traza.foundation.roles import ROLES, create_roles, group_of
from traza.indicators.models import Indicator, Series, Source, Unit
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.site.models import FAQPage, HomePage

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PASSWORD = "Cerro-azul-77"
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }
}


@pytest.fixture
def office(live_server: Any, settings: Any, home: Any) -> str:
    """Publish the small site with a person of each role, and return its address."""
    settings.TRAZA_BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    settings.TRAZA_REQUIRE_MFA = False
    build_small_site(home)
    create_roles()
    ask("ana@a.mx", [(BULLETIN, "issue")], signs=["fast"])
    load_issues(Path("demo/laguna"))
    for role in ROLES:
        user = get_user_model().objects.create_user(role.code, f"{role.code}@a.mx", PASSWORD)
        user.groups.add(group_of(role))
    return str(live_server.url)


def enter(page: Any, office: str, username: str) -> None:
    page.goto(f"{office}/admin/")
    page.get_by_label("Usuario o correo").fill(username)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url(f"{office}/admin/")


def menu(page: Any) -> list[str]:
    """Return every address that the menu of the person offers."""
    props = page.locator("#wagtail-sidebar-props").text_content()
    found = dict.fromkeys(re.findall(r'"(/admin/[^"]*)"', props))
    return [url for url in found if "logout" not in url]


def forms(role: str) -> Iterator[str]:
    """Yield the forms of a role that no menu leads to."""
    if role == "analyst":
        models = (Indicator, Series, Source, Unit)
        for model in models:
            name = f"wagtailsnippets_indicators_{model._meta.model_name}"
            yield reverse(f"{name}:add")
            yield reverse(f"{name}:edit", args=[model._default_manager.first().pk])
        card = Indicator.objects.first()
        assert card is not None
        yield reverse("wagtailsnippets_indicators_indicator:history", args=[card.pk])
        yield reverse("traza_import_new")
        yield reverse("traza_correction_new")
        yield reverse("traza_late")
        yield reverse("mfa_index")
    if role == "publisher":
        yield reverse("wagtailsnippets_places_place:edit", args=[Place.objects.first().pk])  # type: ignore[union-attr]
        yield reverse("wagtailsnippets_places_placename:add")
        yield reverse("wagtailsnippets_places_membership:add")
        yield reverse("wagtailsnippets_publishing_topic:edit", args=[Topic.objects.first().pk])  # type: ignore[union-attr]
        yield reverse("wagtailadmin_pages:edit", args=[FAQPage.objects.get().pk])
        yield reverse("wagtailadmin_explore", args=[HomePage.objects.get().pk])
        yield reverse("wagtailadmin_pages:add_subpage", args=[HomePage.objects.get().pk])
        yield reverse("wagtailimages:add")
        yield reverse("wagtaildocs:add")
        yield reverse("traza_subscribers")
        yield reverse("traza_subscriber_enter")
        yield reverse("traza_subscriber", args=[Subscriber.objects.get().pk])
        yield reverse("wagtailsnippets_bulletin_issue:add")
        yield reverse("wagtailsnippets_bulletin_issue:edit", args=[Issue.objects.get().pk])
        yield reverse("wagtailimages:add_multiple")
        yield reverse("wagtaildocs:add_multiple")
    if role == "administrator":
        analyst = get_user_model().objects.get(username="analyst")
        yield reverse("traza_consent")
        yield reverse("wagtailusers_users:add")
        yield reverse("wagtailusers_users:edit", args=[analyst.pk])
        yield reverse("traza_take_off", args=[analyst.pk])
        yield reverse("traza_remove_factor", args=[analyst.pk])


def test_axe_finds_nothing_and_nothing_leads_nowhere(
    office: str, new_context: Callable[..., Any]
) -> None:
    found: dict[str, str] = {}
    seen: set[str] = set()
    for role in ROLES:
        page = new_context().new_page()
        page.on("pageerror", lambda error, role=role: found.setdefault(f"{role} JS", str(error)))
        enter(page, office, role.code)
        for url in [*menu(page), *forms(role.code)]:
            if url in seen and url != "/admin/":
                continue  # the screen is the same; who may open which is tested elsewhere
            seen.add(url)
            answer = page.goto(office + url)
            if answer.status != 200 or (page.url == f"{office}/admin/" and url != "/admin/"):
                found[f"{role.code} {url}"] = f"leads to {page.url}: {answer.status}"
                continue
            page.wait_for_timeout(150)
            for fault in Axe().run(page, options=WCAG).response["violations"]:
                node = fault["nodes"][0]["html"][:160]
                found.setdefault(f"{role.code} {url} {fault['id']}", node)
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                found[f"{role.code} {url} width"] = "wider than its window"
    assert found == {}
    assert len(seen) > 30
