"""Sharing what is published: plain links that load nothing, a short address, its code, its card."""

import io
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from traza.charts import Theme, og_card, readable_accent, to_png
from traza.foundation.assets import font_dir
from traza.foundation.language import language, prefix
from traza.foundation.models import Institute
from traza.publishing.models import Publication
from traza.publishing.registry import registry
from traza.publishing.silence import held_file, silence_in_force
from traza.publishing.store.declare import public_page

_CARD_WIDTH = 1200
#: Sides of one square of a code, in pixels: as a drawing, and as an image for print (10 cm).
_SVG_SCALE, _PNG_SCALE = 8, 32


@dataclass(frozen=True)
class Sharing:
    """What a page needs to be shared; ``root`` is the path below which code and card are."""

    title: str
    url: str
    short_url: str
    root: str

    @property
    def card_url(self) -> str:
        """Return the address of the image that stands for the page."""
        return f"{self.short_url}/tarjeta.png"

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return name and address of each way to pass the page on."""
        words = f"{self.title} {self.short_url}"
        body = f"{self.title}\n{self.url}"
        return [
            ("WhatsApp", f"https://wa.me/?{_query(text=words)}"),
            (_("Correo"), f"mailto:?{_query(subject=self.title, body=body)}"),
            ("X", f"https://x.com/intent/post?{_query(text=self.title, url=self.short_url)}"),
            ("Facebook", f"https://www.facebook.com/sharer/sharer.php?{_query(u=self.url)}"),
        ]


def sharing_of(path: str, lang: str) -> Sharing | None:
    """Return how the public thing at a path (without language) is shared; None for other paths."""
    if len(path) > 300 or "\0" in path:
        return None
    found = Publication.objects.filter(path=path, is_public=True).first()
    if found is None or not found.short:
        return None
    root = f"{prefix(lang)}/i/{found.short}"
    return Sharing(
        title=(found.title_en if lang == "en" else "") or found.title,
        url=f"{settings.TRAZA_BASE_URL}{iri_to_uri(prefix(lang) + found.path)}",
        short_url=f"{settings.TRAZA_BASE_URL}{root}",
        root=root,
    )


def _query(**words: str) -> str:
    return urlencode(words, quote_via=quote)


@public_page()
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Lead a short address to where the thing is now; what was withdrawn says so there."""
    found = _published(code)
    return HttpResponsePermanentRedirect(f"{prefix()}{iri_to_uri(found.path)}")


@public_page()
def qr_code(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Draw the code that phones read: black on white with its margin, to print at any size."""
    import segno  # 2 MB that only who prints a code needs

    found = _published(code)
    address = f"{settings.TRAZA_BASE_URL}{prefix()}/i/{found.short}"
    drawn = io.BytesIO()
    made = segno.make_qr(address, error="m")
    if kind == "svg":
        made.save(
            drawn,
            kind="svg",
            scale=_SVG_SCALE,
            light="#fff",
            title=address,
            xmldecl=False,
            nl=False,
        )
        return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    made.save(drawn, kind="png", scale=_PNG_SCALE, light="#fff", dpi=300)
    return HttpResponse(drawn.getvalue(), content_type="image/png")


@public_page()
def publication_card(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the image that stands for a page where its address is shared."""
    found = _published(code)
    if silence_in_force() is not None:
        return held_file(request)
    if not found.is_public:
        raise Http404(request.path)
    institute = Institute.load(request_or_site=request)
    lang = language()
    english = lang == "en"
    facts = registry.cards.get(found.kind, _summary)(found, lang)
    light, dark, _why = readable_accent(institute.accent)
    svg = og_card(
        (found.title_en if english else "") or found.title,
        institute=institute.name,
        theme=Theme(accent=light, accent_dark=dark),
        lang=lang,
        **facts,
    )
    png = to_png(svg, width=_CARD_WIDTH, font_dir=font_dir())
    return HttpResponse(png, content_type="image/png")


def _summary(publication: Publication, lang: str) -> dict[str, str]:
    english = lang == "en"
    return {"subtitle": (publication.summary_en if english else "") or publication.summary}


def _published(code: str) -> Publication:
    found = Publication.objects.filter(short=code).first()
    if found is None:
        raise Http404(code)
    return found
