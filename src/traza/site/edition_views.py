"""The editions of a monitor: as they were on their day, and on paper."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traza.foundation.jsonld import jsonld
from traza.foundation.models import Institute
from traza.publishing.store.declare import public_page
from traza.site.models import MonitorEdition
from traza.site.schema import breadcrumb


def _kept(slug: str, edition: str) -> MonitorEdition:
    found = (
        MonitorEdition.objects.filter(page__live=True, page__slug=slug, slug=edition)
        .select_related("page")
        .first()
    )
    if found is None:
        raise Http404(f"edición {edition} de {slug}")
    return found


@public_page()
def edition(request: HttpRequest, slug: str, edition: str) -> HttpResponse:
    """Show an edition as it was kept."""
    kept = _kept(slug, edition)
    lang = "en" if (get_language() or "").startswith("en") else "es"
    institute = Institute.load(request_or_site=request)
    monitor = kept.page
    trail = [
        (_("Monitores"), "/monitores/"),
        (monitor.title, monitor.public_path),
        (kept.name, kept.path),
    ]
    return render(
        request,
        "traza/site/edition.html",
        {
            "edition": kept,
            "monitor": monitor,
            "parts": kept.parts.get(lang, []),
            "is_latest": kept == monitor.editions.first(),
            "others": monitor.editions.exclude(pk=kept.pk).defer("parts", "paper"),
            "citation": citation_of(kept, institute),
            "share": {"title": str(kept), "description": kept.introduction},
            "schema": jsonld(_report(kept, institute), breadcrumb(trail, lang=lang)),
        },
    )


@public_page()
def paper(request: HttpRequest, slug: str, edition: str, name: str) -> HttpResponse:
    """Give the PDF of an edition."""
    kept = _kept(slug, edition)
    if not kept.pdf or name != kept.slug:
        raise Http404(request.path)
    try:
        with kept.pdf.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404(request.path) from None
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{kept.slug}.pdf"'
    return response


def citation_of(kept: MonitorEdition, institute: Institute) -> str:
    """Return how an edition is cited."""
    address = f"{settings.TRAZA_BASE_URL}{kept.path}"
    return f"{institute.name} ({kept.kept_at.year}). {kept}. {address}"


def _report(kept: MonitorEdition, institute: Institute) -> dict[str, object]:
    base = settings.TRAZA_BASE_URL
    return {
        "@type": "Report",
        "@id": f"{base}{kept.path}#texto",
        "name": str(kept),
        "description": kept.introduction,
        "url": f"{base}{kept.path}",
        "inLanguage": "es-MX",
        "datePublished": kept.kept_at.isoformat(timespec="seconds"),
        "dateModified": (kept.corrected_at or kept.kept_at).isoformat(timespec="seconds"),
        "publisher": {"@type": "GovernmentOrganization", "name": institute.name},
        "isPartOf": {
            "@type": "CreativeWorkSeries",
            "name": kept.page.title,
            "url": f"{base}{kept.page.public_path}",
        },
        "license": institute.license_url,
        "encoding": {
            "@type": "MediaObject",
            "contentUrl": f"{base}{kept.pdf_path}",
            "encodingFormat": "application/pdf",
            "contentSize": str(kept.pdf_size),
            "sha256": kept.pdf_sha256,
        }
        if kept.pdf_path
        else None,
    }
