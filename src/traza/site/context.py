"""What every page's frame shows: navigation, footer, the other language, sharing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.publishing.sharing import sharing_of
from traza.publishing.silence import silence_in_force
from traza.site.queries import footer_pages


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``nav``, ``footer_pages``, ``lang``, canonical and alternate addresses."""
    if request.path.startswith("/admin/"):
        return {}
    lang = "en" if (get_language() or "").startswith("en") else "es"
    prefix = "/en" if lang == "en" else ""
    bare = request.path.removeprefix("/en") if lang == "en" else request.path
    nav: list[dict[str, Any]] = [
        {"title": _("Indicadores"), "url": f"{prefix}/indicadores/"},
        {"title": _("Temas"), "url": f"{prefix}/temas/"},
        {"title": _("Lugares"), "url": f"{prefix}/lugares/"},
        {"title": _("Comparar"), "url": f"{prefix}/comparar/"},
        {"title": _("Datos"), "url": f"{prefix}/datos/"},
    ]
    for item in nav:
        item["current"] = request.path.startswith(item["url"])
    asked = request.get_full_path()
    other = translate_url(asked, "en" if lang == "es" else "es-mx")
    return {
        "lang": lang,
        "prefix": prefix,
        "nav": nav,
        "footer_pages": footer_pages(),
        "base_url": settings.TRAZA_BASE_URL,
        "canonical_url": f"{settings.TRAZA_BASE_URL}{request.path}",
        "url_es": f"{settings.TRAZA_BASE_URL}{bare or '/'}",
        "url_en": f"{settings.TRAZA_BASE_URL}/en{bare or '/'}",
        "silence": SimpleLazyObject(silence_in_force),
        # Read only by the pages that show it.
        "sharing": SimpleLazyObject(lambda: sharing_of(bare, lang)),
        # An address that does not exist is the same in both.
        "other_language_url": other if other != asked else "",
    }
