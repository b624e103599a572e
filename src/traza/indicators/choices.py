"""What a reader asked of an indicator page: places, years, a period, a level of map.

Read from the query of the address, checked, and written back in its one normal form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from traza.indicators.queries.reading import MAP_LEVELS, MOST_PLACES
from traza.stats.periods import Period, PeriodError

PARAMS = ("lugares", "lugar", "desde", "hasta", "periodo", "nivel")
_LEVELS = {"zona", *MAP_LEVELS}


@dataclass(frozen=True)
class Choices:
    """The query of an indicator page, checked; what made no sense is left out.

    ``add`` is the name of a place still to be found; ``since`` and ``until`` are years.
    """

    codes: tuple[str, ...] = ()
    add: str = ""
    since: int | None = None
    until: int | None = None
    period: int | None = None
    level: str = ""

    def query(self, **changed: str) -> dict[str, str]:
        """Return the choices as the query of an address, some of them changed ("" drops one)."""
        given = {
            "lugares": ",".join(self.codes),
            "desde": str(self.since or ""),
            "hasta": str(self.until or ""),
            "periodo": Period.from_key(self.period).code if self.period else "",
            "nivel": self.level,
            **changed,
        }
        return {name: value for name, value in given.items() if value}


def normal_codes(codes: list[str]) -> tuple[str, ...]:
    """Return codes once each, sorted, at most as many as one page shows."""
    cleaned = {code.strip()[:60] for code in codes if code.strip()}
    return tuple(sorted(cleaned)[:MOST_PLACES])


def path_with(path: str, codes: Sequence[str]) -> str:
    """Return the address at which an indicator opens with these places."""
    return f"{path}?{urlencode({'lugares': ','.join(normal_codes(list(codes)))}, safe=',')}"


def read_choices(given: Mapping[str, str]) -> Choices:
    """Return what a query asks for."""
    since, until = _year(given.get("desde", "")), _year(given.get("hasta", ""))
    if since and until and since > until:
        since, until = until, since
    level = given.get("nivel", "")
    return Choices(
        codes=normal_codes(given.get("lugares", "")[:600].split(",")),
        add=given.get("lugar", "")[:120].strip(),
        since=since,
        until=until,
        period=_period(given.get("periodo", "")),
        level=level if level in _LEVELS else "",
    )


def _year(text: str) -> int | None:
    return int(text) if len(text) == 4 and text.isascii() and text.isdecimal() else None


def _period(text: str) -> int | None:
    try:
        return Period.from_code(text[:32]).key if text else None
    except PeriodError:
        return None
