"""Addresses of an indicator: its tabs, its other series, its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from traza.indicators.models import Series
from traza.indicators.words import prefix

#: Tabs of an indicator page: the last segment of the address; the line has none.
TABS = ("", "comparar", "mapa", "tabla")


def series_key(series: Series, slug: str) -> str:
    """Return what names a series inside its indicator: its code without the indicator's slug."""
    return series.code.removeprefix(f"{slug}.")


@dataclass(frozen=True)
class Address:
    """Where a series of an indicator lives, in one language.

    The principal series has the indicator's own address; ``key`` is empty for it.
    """

    slug: str
    key: str
    lang: str

    @classmethod
    def of(cls, series: Series, slug: str, lang: str, *, principal: bool) -> "Address":
        """Return the address of a series."""
        return cls(slug, "" if principal else series_key(series, slug), lang)

    @property
    def root(self) -> str:
        """Return the address of the indicator."""
        return f"{prefix(self.lang)}/indicadores/{self.slug}/"

    @property
    def base(self) -> str:
        """Return the address of the series."""
        return f"{self.root}series/{quote(self.key, safe='')}/" if self.key else self.root

    def tab(self, tab: str, query: Mapping[str, str] | None = None) -> str:
        """Return a tab, with a query where something was chosen."""
        return f"{self.base}{f'{tab}/' if tab else ''}{_query(query)}"

    def image(self, tab: str, kind: str, query: Mapping[str, str] | None = None) -> str:
        """Return the drawing of a tab as a file, ``kind`` "svg" or "png"."""
        bare = f"{self.base}{tab}" if tab else self.base.removesuffix("/")
        return f"{bare}.{kind}{_query(query)}"

    def file(self, kind: str) -> str:
        """Return the data of the whole indicator: "csv", "xlsx" or "json"."""
        return f"{self.root.removesuffix('/')}.{kind}"

    def below(self, name: str) -> str:
        """Return something else of the indicator: ``feed.atom``, ``versiones/``."""
        return f"{self.root}{name}"


def _query(query: Mapping[str, str] | None) -> str:
    return f"?{urlencode(query, safe=',')}" if query else ""
