"""What a reader must know before trusting the picture: places that could not be drawn, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traza.indicators.addresses import Address
from traza.indicators.grammar import join_words, name_of
from traza.indicators.models import Series
from traza.indicators.queries.reading import MOST_PLACES, Reading
from traza.indicators.words import series_title
from traza.places.models import Place


@dataclass(frozen=True)
class Notice:
    """Something a reader must know before trusting the picture; ``links`` are (words, url)."""

    title: str
    text: str
    links: Sequence[tuple[str, str]] = ()
    kind: str = "warning"


def why_apart(one: Series, other: Series, lang: str) -> str:
    """Return what tells two series apart: "otra unidad y otra fuente"."""
    reasons = []
    if one.unit_id != other.unit_id:
        reasons.append(_("otra unidad"))
    if one.source_id != other.source_id:
        reasons.append(_("otra fuente"))
    if one.freq != other.freq:
        reasons.append(_("otra frecuencia"))
    if one.dimensions != other.dimensions:
        reasons.append(_("otro desglose"))
    if not reasons:
        reasons.append(_("otra definición"))
    return join_words(reasons, lang)


def absence_notices(reading: Reading, address: Address, lang: str) -> list[Notice]:
    """Return one notice for all the places asked for that the series does not have.

    Another stands for all the codes that no place has.
    """
    notices = []
    if reading.asked and reading.absent:
        lacking = [absent.place for absent in reading.absent]
        links = [
            (
                f"{series_title(one, lang)} ({_listed(places, lang)})",
                address_of(reading, one, address).tab("", _lugares([p.code for p in places])),
            )
            for one, places in _elsewhere(reading)
        ]
        why = join_words(
            list(
                dict.fromkeys(
                    why_apart(reading.series, one, lang) for one, _p in _elsewhere(reading)
                )
            ),
            lang,
        )
        if links:
            text = _(
                "La serie de esta página no tiene esos datos. Otra serie sí, con %(why)s; "
                "dibujarlas juntas engañaría:"
            ) % {"why": why}
        else:
            text = _("Ninguna serie de este indicador tiene esos datos.")
        title = _("No se agregó: %(places)s") % {"places": _listed(lacking, lang)}
        notices.append(Notice(title, text, links))
    if reading.unknown_codes:
        codes = join_words([f"«{code}»" for code in reading.unknown_codes], lang)
        notices.append(
            Notice(
                _("No hay ningún lugar con la clave %(codes)s") % {"codes": codes},
                _("Las claves son las del INEGI (05035), de ISO 3166 (MEX) o del propio sitio."),
            )
        )
    return notices


def _listed(places: Sequence[Place], lang: str) -> str:
    return join_words([name_of(place, lang) for place in places], lang)


def _elsewhere(reading: Reading) -> list[tuple[Series, list[Place]]]:
    """Return the other series that have the absent places, each with those it has."""
    found: dict[int, tuple[Series, list[Place]]] = {}
    for absent in reading.absent:
        for one in absent.having[:1]:
            found.setdefault(one.pk, (one, []))[1].append(absent.place)
    return list(found.values())


@dataclass(frozen=True)
class Absence:
    """Which of the usual comparisons a series does not have; ``links`` say which series does.

    Each link is (which places, the title of the series, its address).
    """

    text: str
    links: Sequence[tuple[str, str, str]]


def usual_absences(reading: Reading, address: Address, lang: str) -> Absence | None:
    """Return which of the usual comparisons the series does not have, and which series does."""
    if reading.asked or not reading.absent:
        return None
    names = join_words([name_of(absent.place, lang) for absent in reading.absent], lang, no=True)
    links = [
        (
            _("Otra serie sí tiene %(places)s:") % {"places": _listed(places, lang)},
            series_title(one, lang),
            address_of(reading, one, address).tab("", _lugares([p.code for p in places])),
        )
        for one, places in _elsewhere(reading)
    ]
    return Absence(_("Esta serie no tiene datos de %(places)s.") % {"places": names}, links)


def _lugares(codes: Sequence[str]) -> dict[str, str]:
    return {"lugares": ",".join(sorted(codes))}


def address_of(reading: Reading, one: Series, address: Address) -> Address:
    """Return the address of another series of the indicator."""
    principal = reading.all_series[0].pk == one.pk
    return Address.of(one, address.slug, address.lang, principal=principal)


def too_many() -> Notice:
    """Return the notice of one place too many."""
    return Notice(
        _("Ya hay %(n)d lugares") % {"n": MOST_PLACES},
        _("Para agregar otro, primero hay que quitar alguno."),
    )


def not_found(
    text: str, candidates: Sequence[Place], links: Mapping[str, str], lang: str
) -> Notice:
    """Return the notice of a name that means no place, or several; links add each candidate."""
    listed = [
        (
            f"{name_of(place, lang)}"
            + (f" ({name_of(place.parent, lang)})" if place.parent is not None else ""),
            links[place.code],
        )
        for place in candidates
    ]
    shown = text if len(text) <= 60 else f"{text[:59]}…"
    if listed:
        return Notice(
            _("«%(text)s» puede ser más de un lugar, o ninguno") % {"text": shown},
            _("Elegir el que se busca:"),
            listed,
        )
    return Notice(
        _("No se encuentra «%(text)s»") % {"text": shown},
        _("Probar con el nombre oficial del municipio, del estado o del país, o con su clave."),
    )
