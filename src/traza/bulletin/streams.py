"""What can be followed, how it is named in addresses, and how people read it.

A stream is written ``boletin``, ``seccion.<kind>`` or the public path of something published.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from traza.bulletin.models import Subscription
from traza.foundation.language import language
from traza.publishing.models import Publication
from traza.publishing.registry import registry

Kind = Subscription.Stream


@dataclass(frozen=True)
class Stream:
    """Something that can be followed; equal streams are the same thing."""

    kind: str
    section: str = ""
    publication: Publication | None = None

    @property
    def code(self) -> str:
        """Return how it is written in an address."""
        if self.kind == Kind.SECTION:
            return f"seccion.{self.section}"
        return self.publication.path if self.publication is not None else "boletin"

    @property
    def name(self) -> str:
        """Return what people read, in the language in force."""
        if self.kind == Kind.SECTION:
            words = registry.kinds.get(self.section)
            return str(words.many) if words is not None else self.section
        if self.publication is None:
            return _("Cada número del boletín")
        english = self.publication.title_en if language() == "en" else ""
        return english or self.publication.title

    @property
    def group(self) -> str:
        """Return under which heading it stands on the page of preferences."""
        if self.publication is not None and self.publication.kind in ("topic", "place"):
            return self.publication.kind
        return "followed" if self.kind == Kind.PUBLICATION else self.kind


BULLETIN = Stream(Kind.BULLETIN)


def stream_of(subscription: Subscription) -> Stream:
    """Return what a subscription follows."""
    return Stream(subscription.stream, subscription.section, subscription.publication)


def sections() -> list[Stream]:
    """Return the kinds of publication that can be followed whole."""
    return [
        Stream(Kind.SECTION, kind) for kind, words in registry.kinds.items() if words.is_section
    ]


def read_stream(code: str) -> Stream | None:
    """Return the stream that an address names; None where there is nothing public of that name.

    Pages below something published (its versions, its table) name what they belong to.
    """
    code = code.strip()[:300]
    if code in ("", "boletin"):
        return BULLETIN
    if code.startswith("seccion."):
        section = code.removeprefix("seccion.")
        return next((one for one in sections() if one.section == section), None)
    bare = code.removeprefix("/en") if code.startswith("/en/") else code
    parts = bare.partition("?")[0].strip("/").split("/")
    paths = ["/" + "/".join(parts[:end]) + "/" for end in range(len(parts), 0, -1)]
    found = {row.path: row for row in Publication.objects.filter(path__in=paths, is_public=True)}
    for path in paths:
        if path in found:
            return Stream(Kind.PUBLICATION, publication=found[path])
    return None


def names_of(subscriptions: Iterable[Subscription]) -> list[str]:
    """Return what subscriptions follow, as people read it."""
    return [stream_of(one).name for one in subscriptions]
