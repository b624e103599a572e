"""Which place a row speaks of: by code, by name, by state and municipality."""

import re

from django.utils.translation import gettext as _

from traza.indicators.intake.checks.issue import CellProblem
from traza.indicators.intake.checks.text import is_broken, mended
from traza.places.models import Place
from traza.places.queries import AmbiguousPlace, PlaceResolver, UnknownPlace
from traza.places.resolver import describe
from traza.stats.text import fold

# INEGI's exports carry the formula with which Excel shows the code of a state.
_CONCATENATE = re.compile(r"=\s*CONCATENAR\(([\d\s,;]*)\)", re.IGNORECASE)
_WHOLE_COUNTRY = frozenset({"total", "total nacional", "nacional", "pais"})


class PlaceReader:
    """Reads the place of thousands of rows; each spelling is looked up once."""

    def __init__(self, resolver: PlaceResolver, *, country: str = "", state: str = "") -> None:
        self._resolver = resolver
        self._country = country
        self._seen: dict[tuple[str, ...], Place | CellProblem] = {}

    def read(self, texts: tuple[str, ...], *, state: str = "") -> Place:
        """Return the place that the cells name; the first that is filled decides.

        Several place columns are a code and a name for the same place. Raises CellProblem.
        """
        key = (*texts, "\0", state)
        known = self._seen.get(key)
        if known is None:
            try:
                known = self._look_up([text for text in texts if text], state)
            except CellProblem as problem:
                known = problem
            self._seen[key] = known
        if isinstance(known, CellProblem):
            raise known
        return known

    def _look_up(self, texts: list[str], state: str) -> Place:
        if not texts and not state:
            raise CellProblem(
                "no_place", _("falta el lugar: hay que escribir su nombre o su clave.")
            )
        if not texts:
            return self._resolve(state, "", level="state")
        text = _CONCATENATE.sub(lambda found: re.sub(r"\D", "", found[1])[-2:], texts[0]).strip()
        if len(texts) == 1 and fold(text) in _WHOLE_COUNTRY and not state and self._country:
            return self._resolve(self._country, "")
        return self._resolve(text, state)

    def _resolve(self, text: str, state: str, *, level: str | None = None) -> Place:
        try:
            return self._resolver.resolve(text, state=state or None, level=level)
        except AmbiguousPlace as error:
            raise CellProblem(
                "ambiguous_place",
                str(error),
                [place.code for place in error.candidates[:6]],
            ) from error
        except UnknownPlace as error:
            if is_broken(text) and mended(text) != text:
                return self._resolve(mended(text), state, level=level)
            raise CellProblem(
                "unknown_place", str(error), [describe(place) for place in error.suggestions[:6]]
            ) from error
