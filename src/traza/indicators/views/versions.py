"""What changed in each version of an indicator, and its feed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from traza.indicators.addresses import Address
from traza.indicators.models import Series
from traza.indicators.queries.versions import versions_of
from traza.indicators.views.indicator import gone, public_indicator
from traza.indicators.words import current_lang, is_foreign, say
from traza.publishing.store.declare import public_page


@public_page()
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what each release changed in an indicator, value by value."""
    found = public_indicator(slug)
    if found.is_archived:
        return gone(request, found)
    lang = current_lang()
    address = Address(found.slug, "", lang)
    return render(
        request,
        "traza/indicators/indicator_versions.html",
        {
            "indicator": found,
            "name": say(found, "name", lang),
            "name_is_foreign": is_foreign(found, "name", lang),
            "address": address,
            "versions": versions_of(found, lang, with_values=True),
            "has_series": Series.objects.filter(indicator=found).count() > 1,
            "feed_url": address.below("feed.atom"),
            "canonical_url": f"{settings.TRAZA_BASE_URL}{address.below('versiones/')}",
        },
    )
