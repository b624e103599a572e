"""Which place a written name or code means, or a plain message saying why it cannot be told."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _

from traza.places.codes import read_codes
from traza.places.models import Level, Membership, Place, PlaceName
from traza.stats.spelling import likeness, pairs
from traza.stats.text import fold

#: From the widest to the smallest.
LEVEL_ORDER = {level: i for i, level in enumerate(Level.values)}
_INSIDE_A_MUNICIPALITY = {Level.LOCALITY, Level.COLONIA, Level.AGEB, Level.BLOCK}
_LEADING_WORDS = re.compile(
    r"^(?:municipio|ayuntamiento|estado|entidad|state|municipality|mpio|zona metropolitana)"
    r"(?: (?:libre y soberano|constitucional))?(?: (?:del?|of))? "
)
_SUGGESTIONS = 3
#: How alike a name must be to be suggested.
_ALIKE = 0.6
#: Unknown names for which suggestions are looked for; a file with more has another mistake.
_PATIENCE = 300
#: Words that tell no place from another.
_SMALL_WORDS = frozenset(["de", "del", "la", "las", "el", "los", "y", "municipio", "estado"])


class UnknownPlace(ValueError):
    """No place has that name or code; ``suggestions`` are those written most alike."""

    def __init__(self, text: str, suggestions: Sequence[Place] = ()) -> None:
        self.text = text
        self.suggestions = list(suggestions)
        message = _("No se encuentra el lugar «%(text)s».") % {"text": shorten(text)}
        if self.suggestions:
            names = _one_of(describe(place) for place in self.suggestions)
            message += " " + _("¿Será %(names)s?") % {"names": names}
        else:
            message += " " + _("Se escribe con su nombre oficial o su clave.")
        super().__init__(message)


class AmbiguousPlace(ValueError):
    """Several places have that name: ``candidates``."""

    def __init__(self, text: str, candidates: Sequence[Place]) -> None:
        self.text = text
        self.candidates = list(candidates)
        shown = [describe(place, with_level=True) for place in self.candidates[:6]]
        names = _one_of(shown)
        if len(self.candidates) > len(shown):
            rest = len(self.candidates) - len(shown)
            names = _("%(names)s y %(count)d más") % {"names": ", ".join(shown), "count": rest}
        super().__init__(
            _("«%(text)s» puede ser %(names)s. Falta la clave o el estado.")
            % {"text": shorten(text), "names": names}
        )


def describe(place: Place, *, with_level: bool = False) -> str:
    """Return a name that tells a place apart: «San Pedro (Coahuila, 05033)»."""
    parts = [str(Level(place.level).label).lower()] if with_level else []
    if place.parent is not None and place.level != Level.COUNTRY:
        parts.append(place.parent.name)
    parts.append(place.code)
    return f"{place.name} ({', '.join(parts)})"


def shorten(text: str) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= 80 else f"{text[:79]}…"


def _one_of(names: Iterable[str]) -> str:
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s o %(last)s") % {"first": ", ".join(listed[:-1]), "last": listed[-1]}


def _alike(wanted: str, name: str) -> float:
    """Return how alike two names are: as a whole, or each word of the name with one that was read.

    «gomes palasio del norte» is like «gomez palacio», all of whose words are in it, and not like
    «islas marianas del norte», which shares only its end.
    """
    whole = likeness(wanted, name)
    read = [word for word in wanted.split() if word not in _SMALL_WORDS]
    own = [word for word in name.split() if word not in _SMALL_WORDS]
    if not read or not own:
        return whole
    best = [max(likeness(word, other) for other in read) for word in own]
    if min(best) < 0.5:
        return whole if len(own) == 1 else min(whole, 0.5)
    covered = sum(len(word) * score for word, score in zip(own, best, strict=True))
    length = sum(map(len, own))
    extra = max(sum(map(len, read)) - length, 0)
    return max(whole, covered / (length + 0.25 * extra))


def name_key(text: str) -> str:
    """Return a name as it is compared: folded, punctuation as single spaces."""
    return " ".join(re.findall(r"\w+", fold(text)))


class PlaceResolver:
    """All names and codes in memory, for resolving thousands of rows.

    ``levels`` limits what can be found. ``prefer`` are codes of groups or places (an institute's
    metropolitan area) whose members win where a name alone could be several places.
    """

    def __init__(
        self, levels: Collection[str] | None = None, *, prefer: Collection[str] = ()
    ) -> None:
        places = Place.objects.select_related("parent")
        if levels is not None:
            places = places.filter(level__in=list(levels))
        self._by_id = {place.pk: place for place in places}
        self._by_code = {place.code.upper(): place for place in self._by_id.values()}
        # Per key: place id → 0 for its own name, 1 for another name of it.
        self._by_name: dict[str, dict[int, int]] = defaultdict(dict)
        for place in self._by_id.values():
            self._add_name(place.name, place.pk, 0)
            if place.name_en:
                self._add_name(place.name_en, place.pk, 1)
        names = PlaceName.objects.filter(place__in=places).values_list("name", "place_id", "kind")
        for name, place_id, kind in names:
            if kind == PlaceName.Kind.KEY:
                self._by_code.setdefault(name.upper(), self._by_id[place_id])
            own = kind == PlaceName.Kind.OFFICIAL
            self._add_name(name, place_id, 0 if own else 1)
        self._preferred = set(
            Membership.objects.filter(group__code__in=prefer).values_list("member_id", flat=True)
        ) | {pk for pk, place in self._by_id.items() if place.code in prefer}
        self._known: dict[tuple[str, str, str], Place] = {}
        self._pairs: dict[str, set[str]] = {}
        self._patience = _PATIENCE

    def resolve(self, text: str, *, state: str | None = None, level: str | None = None) -> Place:
        """Return the one place meant; ``state`` (name or code) and ``level`` narrow it down.

        Raises:
            UnknownPlace: nothing has that name or code.
            AmbiguousPlace: several have, and the hints do not decide.
        """
        text = str(text).strip()
        key = (text, str(state or "").strip(), level or "")
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = self._find(*key)
        return place

    def suggest(self, text: str) -> list[Place]:
        """Return the places whose names are written most alike, at most three, or none.

        Those of the preferred places and of their states come before others as alike.
        """
        wanted = name_key(text)[:80]
        if len(wanted) < 3 or self._patience <= 0:
            return []
        self._patience -= 1
        if not self._pairs:
            self._pairs = {name: pairs(name) for name in self._by_name}
        mine = pairs(wanted)
        alike: dict[int, float] = {}
        for name, theirs in self._pairs.items():
            if 2 * len(mine & theirs) < min(len(mine), len(theirs)):
                continue
            score = _alike(wanted, name)
            for pk in self._by_name[name]:
                alike[pk] = max(score + self._nearness(pk), alike.get(pk, 0))
        near = [pk for pk, score in alike.items() if score >= _ALIKE]
        near.sort(key=lambda pk: (-alike[pk], self._prominence(pk)))
        return [self._by_id[pk] for pk in near[:_SUGGESTIONS]]

    def _nearness(self, pk: int) -> float:
        """Return what is added to the likeness of a name for lying where the institute works."""
        if pk in self._preferred:
            return 0.15
        place = self._by_id[pk]
        if place.level == Level.COUNTRY:
            return -0.1 if self._preferred else 0.0
        own = {self._by_id[one].code[:2] for one in self._preferred if one in self._by_id}
        return 0.1 if place.code[:2] in own else 0.0

    def _add_name(self, name: str, place_id: int, rank: int) -> None:
        key = name_key(name)
        if key:
            ranks = self._by_name[key]
            ranks[place_id] = min(rank, ranks.get(place_id, rank))

    def _prominence(self, pk: int) -> tuple[int, int, str]:
        place = self._by_id[pk]
        return (LEVEL_ORDER.get(place.level, 99), -(place.population or 0), place.code)

    def _find(self, text: str, state: str, level: str) -> Place:
        state_codes = self._state_codes(state)
        for code in read_codes(text, state=state_codes[0] if state_codes else "", level=level):
            place = self._by_code.get(code)
            if place is not None and (not level or place.level == level):
                return place
        for name, hint in self._readings(text):
            states = self._state_codes(hint) if hint else state_codes
            if hint and not states:
                continue
            found = self._named(name, states=states, level=level)
            if len(found) == 1:
                return found[0]
            if found:
                raise AmbiguousPlace(text, found)
        raise UnknownPlace(text, self.suggest(text))

    def _readings(self, text: str) -> Iterable[tuple[str, str]]:
        """Yield (name, state) as the text can be read, the plainest first."""
        whole = name_key(text)
        yield whole, ""
        parts = [p.strip() for p in re.split(r"[,()/]| - ", text) if p.strip()]
        if len(parts) == 2:
            yield name_key(parts[0]), parts[1]
            yield name_key(parts[1]), parts[0]
        bare = _LEADING_WORDS.sub("", whole)
        if bare != whole:
            yield bare, ""

    def _state_codes(self, hint: str) -> list[str]:
        if not hint:
            return []
        codes = [code for code in read_codes(hint, level="state") if len(code) == 2]
        key = name_key(hint)
        named = self._states() if key else []
        exact = [code for name, code in named if name == key]
        # «Coah.» and «Dur.» are how tables shorten the names of states.
        begun = [code for name, code in named if len(key) >= 3 and name.startswith(key)]
        return codes + (exact or begun)

    def _states(self) -> list[tuple[str, str]]:
        if not hasattr(self, "_state_names"):
            own = Place.objects.filter(level=Level.STATE).values_list("name", "code")
            other = PlaceName.objects.filter(place__level=Level.STATE).exclude(
                kind=PlaceName.Kind.KEY
            )
            pairs_ = [*own, *other.values_list("name", "place__code")]
            self._state_names = [(name_key(name), code) for name, code in pairs_]
        return self._state_names

    def _named(self, name: str, *, states: list[str], level: str) -> list[Place]:
        ranks = self._by_name.get(name, {})
        found = [pk for pk in ranks if not level or self._by_id[pk].level == level]
        if states:
            inside = [pk for pk in found if self._by_id[pk].code[:2] in states]
            # A name that is right in another state is a contradiction, not an answer; what lies
            # in no state (a country, a metropolitan area) is left to its level.
            found = inside or [
                pk for pk in found if LEVEL_ORDER[self._by_id[pk].level] < LEVEL_ORDER[Level.STATE]
            ]
        if len(found) > 1:
            best = min(ranks[pk] for pk in found)
            found = [pk for pk in found if ranks[pk] == best]
        if len(found) > 1 and self._preferred:
            found = [pk for pk in found if pk in self._preferred] or found
        if len(found) > 1:
            # A municipality and the town of the same name inside it: the municipality is meant.
            ids = set(found)
            found = [
                pk
                for pk in found
                if self._by_id[pk].level not in _INSIDE_A_MUNICIPALITY
                or self._by_id[pk].parent_id not in ids
            ]
        return [self._by_id[pk] for pk in sorted(found, key=self._prominence)]


def resolve_place(text: str, *, level: str | None = None, state: str | None = None) -> Place:
    """Return the one place meant by a name, alias or code (see ``PlaceResolver.resolve``)."""
    return PlaceResolver().resolve(text, level=level, state=state)


def chosen_place(text: str) -> Place:
    """Return the place a reader means: among several, the one that bears the name as its own.

    «México» alone is the country, though the state is officially called so too. A file is not
    read this way: there a wrong guess would be published.

    Raises:
        UnknownPlace: no place has that name or code.
        AmbiguousPlace: several places bear it, or none of those that also have it.
    """
    try:
        return resolve_place(text)
    except AmbiguousPlace as error:
        own = [place for place in error.candidates if name_key(place.name) == name_key(text)]
        if len(own) == 1:
            return own[0]
        raise
