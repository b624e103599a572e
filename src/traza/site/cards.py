"""What the cards of places and topics show where their address is shared."""

from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traza.places.models import Place
from traza.publishing.models import Publication


def place_card(publication: Publication, lang: str) -> dict[str, Any]:
    """Return where a place lies and how many live there."""
    place = Place.objects.filter(code=publication.key).first()
    within = (publication.summary_en if lang == "en" else "") or publication.summary
    if place is None or not place.population:
        return {"subtitle": within}
    return {
        "subtitle": within,
        "figure": intcomma(place.population),
        "period": _("habitantes, %(period)s") % {"period": place.population_period}
        if place.population_period
        else _("habitantes"),
    }


def topic_card(publication: Publication, lang: str) -> dict[str, Any]:
    """Return how many indicators a topic has."""
    many = Publication.objects.filter(
        kind="indicator", is_public=True, topics__code=publication.key
    ).count()
    if not many:
        return {}
    return {"figure": intcomma(many), "period": ngettext("indicador", "indicadores", many)}
