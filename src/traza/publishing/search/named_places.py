"""The places that a search names: «población Mérida», «homicidios Torreón», «China PIB»."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from traza.places.models import Place, PlaceName
from traza.places.queries import PAGE_LEVELS
from traza.places.resolver import LEVEL_ORDER

#: Words of the longest name looked for: «san luis de la paz».
_LONGEST = 6


@dataclass
class NamedPlaces:
    """What a search names: every place it may mean, and the one that each name most likely means.

    ``at`` gives the positions, among the words looked for, of each possible place's name.
    """

    at: dict[int, set[int]] = field(default_factory=dict)
    chosen: list[Place] = field(default_factory=list)


def places_named(
    words: Sequence[str], positions: Sequence[int | None], own: set[str]
) -> NamedPlaces:
    """Return the places named by a run of words.

    ``positions`` says which word looked for each one is, None for words that say nothing alone
    (the «de la» of a name). ``own`` are the codes of the institute's places, meant first.
    """
    runs = _runs(words, positions)
    named: dict[str, set[int]] = {}
    names = PlaceName.objects.filter(folded__in=list(runs), place__level__in=PAGE_LEVELS)
    places = Place.objects.filter(level__in=PAGE_LEVELS)
    for folded, pk in [
        *places.filter(folded__in=list(runs)).values_list("folded", "pk"),
        *names.values_list("folded", "place_id"),
    ]:
        named.setdefault(folded, set()).add(pk)
    known = places.in_bulk({pk for ids in named.values() for pk in ids}) if named else {}
    found = NamedPlaces()
    for folded, ids in named.items():
        for pk in ids:
            found.at.setdefault(pk, set()).update(runs[folded])
    longest = [folded for folded in named if not _is_inside(runs[folded], named, runs)]
    for folded in sorted(longest, key=lambda one: min(runs[one])):
        others = {pk for name, ids in named.items() if name != folded for pk in ids}
        above = others - named[folded]
        best = min((known[pk] for pk in named[folded]), key=_likeliest(above, own))
        if best not in found.chosen:
            found.chosen.append(best)
    # «Matamoros Tamaulipas» is one place: the wider one only says which.
    wider = {place.parent_id for place in found.chosen}
    found.chosen = [place for place in found.chosen if place.pk not in wider]
    return found


def _runs(words: Sequence[str], positions: Sequence[int | None]) -> dict[str, set[int]]:
    runs = {}
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST, len(words)) + 1):
            if at := {i for i in positions[start:end] if i is not None}:
                runs[" ".join(words[start:end])] = at
    return runs


def _is_inside(at: set[int], named: dict[str, set[int]], runs: dict[str, set[int]]) -> bool:
    return any(at < runs[other] for other in named)


def _likeliest(above: set[int], own: set[str]) -> Callable[[Place], tuple[bool, bool, int, int]]:
    def rank(place: Place) -> tuple[bool, bool, int, int]:
        return (
            place.parent_id not in above,
            place.code not in own,
            LEVEL_ORDER.get(place.level, 99),
            -(place.population or 0),
        )

    return rank
