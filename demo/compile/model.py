"""What the compiler gathers before it writes: series with their values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

#: The metropolitan area of the example and its members.
METRO = "zml"
MEMBERS = ("05035", "05017", "10007", "10012")
OWN = (*MEMBERS, METRO)
COUNTRY = "MEX"


@dataclass(frozen=True)
class Value:
    """One value: TIME_PERIOD, REF_AREA, number (None when the status says why), status, comment."""

    period: str
    place: str
    number: float | None
    status: str = "A"
    comment: str = ""


@dataclass
class Alternate:
    """A value that the source also gives for a key, and why it is not the current one."""

    value: Value
    reason: str


@dataclass
class Previous:
    """A value of an earlier copy of the source, with the date of that copy."""

    value: Value
    vintage: str


@dataclass
class Series:
    """One definition: breakdown × source × unit × frequency, with all its values."""

    code: str
    indicator: str
    source: str
    unit: str
    freq: str
    dimensions: str = ""
    title: str = ""
    title_en: str = ""
    note: str = ""
    processing: str = ""
    decimals: int | None = None
    is_headline: bool = False
    #: Set apart because the source filed its figures under a unit that is not theirs.
    is_aside: bool = False
    #: Covers places of the whole country, so that any of them can be compared.
    is_national: bool = False
    values: list[Value] = field(default_factory=list)
    alternates: list[Alternate] = field(default_factory=list)
    previous: list[Previous] = field(default_factory=list)

    def own(self) -> Iterator[Value]:
        """Yield the numbers of the metropolitan area and its members."""
        return (v for v in self.values if v.place in OWN and v.number is not None)


def headlines(series: Iterable[Series]) -> None:
    """Choose the principal series of each indicator.

    First the one that covers the whole country, because any place can then be compared; then the
    one with most values of the metropolitan area and its members; then the most recent; then by
    code. Totals go before their breakdowns; what was set apart goes last.
    """
    by_indicator: dict[str, list[Series]] = {}
    for one in series:
        by_indicator.setdefault(one.indicator, []).append(one)
    for sisters in by_indicator.values():
        min(sisters, key=_order).is_headline = True


def _order(one: Series) -> tuple[bool, bool, bool, int, int, str]:
    last = max((v.period for v in one.values if v.number is not None), default="0000")
    own = sum(1 for _ in one.own())
    return one.is_aside, bool(one.dimensions), not one.is_national, -own, -int(last[:4]), one.code


def number_text(number: float | None) -> str:
    """Return a number in its shortest exact form; empty for None."""
    if number is None:
        return ""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)


def decimals_of(numbers: Iterable[float], most: int) -> int:
    """Return how many decimals the numbers need, up to a limit."""
    needed = 0
    for number in numbers:
        text = f"{number:.{most}f}".rstrip("0")
        needed = max(needed, len(text) - text.index(".") - 1)
    return needed
