"""Every kind of page of a published site: no rule of WCAG broken, nothing wider than its window.

The site is a small one, published by the system itself; the kinds come from what the rooms say
they publish, so a new kind of page is looked at without being added here.
"""

from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from django.urls import resolve
from wagtail.documents.models import Document

from tests.site.small_site import build_small_site
from tests.site.test_agenda import call, event, in_days
from traza.bulletin.loading import load_issues
from traza.indicators.models import Indicator
from traza.opendata import dumps
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.publishing.registry import registry
from traza.site.actions import load_own_pages, load_pages
from traza.site.editions import build_pdf
from traza.site.models import (
    ArchiveEntry,
    MonitorEdition,
    MonitorIndexPage,
    MonitorPage,
    StandardPage,
    StudyFile,
    StudyIndexPage,
    StudyPage,
)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

#: Addresses that no room announces: what failed, what was taken away, what is found or not.
OTHERS = [
    "/buscar/?q=homicdios",
    "/buscar/?q=xyzxyz",
    "/en/buscar/?q=internet",
    "/lugares/?q=gomez",
    "/no-existe/homicidios/",
    "/en/no-existe/",
    "/retirada/",
    "/lugares/mex-mexico/",
    "/lugares/05-coahuila/",
    "/lugares/zml-la-laguna/",
    "/comparar/?lugar=05035&lugar=10007",
    "/comparar/?lugar=05035",
    "/contacto/error/?pagina=%2Findicadores%2Fhomicidios%2F",
    "/contacto/estudio/",
    "/en/contacto/datos-personales/",
    "/estudios/metodo/",
    "/en/estudios/metodo/",
    "/estudios/?alcance=explica",
    "/monitores/seguridad/",
    "/monitores/seguridad/mayo-de-2026/",
    "/en/monitores/seguridad/mayo-de-2026/",
    "/archivo/?q=parque",
    "/archivo/?q=xyz",
    "/directorio/",
    "/eventos/taller/",
    "/en/eventos/",
    "/convocatorias/estudios/",
    "/en/convocatorias/",
    "/en/directorio/",
    "/transparencia/",
    "/accesibilidad/",
    "/boletin/suscribir/",
    "/boletin/suscribir/?sigue=%2Findicadores%2Fhomicidios%2F",
    "/en/boletin/suscribir/?sigue=%2Ftemas%2Fsociedad%2F",
]
CONTROLS = (
    "button, input:not([type=hidden], [type=checkbox], [type=radio]), select, summary,"
    ".tabs a, .site-nav a, .brand, .site-lang, .chip a, .downloads a, .facets a, .pagination a"
)


@pytest.fixture
def site(live_server: Any, settings: Any, home: Path) -> str:
    """Publish the small site, with a page that was taken away, and return its address."""
    settings.TRAZA_BASE_URL = live_server.url
    build_small_site(home)
    taken = StandardPage(title="Retirada", slug="retirada", body=[("heading", "Algo")])
    StandardPage.objects.get(slug="terminos").get_parent().add_child(instance=taken)
    taken.unpublish()
    publish_study()
    publish_monitor()
    load_pages(Path("demo/laguna/pages"))
    load_own_pages()
    load_issues(Path("demo/laguna"))
    event(ends=in_days(4), online_url="https://example.org/x")
    event("pasado", starts=in_days(-4), status="cancelled")
    call()
    ArchiveEntry.objects.create(
        title="Un parque", kind="Mapa", date="2016-05", url="https://example.org/a/parque.html"
    )
    dumps.build()
    return str(live_server.url)


def publish_study() -> None:
    """Publish a study with a file, of every class."""
    document = Document(title="Texto", file=ContentFile(b"a,b", name="texto.csv"))
    document.save()
    study = StudyPage(
        title="Método", slug="metodo", introduction="Cómo se hizo.", authors="Alguien",
        date="2020-05-01", quality="diagnostico", source="personas", scope="explica",
    )  # fmt: skip
    study.files = [StudyFile(document=document)]
    study.topics.set([Topic.objects.get(code="sociedad")])
    StudyIndexPage.objects.get().add_child(instance=study)
    study.save_revision().publish()


