"""Ranks: the place of each value among the others, with ties told."""

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

Direction = Literal["up", "down", "none"]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rank:
    """Position (1 is first) among ``of`` values; ``others`` is how many more share it."""

    position: int
    of: int
    others: int = 0

    @property
    def tied(self) -> bool:
        """Tell whether others share the position."""
        return self.others > 0

    def words(self, lang: str = "es") -> str:
        """ "1.º de 74", "2.º de 74 (empate)"; in English "1st of 74", "2nd of 74 (tied)"."""
        if lang.startswith("en"):
            return f"{ordinal(self.position, lang)} of {self.of}" + (" (tied)" if self.tied else "")
        return f"{ordinal(self.position)} de {self.of}" + (" (empate)" if self.tied else "")


def rank(values: Mapping[Key, float | None], direction: Direction = "none") -> dict[Key, Rank]:
    """Competition ranks (1, 2, 2, 4): the best first, equal values share the better position.

    ``direction`` "up" puts the highest first, "down" the lowest, "none" the highest (an order,
    not a judgement). Keys without a finite value are left out, also of the count.
    """
    known = {k: v for k, v in values.items() if v is not None and math.isfinite(v)}
    ordered = sorted(known.values(), reverse=direction != "down")
    first: dict[float, int] = {}
    count: dict[float, int] = {}
    for position, value in enumerate(ordered, start=1):
        first.setdefault(value, position)
        count[value] = count.get(value, 0) + 1
    return {k: Rank(first[v], len(known), count[v] - 1) for k, v in known.items()}


def ordinal(number: int, lang: str = "es") -> str:
    """ "3.º" in Spanish, "3rd" in English."""
    if not lang.startswith("en"):
        return f"{number}.º"
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
