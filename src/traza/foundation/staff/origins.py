"""Where a thing came from, told on its screen by a room that knows more than the thing's own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_providers: list[Callable[[Any], Iterable["Origin"]]] = []


@dataclass(frozen=True)
class Origin:
    """From what a thing came, in words, and where that is seen."""

    text: str
    url: str


def tell_origins(provider: Callable[[Any], Iterable[Origin]]) -> None:
    """Declare who knows where things came from."""
    if provider not in _providers:
        _providers.append(provider)


def origins_of(target: Any) -> list[Origin]:
    """Return where a thing came from."""
    return [origin for provider in _providers for origin in provider(target)]