def publish_monitor() -> None:
    """Publish an edition of a monitor."""
    homicides = Indicator.objects.get(slug="homicidios")
    torreon = Place.objects.get(code="05035")
    monitor = MonitorPage(
        title="Monitor de Seguridad", slug="seguridad", introduction="Homicidios.", unit="Datos",
        edition="mayo de 2026",
        body=[
            ("heading", "Cuántos"),
            ("figure", {"indicator": homicides, "place": torreon}),
            ("chart", {"indicator": homicides, "picture": "lines", "places": [torreon]}),
        ],
    )  # fmt: skip
    MonitorIndexPage.objects.get().add_child(instance=monitor)
    monitor.save_revision().publish()
    build_pdf.call(MonitorEdition.objects.get().pk)


def kinds_of_page() -> list[str]:
    """Return up to two addresses of every kind that the rooms publish, in each language."""
    by_kind: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for path in sorted({one.path for one in registry.public_paths()}):
        if path.endswith("/"):
            english = path.startswith("/en/")
            by_kind[resolve(path).view_name, english].append(path)
    return [path for paths in by_kind.values() for path in paths[:2]] + OTHERS


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(site: str, page: Any, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found: dict[str, Any] = {}
    for path in kinds_of_page():
        page.goto(f"{site}{path}")
        for violation in Axe().run(page).response["violations"]:
            node = violation["nodes"][0]
            found.setdefault(f"{path} {violation['id']}", node["html"][:200])
    assert found == {}


def test_pages_fit_their_window_and_ask_nobody_else(site: str, page: Any) -> None:
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda r: said.append(r.url) if not r.url.startswith((site, "data:")) else None
    )
    wider = []
    for path in kinds_of_page():
        page.goto(f"{site}{path}")
        for width in (360, 768, 1280, 3840):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                wider.append((path, width))
    assert wider == []
    assert [text for text in said if "404 (" not in text and "410 (" not in text] == []


def test_on_a_phone_fingers_and_screen_readers_find_their_way(site: str, page: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    small, headings = {}, {}
    for path in kinds_of_page():
        page.goto(f"{site}{path}")
        found = page.evaluate(
            """(which) => [...document.querySelectorAll(which)]
                .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)
                .map(e => e.outerHTML.slice(0, 90))""",
            CONTROLS,
        )
        if found:
            small[path] = found[0]
        levels = page.evaluate(
            "[...document.querySelectorAll('main :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])"
        )
        steps = [after - before for before, after in pairwise(levels)]
        if levels.count(1) != 1 or max(steps, default=0) > 1:
            headings[path] = levels
    assert small == {}
    assert headings == {}


def test_the_keyboard_skips_the_frame_and_sees_where_it_is(site: str, page: Any) -> None:
    page.goto(f"{site}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        """() => { const e = document.activeElement; const s = getComputedStyle(e);
            return [e.closest('main') !== null, s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
    )
    assert focused[0]
    assert focused[1] == "solid"
    assert focused[2] >= 2


def test_the_search_proposes_and_is_used_with_the_keyboard(site: str, page: Any) -> None:
    page.goto(f"{site}/")
    field = page.locator("#ask-q")
    field.press_sequentially("homicdios")
    option = page.get_by_role("option").first
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.press("ArrowDown")
    option.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"{site}/indicadores/homicidios/")


def test_the_search_works_without_the_script(site: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/en/")
    page.locator("#ask-q").fill("internet")
    page.locator(".ask button").click()
    assert page.url == f"{site}/en/buscar/?q=internet"
    assert page.get_by_role("link", name="Dwellings with internet").first.is_visible()
    context.close()
