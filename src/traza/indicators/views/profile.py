"""The files of a place's profile; the page itself is the site's, with our section in it."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.utils import timezone
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.exports.profile import profile_table
from traza.indicators.exports.sheet import file_response
from traza.indicators.queries.profile import profile
from traza.indicators.words import current_lang, say
from traza.places.queries import get_place
from traza.publishing.store.declare import public_page


@public_page()
def profile_file(request: HttpRequest, key: str, form: str) -> HttpResponse:
    """Give the profile of a place as CSV or XLSX; the code in the address decides which."""
    lang = current_lang()
    place = get_place(key.partition("-")[0])
    if place is None:
        raise Http404(f"lugar {key}")
    canonical = place.path.split("/")[2]
    if key != canonical:
        return HttpResponsePermanentRedirect(request.path.replace(key, canonical, 1))
    found = profile(place)
    if found is None:
        raise Http404(f"perfil de {key}")
    institute = Institute.load(request_or_site=request)
    title = say(place, "name", lang)
    table = profile_table(found, title, lang, institute, timezone.localdate())
    return file_response(table, form, f"{_('perfil')}-{canonical}", notes_title=_("Notas"))
