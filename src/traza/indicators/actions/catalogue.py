"""A new indicator with its first series, for data that no series exists for yet."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from traza.foundation.audit import record as audit
from traza.indicators.actions.permission import require
from traza.indicators.intake.errors import IntakeError
from traza.indicators.models import Indicator, Series, Source, Unit
from traza.stats.period import FREQ_NAMES
from traza.stats.text import fold

# What people call units, folded, and what sort of quantity each is.
_KINDS: tuple[tuple[str, str], ...] = (
    ("porcentaje", Unit.Kind.PERCENT),
    ("%", Unit.Kind.PERCENT),
    ("por ciento", Unit.Kind.PERCENT),
    ("tasa", Unit.Kind.RATE),
    ("por cada", Unit.Kind.RATE),
    ("indice", Unit.Kind.INDEX),
    ("peso", Unit.Kind.CURRENCY),
    ("dolar", Unit.Kind.CURRENCY),
    ("hectarea", Unit.Kind.AREA),
    ("metros cuadrados", Unit.Kind.AREA),
    ("kilometros cuadrados", Unit.Kind.AREA),
    ("litro", Unit.Kind.VOLUME),
    ("metros cubicos", Unit.Kind.VOLUME),
    ("minuto", Unit.Kind.DURATION),
    ("hora", Unit.Kind.DURATION),
    ("dias", Unit.Kind.DURATION),
)


@dataclass(frozen=True)
class NewIndicator:
    """What has to be said of an indicator that does not exist yet.

    ``freq`` blank: the file says it. ``period`` is that of a file that does not say its own.
    """

    name: str
    unit: str
    source: str
    freq: str = ""
    decimals: int = 0
    period: str = ""


def create_indicator(new: NewIndicator, *, user: Any) -> Series:
    """Make an indicator with its main series; unit and source are those of that name, or new.

    It is not public until its first release is. Raises IntakeError when something is missing or
    an indicator of that name exists.
    """
    for permission in ("add_indicator", "add_series"):
        require(user, permission)
    name, unit, source = new.name.strip(), new.unit.strip(), new.source.strip()
    if not (name and unit and source):
        raise IntakeError(_("Un indicador nuevo necesita nombre, unidad y fuente."))
    if new.freq not in FREQ_NAMES:
        raise IntakeError(
            _("«%(freq)s» no es una frecuencia. Son: %(known)s.")
            % {
                "freq": new.freq,
                "known": ", ".join(f"{code} ({word})" for code, word in FREQ_NAMES.items()),
            }
        )
    same = [pk for pk, known in Indicator.objects.values_list("pk", "name") if _alike(known, name)]
    if same:
        raise IntakeError(
            _("Ya hay un indicador llamado «%s». Los datos van en una de sus series.") % name
        )
    with transaction.atomic():
        slug = _free(Indicator, "slug", slugify(name)[:150] or "indicador")
        indicator = Indicator.objects.create(slug=slug, name=name[:240], live=False)
        series = Series.objects.create(
            code=_free(Series, "code", f"{slug}.{slugify(source)[:40] or 'fuente'}"),
            indicator=indicator,
            source=_source(source, user),
            unit=_unit(unit, new.decimals, user),
            freq=new.freq,
            is_headline=True,
        )
        audit(user, "indicator.created", indicator, series=series.code)
    return series


def _source(text: str, user: Any) -> Source:
    known = next((one for one in Source.objects.all() if _alike(str(one), text, one.code)), None)
    if known is None:
        require(user, "add_source")
        code = _free(Source, "code", slugify(text)[:70] or "fuente")
        known = Source.objects.create(code=code, producer=text[:240])
        audit(user, "source.created", known)
    return known


def _unit(text: str, decimals: int, user: Any) -> Unit:
    known = next((one for one in Unit.objects.all() if _alike(one.name, text, one.code)), None)
    if known is None:
        require(user, "add_unit")
        word = fold(text)
        kind = next((kind for part, kind in _KINDS if part in word), Unit.Kind.COUNT)
        known = Unit.objects.create(
            code=_free(Unit, "code", slugify(text)[:70] or "unidad"),
            name=text[:160],
            kind=kind,
            symbol="%" if kind == Unit.Kind.PERCENT else "",
            decimals=decimals,
        )
        audit(user, "unit.created", known)
    return known


def _alike(known: str, text: str, code: str = "") -> bool:
    return fold(known) == fold(text) or (bool(code) and code == text)


def _free(model: Any, field: str, wanted: str) -> str:
    """Return the first of wanted, wanted-2, wanted-3… that no row has."""
    taken = set(
        model.objects.filter(**{f"{field}__startswith": wanted}).values_list(field, flat=True)
    )
    number, text = 1, wanted
    while text in taken:
        number += 1
        text = f"{wanted}-{number}"
    return text
