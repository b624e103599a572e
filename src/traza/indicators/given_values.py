"""Values that a source gave to all the towns, or to all those of a state: nobody stands anywhere.

A figure of the state repeated for its municipalities says nothing of each, so it has no rank.
"""

from collections.abc import Hashable, Mapping
from typing import Literal, TypeVar

Key = TypeVar("Key", bound=Hashable)

#: Equal values tell nothing below this many towns, nor where all are small counts or a limit.
ENOUGH_TOWNS = 3
_BY_CHANCE = 10
_CEILING = 100


def given_to(
    values: Mapping[Key, float], states: Mapping[Key, Hashable]
) -> Literal["all", "state", ""]:
    """Tell whether one value was given to all the towns, or one to those of each state.

    ``values`` are those of one period by town, and ``states`` the state of each. Small counts and
    100 % are left alone: those are equal by chance or because there is no more. A state with a
    single town cannot tell.
    """
    telling = any(
        not value.is_integer() or (value >= _BY_CHANCE and value != _CEILING)
        for value in values.values()
    )
    if len(values) < ENOUGH_TOWNS or not telling:
        return ""
    if len(set(values.values())) == 1:
        return "all"
    by_state: dict[Hashable, list[float]] = {}
    for town, value in values.items():
        by_state.setdefault(states[town], []).append(value)
    repeated = all(len(found) > 1 and len(set(found)) == 1 for found in by_state.values())
    return "state" if repeated else ""
