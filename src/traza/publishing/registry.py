"""Registries in which rooms declare what they add to pages that another room draws.

A lower room never imports a higher one: the higher one registers here when Django starts
(``AppConfig.ready``), and whoever draws the page asks the registry.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from traza.places.models import Place
from traza.publishing.models import Publication, Topic


@dataclass(frozen=True)
class PublicPath:
    """One public address and when it is rendered.

    ``path`` begins with a slash and carries its language prefix; ``eager`` pages are rendered at
    publication, the others on first request; ``priority`` orders the warm-up (higher first).
    """

    path: str
    eager: bool = True
    priority: int = 0


@dataclass(frozen=True)
class Section:
    """A part of a place, topic or home page that a room provides.

    ``label`` is what staff read when they compose the home page.
    """

    name: str
    order: int
    template: str
    context: Callable[..., dict[str, Any] | None]
    label: Any = ""


@dataclass(frozen=True)
class ShowsPlaces:
    """A kind of publication whose pages open with the places asked for.

    ``having(place ids)`` returns, by key, which of them a publication has; ``path(path, codes)``
    the address at which it shows them.
    """

    having: Callable[[Collection[int]], dict[str, set[int]]]
    path: Callable[[str, Sequence[str]], str]


@dataclass(frozen=True)
class KindWords:
    """What a kind of publication is called: "indicador", "Indicadores" (lazy translations).

    ``most_terms`` is how many of its words are found: more where there are texts to search.
    ``is_press`` kinds are held during an electoral silence; see ``publishing.silence``.
    ``is_section`` kinds can be followed whole: everything new of the kind.
    """

    one: Any
    many: Any
    most_terms: int = 400
    is_press: bool = False
    is_section: bool = True


@dataclass
class Registry:
    """What the rooms declared."""

    path_providers: dict[str, Callable[[], Iterable[PublicPath]]] = field(default_factory=dict)
    place_sections: list[Section] = field(default_factory=list)
    topic_sections: list[Section] = field(default_factory=list)
    home_sections: list[Section] = field(default_factory=list)
    desk_lists: list[Callable[[Any], Sequence[Any]]] = field(default_factory=list)
    package_loaders: dict[str, Callable[[Path], Any]] = field(default_factory=dict)
    artefact_builders: dict[str, Callable[[], Any]] = field(default_factory=dict)
    shows_places: dict[str, ShowsPlaces] = field(default_factory=dict)
    kinds: dict[str, KindWords] = field(default_factory=dict)
    cards: dict[str, Callable[[Publication, str], dict[str, Any]]] = field(default_factory=dict)
    teller_providers: list[Callable[[str, str], Sequence[Publication]]] = field(
        default_factory=list
    )

    def add_paths(self, room: str, provider: Callable[[], Iterable[PublicPath]]) -> None:
        """Declare the public addresses of a room."""
        self.path_providers[room] = provider

    def add_kind(
        self,
        kind: str,
        *,
        one: Any,
        many: Any,
        most_terms: int = 400,
        is_press: bool = False,
        is_section: bool = True,
    ) -> None:
        """Declare what a kind of publication is called; see ``KindWords``."""
        self.kinds[kind] = KindWords(one, many, most_terms, is_press, is_section)

    def most_terms(self, kind: str) -> int:
        """Return how many words of a publication of a kind are found; the first ones."""
        return self.kinds.get(kind, KindWords("", "")).most_terms

    def add_card(self, kind: str, facts: Callable[[Publication, str], dict[str, Any]]) -> None:
        """Declare what the cards of a kind show beside the title.

        ``facts(publication, lang)`` returns ``subtitle``, ``figure``, ``period`` as ``og_card``
        takes them; the cards of other kinds show their summary.
        """
        self.cards[kind] = facts

    def add_place_section(self, section: Section) -> None:
        """Declare a section of every place page; ``context(place, lang)`` or None to hide it."""
        self.place_sections.append(section)
        self.place_sections.sort(key=lambda s: s.order)

    def add_topic_section(self, section: Section) -> None:
        """Declare a section of every topic page; ``context(topic, lang)`` or None to hide it."""
        self.topic_sections.append(section)
        self.topic_sections.sort(key=lambda s: s.order)

    def add_home_section(self, section: Section) -> None:
        """Declare a section of the home page; ``context(lang)`` or None to hide it."""
        self.home_sections.append(section)
        self.home_sections.sort(key=lambda s: s.order)

    def add_package_loader(self, room: str, loader: Callable[[Path], Any]) -> None:
        """Declare what a room reads from the folder of a data package after its figures."""
        self.package_loaders[room] = loader

    def add_artefact_builder(self, name: str, builder: Callable[[], Any]) -> None:
        """Declare files that are built after a publication, never in a request."""
        self.artefact_builders[name] = builder

    def add_teller(self, provider: Callable[[str, str], Sequence[Publication]]) -> None:
        """Declare who tells of a publication: ``provider(kind, key)``, public ones only."""
        self.teller_providers.append(provider)

    def tellers(self, kind: str, key: str) -> list[Publication]:
        """Return what is published about one publication in particular, by every room."""
        return [found for provider in self.teller_providers for found in provider(kind, key)]

    def public_paths(self) -> list[PublicPath]:
        """Return every declared address, highest priority first."""
        paths = [path for provider in self.path_providers.values() for path in provider()]
        return sorted(paths, key=lambda p: -p.priority)


registry = Registry()

__all__ = [
    "KindWords",
    "Place",
    "PublicPath",
    "Registry",
    "Section",
    "ShowsPlaces",
    "Topic",
    "registry",
]
